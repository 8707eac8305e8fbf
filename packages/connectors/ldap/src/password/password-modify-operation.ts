import { problem } from '@joinery/problems';
import { keptLock } from '../account/kept-lock.ts';
import { onEntry, presentValues, sameEntry, type Written } from '../export/identity.ts';
import { passwordModify } from '../protocol/extended/password-modify.ts';
import type { Modification } from '../protocol/request.ts';
import { resultCode } from '../protocol/result-code.ts';
import { halfDone } from './half-done.ts';
import type { PasswordCall, PasswordMethod } from './password-call.ts';
import { optionModifications } from './password-options.ts';
import { offeredPolicy } from './password-policy.ts';
import { writtenPassword } from './written-password.ts';

/**
 * The password-modify operation (RFC 3062): the server hashes as it is configured to. The new password is ours, so that the answer holds
 * none (LDAP sheet 12.1, trap 17).
 */
export const passwordModifyOperation: PasswordMethod = {
  set: async (call) => {
    const modifications = optionModifications(call.context, call.options);
    // The operation would enable a disabled account until it is disabled again; one modify with the lock does not.
    if (await isDisabledForGood(call)) return writtenPassword.set(call);
    const written = await operate(call, undefined);
    return written.result.code === resultCode.success ? finish(call, written, modifications) : written;
  },
  change: async (call, oldPassword) => {
    if (await isDisabledForGood(call)) {
      throw problem('CONNECTOR_VALUE_INVALID', 'The account is disabled; who has it cannot change its password.');
    }
    return operate(call, oldPassword);
  },
};

function operate({ turn, entry, password }: PasswordCall, oldPassword: string | undefined): Promise<Written> {
  return onEntry(turn, entry, entry.dn, ({ dn, controls }) => {
    const old = oldPassword === undefined ? {} : { oldPassword };
    return turn.write(passwordModify({ user: dn, newPassword: password, ...old }), [
      ...controls,
      ...offeredPolicy(turn.scope),
    ]);
  });
}

async function finish(call: PasswordCall, written: Written, modifications: readonly Modification[]): Promise<Written> {
  if (modifications.length === 0) return written;
  const { turn, entry } = call;
  const { result, dn } = await sameEntry(turn, entry, written.dn, (address) =>
    turn.write({ operation: 'modify', dn: address.dn, modifications }, address.controls),
  );
  if (result.code !== resultCode.success) throw halfDone(call, result, dn, 'what was asked for with it failed');
  return written;
}

async function isDisabledForGood({ context, turn, entry }: PasswordCall): Promise<boolean> {
  const lock = await keptLock(context.profile.disableMethod, (attributes) =>
    presentValues(turn, entry, entry.dn, attributes),
  );
  return lock.length > 0;
}
