import type { Clock, Random } from '@joinery/runtime';
import type { Database } from '@joinery/store';

/** What every part of the directory works with. */
export interface DirectoryContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds that a SCIM filter or order without an index may take; 10,000 where left out. */
  readonly searchMs?: number;
}
