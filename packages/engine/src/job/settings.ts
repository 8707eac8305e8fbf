import { Fields } from './fields.ts';

/** How a job behaves beyond its schema. Stored with the job; every member has a default. */
export interface JobSettings {
  /** False: only assigned objects are in scope (engine sheet 7.1). */
  readonly syncAll: boolean;
  /** Leaving scope sends nothing (engine sheet 11, key `SkipOutOfScopeDeletions`). */
  readonly skipOutOfScopeDeletions: boolean;
  /** False: the target has no way to disable, so that leaving scope deletes (engine sheet 11, second column). */
  readonly targetCanDisable: boolean;
  /**
   * Whether an object that was unassigned, and so disabled and let go of, is deleted when the source deletes it later.
   * False as in the original (engine sheet 11 and behaviour 57): a wrong DELETE costs more than an account left disabled.
   */
  readonly deleteAfterUnassign: boolean;
  /** Disables and deletes of one cycle from which on none is executed; null: no guard. 500 as in the original (engine sheet 15). */
  readonly deleteThreshold: number | null;
  /** Writes and reads that the target sees at once. 32 keeps a connector host's group commit filled. */
  readonly targetConcurrency: number;
  /** Whether objects that were never in scope get a log row each. True: the original shows them (engine behaviour 84). */
  readonly logOutOfScope: boolean;
}

export const defaultJobSettings: JobSettings = {
  syncAll: false,
  skipOutOfScopeDeletions: false,
  targetCanDisable: true,
  deleteAfterUnassign: false,
  deleteThreshold: 500,
  targetConcurrency: 32,
  logOutOfScope: true,
};

/**
 * Reads settings from JSON, defaults for what is absent.
 * @throws ENGINE_SCHEMA_INVALID with the member that is wrong
 */
export function parseJobSettings(value: unknown): JobSettings {
  const fields = new Fields(value, 'settings');
  const standard = defaultJobSettings;
  return {
    syncAll: fields.boolean('syncAll', standard.syncAll),
    skipOutOfScopeDeletions: fields.boolean('skipOutOfScopeDeletions', standard.skipOutOfScopeDeletions),
    targetCanDisable: fields.boolean('targetCanDisable', standard.targetCanDisable),
    deleteAfterUnassign: fields.boolean('deleteAfterUnassign', standard.deleteAfterUnassign),
    deleteThreshold: fields.integerOrNull('deleteThreshold', standard.deleteThreshold),
    targetConcurrency: fields.integer('targetConcurrency', standard.targetConcurrency, 1),
    logOutOfScope: fields.boolean('logOutOfScope', standard.logOutOfScope),
  };
}
