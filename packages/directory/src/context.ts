import type { Clock, Random } from '@joinery/runtime';
import type { Database } from '@joinery/store';

/** What every part of the directory works with. */
export interface DirectoryContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
}
