import type { ExtendedResult } from '../result.ts';

/** RFC 4532; the request has no value. */
export const whoAmIOid = '1.3.6.1.4.1.4203.1.11.3';

/** Who the server takes us for, e.g. `dn:cn=admin,dc=contoso,dc=lab`; empty: anonymous. */
export function readAuthorizationId(result: ExtendedResult): string {
  return Buffer.from(result.responseValue ?? []).toString('utf8');
}
