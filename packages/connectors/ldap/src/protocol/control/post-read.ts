import type { Control } from '../control.ts';
import { operationTag } from '../operation.ts';
import { readTextEntry, type TextEntry } from '../text-entry.ts';
import { berValue, controlValue } from './value.ts';

/** RFC 4527. */
export const postReadOid = '1.3.6.1.1.13.2';

/** Asks for attributes of the entry as it is after the operation, in the same answer (LDAP sheet 5.1). */
export function postRead(attributes: readonly string[], critical = false): Control {
  const value = berValue((writer) =>
    writer.sequence(() => {
      for (const attribute of attributes) writer.octets(attribute);
    }),
  );
  return { oid: postReadOid, critical, value };
}

/** The entry after the operation; undefined where the server did not say. @throws LDAP_PROTOCOL_INVALID */
export function readPostRead(controls: readonly Control[]): TextEntry | undefined {
  const value = controlValue(controls, postReadOid);
  if (value === undefined) return undefined;
  const end = value.open(operationTag.searchEntry);
  return readTextEntry(value.bytes, value.at, end);
}
