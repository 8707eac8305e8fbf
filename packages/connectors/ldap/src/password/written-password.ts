import { keptLock } from '../account/kept-lock.ts';
import { openDirectory } from '../connection/directory.ts';
import { onEntry, presentValues, type Written } from '../export/identity.ts';
import type { Modification } from '../protocol/request.ts';
import type { PasswordCall, PasswordMethod } from './password-call.ts';
import { optionModifications } from './password-options.ts';
import { offeredPolicy } from './password-policy.ts';

/** A replace of the password attribute (LDAP sheet 5.7): servers that hash what arrives, or that get it hashed. */
export const writtenPassword: PasswordMethod = {
  set: write,
  change: async (call, oldPassword) => {
    await prove(call, oldPassword);
    return write(call);
  },
};

async function write(call: PasswordCall): Promise<Written> {
  const { context, turn, entry, form, password, options } = call;
  const modifications: readonly Modification[] = [
    { operation: 'replace', type: form.attribute, values: [form.written(password)] },
    ...optionModifications(context, options),
    ...(await keptLock(context.profile.disableMethod, (attributes) =>
      presentValues(turn, entry, entry.dn, attributes),
    )),
  ];
  return onEntry(turn, entry, entry.dn, ({ dn, controls }) =>
    turn.write({ operation: 'modify', dn, modifications }, [...controls, ...offeredPolicy(turn.scope)]),
  );
}

/** Who knows the old password signs in with it. The same servers, the same safety of the connection. @throws LDAP_BIND_REFUSED */
async function prove({ context, entry, signal }: PasswordCall, oldPassword: string): Promise<void> {
  const bind = { kind: 'simple', user: entry.dn, password: () => oldPassword } as const;
  await using directory = openDirectory({ ...context.settings.connection, bind }, context);
  await using _ = await directory.connect('password', signal);
}
