import type { SynchronizationSchema } from './schema.ts';
import type { JobSettings } from './settings.ts';

/** Graph's `status.code` (engine sheet 2). `Quarantine` joins them with the issue that brings it. */
export const jobStates = ['NotConfigured', 'NotRun', 'Active', 'Paused'] as const;
export type JobState = (typeof jobStates)[number];

/** Which job: tenant first, as in every key (design decision 4). */
export interface JobKey {
  readonly tenantId: string;
  readonly jobId: string;
}

/** A synchronization job as stored (engine sheet 2). Credentials are not here: `secretsReference` names the vault entry that the service opens. */
export interface Job extends JobKey {
  readonly servicePrincipalId: string;
  readonly templateId: string;
  readonly schema: SynchronizationSchema;
  readonly settings: JobSettings;
  readonly secretsReference: string | null;
  readonly state: JobState;
  /** Position in the source's change feed; null: the next cycle is initial. */
  readonly watermark: string | null;
  /** Grows with every change of schema or scope and every restart; a cycle that began under an older one leaves no watermark. */
  readonly generation: number;
  /** The next cycle executes staged deletions whatever the guard says (engine sheet 15, `ForceDeletes`). */
  readonly forceDeletes: boolean;
  readonly createdAt: Date;
}
