import { problem } from '@joinery/problems';
import { type Address, onEntry } from '../export/identity.ts';
import { passwordModify } from '../protocol/extended/password-modify.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';
import { halfDone } from './half-done.ts';
import type { PasswordCall, PasswordMethod } from './password-call.ts';
import { optionModifications } from './password-options.ts';
import { offeredPolicy } from './password-policy.ts';
import { lockOf, writePassword } from './written-password.ts';

/**
 * The password-modify operation (RFC 3062): the server hashes as it is configured to. The new password is ours, so that the answer holds
 * none (LDAP sheet 12.1, trap 17).
 */
export const passwordModifyOperation: PasswordMethod = {
  set: (call) =>
    onEntry(call.turn, call.entry, call.entry.dn, async (address) => {
      const lock = await lockOf(call, address.dn);
      // The operation would enable a disabled account until it is disabled again; one modify with the lock does not.
      if (lock.length > 0) return writePassword(call, address, lock);
      const result = await operate(call, address, undefined);
      if (result.code === resultCode.success) await applyOptions(call, address);
      return result;
    }),
  change: (call, oldPassword) =>
    onEntry(call.turn, call.entry, call.entry.dn, async (address) => {
      if ((await lockOf(call, address.dn)).length > 0) {
        throw problem('CONNECTOR_VALUE_INVALID', 'The account is disabled; who has it cannot change its password.');
      }
      return operate(call, address, oldPassword);
    }),
};

function operate(
  { turn, password }: PasswordCall,
  { dn, controls }: Address,
  oldPassword: string | undefined,
): Promise<LdapResult> {
  const old = oldPassword === undefined ? {} : { oldPassword };
  const request = passwordModify({ user: dn, newPassword: password, ...old });
  return turn.write(request, [...controls, ...offeredPolicy(turn.scope)]);
}

async function applyOptions(call: PasswordCall, { dn, controls }: Address): Promise<void> {
  const modifications = optionModifications(call.context, call.options);
  if (modifications.length === 0) return;
  const result = await call.turn.write({ operation: 'modify', dn, modifications }, controls);
  if (result.code !== resultCode.success) throw halfDone(call, result, dn, 'what was asked for with it failed');
}
