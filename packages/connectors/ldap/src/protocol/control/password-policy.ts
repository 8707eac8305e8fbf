import { berTag } from '../ber-reader.ts';
import type { Control } from '../control.ts';
import { controlValue } from './value.ts';

/** draft-behera-ldap-password-policy-10 section 6. */
export const passwordPolicyOid = '1.3.6.1.4.1.42.2.27.8.5.1';

const errors = [
  'passwordExpired',
  'accountLocked',
  'changeAfterReset',
  'passwordModNotAllowed',
  'mustSupplyOldPassword',
  'insufficientPasswordQuality',
  'passwordTooShort',
  'passwordTooYoung',
  'passwordInHistory',
  'passwordTooLong',
] as const;

export type PasswordPolicyError = (typeof errors)[number];

export interface PasswordPolicyState {
  /** Why the server refused; undefined where it did not, or with a number that is in no document. */
  readonly error: PasswordPolicyError | undefined;
  readonly secondsBeforeExpiration: number | undefined;
  readonly graceLoginsLeft: number | undefined;
}

/** Asks the server to say what its password policy thinks, with a bind or a change of a password. */
export const passwordPolicy: Control = { oid: passwordPolicyOid, critical: false };

/** @throws LDAP_PROTOCOL_INVALID */
export function readPasswordPolicy(controls: readonly Control[]): PasswordPolicyState | undefined {
  const value = controlValue(controls, passwordPolicyOid)?.inside(berTag.sequence);
  if (value === undefined) return undefined;
  const warning = value.tag === 0xa0 ? value.inside(0xa0) : undefined;
  return {
    secondsBeforeExpiration: warning?.tag === 0x80 ? warning.integer(0x80) : undefined,
    graceLoginsLeft: warning?.tag === 0x81 ? warning.integer(0x81) : undefined,
    error: value.tag === 0x81 ? errors[value.integer(0x81)] : undefined,
  };
}
