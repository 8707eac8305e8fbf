import { type CSEntryChange, objectPlace } from '@joinery/connector';
import { type Problem, problem } from '@joinery/problems';
import type { Asked, ExportFault } from '../export/fault.ts';
import { faultOf } from '../export/fault.ts';
import type { ExportScope } from '../export/scope.ts';
import {
  type PasswordPolicyError,
  passwordPolicy,
  passwordPolicyOid,
  readPasswordPolicy,
} from '../protocol/control/password-policy.ts';
import type { Control } from '../protocol/control.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';

/** What a policy says against a password (draft-behera-ldap-password-policy-10 section 6.2). */
const sentences: Readonly<Partial<Record<PasswordPolicyError, string>>> = {
  passwordModNotAllowed: 'The password policy does not let this password be changed.',
  mustSupplyOldPassword: 'The password policy asks for the old password.',
  insufficientPasswordQuality: 'The password is too simple for the password policy.',
  passwordTooShort: 'The password is shorter than the password policy asks for.',
  passwordTooYoung: 'The password was changed too recently for the password policy.',
  passwordInHistory: 'The password has been used before, which the password policy does not allow.',
  passwordTooLong: 'The password is longer than the password policy allows.',
};

/** Asks for the policy's words where the server has them. */
export function offeredPolicy(scope: ExportScope): readonly Control[] {
  return scope.supports(passwordPolicyOid) ? [passwordPolicy] : [];
}

/**
 * Why a password was refused (LDAP sheet 5.6): by the policy's own answer where there is one; a constraint violation of a request that
 * holds nothing but a password is the policy's, whatever the words.
 */
export function passwordFault(result: LdapResult, asked: Asked): ExportFault {
  const fault = faultOf(result, asked);
  const policy = readPasswordPolicy(result.controls)?.error;
  const sentence = policy === undefined ? undefined : sentences[policy];
  if (sentence === undefined && result.code !== resultCode.constraintViolation) return fault;
  return {
    ...fault,
    errorCode: 'ExportErrorPasswordPolicyViolation',
    errorDetail: sentence === undefined ? fault.errorDetail : `${sentence} ${fault.errorDetail}`,
  };
}

/** True for the words with which servers refuse an old password that is not the right one (measured, and Windows error codes). */
export function isWrongOldPassword({ code, diagnosticMessage }: LdapResult): boolean {
  if (code === resultCode.invalidCredentials) return true;
  return /verify old password|old password (?:specified )?does|oldPasswd|^0000(?:0056|052B):/i.test(diagnosticMessage);
}

export function wrongOldPassword(entry: CSEntryChange): Problem {
  return problem('CONNECTOR_VALUE_INVALID', 'The old password is wrong.', { place: objectPlace(entry) });
}
