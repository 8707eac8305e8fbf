import type { SourceAttributes } from '@joinery/expressions';

/**
 * One object of the source, whole: never only what changed (engine sheet 6: expressions over partial objects are a known
 * defect of the original). The owner of the directory fills it in; the engine computes everything else.
 */
export interface SourceEntry {
  /** `User`; compared without case with an object mapping's `sourceObjectName`. */
  readonly objectType: string;
  /** The source anchor: immutable, unique per object type, e.g. the directory's object id. */
  readonly id: string;
  /** For people who read logs; falls back to the id. */
  readonly displayName: string;
  /** Values by the source directory's attribute names (engine sheet 23: `objectId`, `mobile`, …). Absent and null are the same. */
  readonly attributes: SourceAttributes;
  /** `softDeleted` can come back, `deleted` cannot: of it only `id` need be known. */
  readonly presence: 'present' | 'softDeleted' | 'deleted';
  readonly accountEnabled: boolean;
  /** Assigned to the application, directly or as a direct member of an assigned group; the default access role counts (engine sheet 7.1). */
  readonly assigned: boolean;
}
