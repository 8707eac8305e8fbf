import { berTag } from '../ber-reader.ts';
import { berValue, octetsReader } from '../control/value.ts';
import type { Request } from '../request.ts';
import type { ExtendedResult } from '../result.ts';

/** RFC 3062. */
export const passwordModifyOid = '1.3.6.1.4.1.4203.1.11.1';

/** What is absent is decided by the server: the user is who is bound, the new password one that it makes. */
export interface PasswordModification {
  /** The DN of the account. */
  readonly user?: string;
  readonly oldPassword?: string;
  readonly newPassword?: string;
}

export function passwordModify(modification: PasswordModification): Request {
  const { user, oldPassword, newPassword } = modification;
  const value = berValue((writer) =>
    writer.sequence(() => {
      if (user !== undefined) writer.octets(user, 0x80);
      if (oldPassword !== undefined) writer.octets(oldPassword, 0x81);
      if (newPassword !== undefined) writer.octets(newPassword, 0x82);
    }),
  );
  return { operation: 'extended', name: passwordModifyOid, value };
}

/** The octets of the password that the server made (LDAP sheet 12.1 trap 17). @throws LDAP_PROTOCOL_INVALID */
export function readGeneratedPassword(result: ExtendedResult): Uint8Array | undefined {
  if (result.responseValue === undefined || result.responseValue.length === 0) return undefined;
  const value = octetsReader(result.responseValue).inside(berTag.sequence);
  return value.tag === 0x80 ? value.octetsCopied(0x80) : undefined;
}
