import { isProblem } from '@joinery/problems';
import { keptLock } from '../account/kept-lock.ts';
import { openDirectory } from '../connection/directory.ts';
import { type Address, onEntry, type Written } from '../export/identity.ts';
import type { Modification } from '../protocol/request.ts';
import type { LdapResult } from '../protocol/result.ts';
import type { PasswordCall, PasswordMethod } from './password-call.ts';
import { optionModifications } from './password-options.ts';
import { offeredPolicy, wrongOldPassword } from './password-policy.ts';

/** A replace of the password attribute (LDAP sheet 5.7): servers that hash what arrives, or that get it hashed. */
export const writtenPassword: PasswordMethod = {
  set: write,
  change: (call, oldPassword) =>
    onEntry(call.turn, call.entry, call.entry.dn, async (address) => {
      await prove(call, address.dn, oldPassword);
      return writePassword(call, address, await lockOf(call, address.dn));
    }),
};

function write(call: PasswordCall): Promise<Written> {
  return onEntry(call.turn, call.entry, call.entry.dn, async (address) =>
    writePassword(call, address, await lockOf(call, address.dn)),
  );
}

/** @param lock what keeps a disabled account disabled */
export function writePassword(
  { context, turn, form, password, options }: PasswordCall,
  { dn, controls }: Address,
  lock: readonly Modification[],
): Promise<LdapResult> {
  const modifications: readonly Modification[] = [
    { operation: 'replace', type: form.attribute, values: [form.written(password)] },
    ...optionModifications(context, options),
    ...lock,
  ];
  return turn.write({ operation: 'modify', dn, modifications }, [...controls, ...offeredPolicy(turn.scope)]);
}

/** What has to go with a new password so that a disabled account stays so. @param dn where the entry is */
export function lockOf({ context, turn }: PasswordCall, dn: string): Promise<readonly Modification[]> {
  return keptLock(context.profile.disableMethod, async (attributes) => {
    const present = await turn.read(dn, attributes);
    return present?.values ?? new Map();
  });
}

/** Who knows the old password signs in with it: at the same servers, over connections that are as safe. @throws CONNECTOR_VALUE_INVALID */
async function prove({ context, entry, signal }: PasswordCall, dn: string, oldPassword: string): Promise<void> {
  const bind = { kind: 'simple', user: dn, password: () => oldPassword } as const;
  await using directory = openDirectory({ ...context.settings.connection, bind }, context);
  try {
    await using _ = await directory.connect('password', signal);
  } catch (error) {
    if (isProblem(error) && error.code === 'LDAP_BIND_REFUSED') throw wrongOldPassword(entry);
    throw error;
  }
}
