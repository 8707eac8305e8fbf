import type { Control } from '../control.ts';
import { writeFilter } from '../filter/encode.ts';
import type { Filter } from '../filter.ts';
import { berValue } from './value.ts';

/** RFC 4528. */
export const assertionOid = '1.3.6.1.1.12';

/** The operation is done only where the entry matches; otherwise it ends with assertionFailed (122). */
export function assertion(filter: Filter): Control {
  return { oid: assertionOid, critical: true, value: berValue((writer) => writeFilter(writer, filter)) };
}
