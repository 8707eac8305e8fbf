import { berTag } from '../ber-reader.ts';
import type { Control } from '../control.ts';
import { berValue, controlValue } from './value.ts';

/** MS-ADTS 3.1.1.3.4.1.3 (LDAP sheet 4.10). */
export const dirSyncOid = '1.2.840.113556.1.4.841';

/** Only what the account may read is returned, and no further right is needed. */
export const objectSecurity = 1;

export interface DirSync {
  /** There is more: ask again at once with the cookie. */
  readonly more: boolean;
  readonly cookie: Uint8Array;
}

/** @param flags sum of flags such as {@link objectSecurity} @param maxBytes of one answer; 0: the server's own limit */
export function dirSync(flags: number, maxBytes: number, cookie: Uint8Array = new Uint8Array()): Control {
  const value = berValue((writer) =>
    writer.sequence(() => {
      writer.integer(flags);
      writer.integer(maxBytes);
      writer.octets(cookie);
    }),
  );
  return { oid: dirSyncOid, critical: true, value };
}

/** @throws LDAP_PROTOCOL_INVALID */
export function readDirSync(controls: readonly Control[]): DirSync | undefined {
  const value = controlValue(controls, dirSyncOid)?.inside(berTag.sequence);
  if (value === undefined) return undefined;
  const more = value.integer() !== 0;
  value.skip();
  return { more, cookie: value.octetsCopied() };
}
