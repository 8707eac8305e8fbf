import { onEntry } from '../export/identity.ts';
import type { Modification } from '../protocol/request.ts';
import type { PasswordCall, PasswordMethod } from './password-call.ts';
import { optionModifications } from './password-options.ts';

/**
 * Active Directory, AD LDS and Samba: a replace sets a password; a delete of the old and an add of the new one in one modify changes it
 * ([MS-ADTS] 3.1.1.3.1.5, LDAP sheet 5.7).
 */
export const microsoftPassword: PasswordMethod = {
  set: (call) => {
    const { context, form, password, options } = call;
    return modify(call, [
      { operation: 'replace', type: form.attribute, values: [form.written(password)] },
      ...optionModifications(context, options),
    ]);
  },
  change: (call, oldPassword) => {
    const { form, password } = call;
    return modify(call, [
      { operation: 'delete', type: form.attribute, values: [form.written(oldPassword)] },
      { operation: 'add', type: form.attribute, values: [form.written(password)] },
    ]);
  },
};

function modify({ turn, entry }: PasswordCall, modifications: readonly Modification[]) {
  return onEntry(turn, entry, entry.dn, ({ dn, controls }) =>
    turn.write({ operation: 'modify', dn, modifications }, controls),
  );
}
