import { type Problem, problem } from '@joinery/problems';
import type { LdapResult } from '../../protocol/result.ts';

/** Result codes that say that this server cannot take binds now while another one may (RFC 4511 A.2: busy, unavailable). */
const elsewhere = new Set([51, 52]);

/** What Active Directory hides in its diagnostic text, `…, data 52e, v4563`, while the code is 49 for all of them (LDAP sheet 5.6). */
const activeDirectoryReasons = new Map([
  ['525', 'the account does not exist'],
  ['52e', 'user name or password is wrong'],
  ['530', 'the account may not sign in at this time'],
  ['531', 'the account may not sign in from this machine'],
  ['532', 'the password expired'],
  ['533', 'the account is disabled'],
  ['701', 'the account expired'],
  ['773', 'the password must be changed first'],
  ['775', 'the account is locked'],
]);

/**
 * The problem that a bind's answer is. Of the diagnostic text only Active Directory's reason is used: servers repeat requests in it.
 * @returns LDAP_BIND_REFUSED, or LDAP_SERVER_UNREACHABLE where the next server may do better
 */
export function bindRefusal(result: LdapResult, place: string): Problem {
  const { code } = result;
  if (elsewhere.has(code)) {
    return problem('LDAP_SERVER_UNREACHABLE', `The server takes no work at the moment (result code ${code}).`, {
      place,
    });
  }
  if (code === 8 || code === 13) {
    return problem('LDAP_BIND_REFUSED', `The server wants an encrypted connection (result code ${code}).`, {
      place,
      fix: 'Choose a Binding over SSL or TLS.',
    });
  }
  if (code === 7 || code === 48) {
    return problem('LDAP_BIND_REFUSED', `The server does not offer this way to sign in (result code ${code}).`, {
      place,
      fix: 'Choose another Binding, or allow this one in the configuration of the directory server.',
    });
  }
  if (code === 34) {
    return problem('LDAP_BIND_REFUSED', 'The server takes the user name for no distinguished name (result code 34).', {
      place,
      fix: 'Write User Name as a distinguished name, e.g. cn=connector,ou=services,dc=contoso,dc=lab.',
    });
  }
  const data = /\bdata ([0-9a-f]+)/i.exec(result.diagnosticMessage)?.[1]?.toLowerCase() ?? '';
  const reason =
    activeDirectoryReasons.get(data) ?? (code === 49 ? 'user name or password is wrong' : 'it gives no reason');
  return problem('LDAP_BIND_REFUSED', `The server refuses the account: ${reason} (result code ${code}).`, { place });
}
