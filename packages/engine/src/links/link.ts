import type { MatchQuery } from '../match/queries.ts';
import type { PlanAction } from '../plan/step.ts';

/**
 * What the engine holds of a connected object:
 * `active` in scope at last sight · `disabled` by its own state in the source (soft-deleted, account disabled) ·
 * `released` out of assignment or filter: the original stops managing it there (engine sheet 11).
 */
export const linkStates = ['active', 'disabled', 'released'] as const;
export type LinkState = (typeof linkStates)[number];

/** A write that was about to begin. Found on a later read, it says that its outcome is not known (design decision 5). */
export const intents = ['create', 'update', 'disable', 'delete'] as const satisfies readonly PlanAction[];
export type Intent = (typeof intents)[number];

/** An object connection (engine sheet 1): source anchor to target anchor, unique on either side per job and object type. */
export interface Link {
  readonly sourceType: string;
  readonly sourceId: string;
  readonly targetType: string;
  /** null only while a create is under way or in doubt. */
  readonly targetId: string | null;
  readonly displayName: string;
  readonly state: LinkState;
  readonly intent: Intent | null;
  /** What to find the account of a create in doubt by, once the source no longer knows the person. */
  readonly match: readonly MatchQuery[];
}
