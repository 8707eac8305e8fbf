import type { Problem } from '@joinery/problems';
import { fullImportRequired } from '../full-import-required.ts';

/** One operation as a log of changes tells it, whichever log that is. */
export interface LogRecord {
  readonly type: 'add' | 'modify' | 'modrdn' | 'delete';
  /** The entry's name before the operation, in our spelling. */
  readonly dn: string;
  /** The name after a `modrdn`. */
  readonly newDn?: string;
  /** Values by which the entry was known before the operation, by attribute name in lower case, as far as the log carries them. */
  readonly carried: ReadonlyMap<string, string>;
  /** True where the log kept the whole entry: what is not carried, it did not have. */
  readonly carriesAll: boolean;
  /** True where the operation gave an anchor another value. */
  readonly changesAnchor: boolean;
}

/** Records that one delta import works on: more take as long as a full import, and memory. */
export const MOST_RECORDS = 100_000;

export function tooMuch(): Problem {
  return fullImportRequired(`More than ${MOST_RECORDS} changes are to be told: a full import is quicker.`);
}
