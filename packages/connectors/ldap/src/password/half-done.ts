import { exportResultToProblem } from '@joinery/connector';
import { type Problem, problem } from '@joinery/problems';
import { failed, faultOf } from '../export/fault.ts';
import { asked } from '../export/outcome.ts';
import type { LdapResult } from '../protocol/result.ts';
import type { PasswordCall } from './password-call.ts';

/** The problem of a password that is set while what belongs to it failed. @param what `the account could not be enabled` */
export function halfDone(
  { turn, entry, password }: PasswordCall,
  result: LdapResult,
  dn: string,
  what: string,
): Problem {
  const about = asked(turn.scope, 'modify', dn);
  const fault = faultOf(result, { ...about, secrets: [password] });
  const found = exportResultToProblem(
    failed(entry.identifier, { ...fault, errorDetail: `The password is set, but ${what}. ${fault.errorDetail}` }),
    entry,
  );
  return found ?? problem('CONNECTOR_EXPORT_FAILED', `The password is set, but ${what}.`);
}
