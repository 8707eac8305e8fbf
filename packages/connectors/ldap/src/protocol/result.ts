import type { Control } from './control.ts';

/** RFC 4511 4.1.9, whole: nothing that the server said is lost. */
export interface LdapResult {
  readonly code: number;
  readonly matchedDn: string;
  /** May hold anything, also secrets that the server repeats: never shown before it went through the scrubbing of errors (LDAP sheet 5.6). */
  readonly diagnosticMessage: string;
  /** URLs of a referral (10). */
  readonly referrals: readonly string[];
  readonly controls: readonly Control[];
}

/** RFC 4511 4.12. */
export interface ExtendedResult extends LdapResult {
  readonly responseName?: string;
  readonly responseValue?: Uint8Array;
}

/** RFC 4511 4.2.2. */
export interface BindResult extends LdapResult {
  readonly serverSaslCredentials?: Uint8Array;
}
