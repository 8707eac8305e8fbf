import { type AttributeValue, byName, type CSEntryChange } from '@joinery/connector';
import { describe, expect, test } from 'vitest';
import { ldapmodify } from '../../../../../testing/directories/commands.ts';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import { shared } from '../../../../../testing/shared.ts';
import { accountRules } from '../../src/account/account-rules.ts';
import type { LdapContext } from '../../src/context.ts';
import type { EntryRules } from '../../src/export/entry-rules.ts';
import { passwordCapability } from '../../src/password/password-capability.ts';
import { never, update } from '../export/target.ts';
import { Accounts, newPassword } from './accounts.ts';

describe.each([
  ['OpenLDAP', openldap, 'pwdAccountLockedTime', '000001010000Z'],
  ['389', ds389, 'nsAccountLock', 'true'],
  ['Samba', samba, 'userAccountControl', '514'],
] as const)('_accountDisabled in %s', (kind, start, attribute, disabled) => {
  const opened = shared(async (later) => Accounts.in(await start(), later, { passwordHashing: 'server' }));
  const key = attribute.toLowerCase();

  test('is offered, and means that the account cannot sign in until it is enabled again', async () => {
    const accounts = opened();
    const password = newPassword();
    const entry = await accounts.made('person', { _accountDisabled: false });
    await accounts.password.set(entry, password, {}, never);
    const dn = accounts.dn('person');
    expect(await accounts.signsIn(dn, password)).toBe(true);
    expect(await accounts.disabled(entry)).toBe(false);
    const change = (_accountDisabled: boolean | null) =>
      accounts.write(update(accounts.type, { dn, anchor: anchorOf(entry) }, { _accountDisabled, description: 'x' }));
    expect(await change(true)).toMatchObject({ errorCode: 'Success' });
    expect(await accounts.values(dn, attribute)).toEqual({ [key]: [disabled] });
    expect(await accounts.signsIn(dn, password)).toBe(false);
    expect(await accounts.disabled(entry)).toBe(true);
    for (const again of [true, false, false, true, null]) {
      expect(await change(again)).toMatchObject({ errorCode: 'Success' });
    }
    expect(await accounts.signsIn(dn, password)).toBe(true);
    expect(await accounts.disabled(entry)).toBe(false);
  });

  test('a new password does not enable an account that is disabled, also one that is made so', async () => {
    const accounts = opened();
    const [first, second] = [newPassword(), newPassword()];
    const entry = await accounts.made('made', { _accountDisabled: true });
    const dn = accounts.dn('made');
    await accounts.password.set(entry, first, {}, never);
    expect(await accounts.signsIn(dn, first)).toBe(false);
    expect(await accounts.values(dn, attribute)).toEqual({ [key]: [disabled] });
    await accounts.password.set({ ...entry, objectModificationType: 'Update' }, second, {}, never);
    const password = kind === 'Samba' ? 'unicodePwd' : 'userPassword';
    const third = newPassword();
    for (const more of [{}, { _accountDisabled: true }]) {
      const mapped = update(accounts.type, { dn, anchor: anchorOf(entry) }, { [password]: third, ...more });
      expect(await accounts.write(mapped)).toMatchObject({ errorCode: 'Success' });
      expect(await accounts.values(dn, attribute)).toEqual({ [key]: [disabled] });
    }
    const enable = update(accounts.type, { dn, anchor: anchorOf(entry) }, { _accountDisabled: false });
    expect(await accounts.write(enable)).toMatchObject({ errorCode: 'Success' });
    expect(await accounts.signsIn(dn, third)).toBe(true);
  });

  test('options of a password: to be changed at the next sign-in, and the end of a lock', async () => {
    const accounts = opened();
    const password = newPassword();
    const entry = await accounts.made('options');
    const dn = accounts.dn('options');
    await accounts.password.set(entry, password, { unlockAccount: true }, never);
    expect(await accounts.signsIn(dn, password)).toBe(true);
    const force = accounts.password.set(entry, newPassword(), { forceChangeAtLogOn: true }, never);
    if (kind === '389') {
      await expect(force).rejects.toMatchObject({ code: 'LDAP_PASSWORD_OPTION_UNSUPPORTED' });
      expect(await accounts.signsIn(dn, password)).toBe(true);
      return;
    }
    await force;
    const expected = kind === 'Samba' ? { pwdlastset: ['0'] } : { pwdreset: ['TRUE'] };
    expect(await accounts.values(dn, 'pwdReset', 'pwdLastSet')).toEqual(expected);
    const { context } = accounts.target;
    const settings = { ...context.settings, passwordHashing: 'SSHA' } as const;
    const written = passwordCapability(async () => ({ ...context, settings }));
    await written.set(entry, newPassword(), { forceChangeAtLogOn: true }, never);
    expect(await accounts.values(dn, 'pwdReset', 'pwdLastSet')).toEqual(expected);
  });
});

test('a value of userAccountControl that somebody else changes meanwhile is not lost', async () => {
  await using undone = new AsyncDisposableStack();
  const accounts = await Accounts.in(await samba(), async (undo) => undone.defer(undo));
  const entry = await accounts.made('raced', { userAccountControl: 512n });
  const dn = accounts.dn('raced');
  await accounts.password.set(entry, newPassword(), {}, never);
  const rules = accountRules(accounts.target.context);
  let rounds = 0;
  const raced: EntryRules = {
    takes: (attribute) => rules.takes(attribute),
    refuse: (refused, type) => rules.refuse(refused, type),
    add: (added, attributes) => rules.add(added, attributes),
    keeps: (kept, read) => rules.keeps(kept, read),
    isSecret: (attribute) => rules.isSecret(attribute),
    modify: async (modified, modifications, read) => {
      const made = await rules.modify(modified, modifications, read);
      rounds += 1;
      // 0x10000: the password never expires. It is set between the read and the write.
      const other = `dn: ${dn}\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: 66048\n`;
      if (rounds === 1) await ldapmodify(accounts.server, other);
      return made;
    },
  };
  const disable = update(accounts.type, { dn, anchor: anchorOf(entry) }, { _accountDisabled: true });
  expect(await accounts.write(disable, raced)).toMatchObject({ errorCode: 'Success' });
  expect(rounds).toBe(2);
  expect(await accounts.values(dn, 'userAccountControl')).toEqual({ useraccountcontrol: ['66050'] });
});

test('a server without a way to disable accounts does not offer one, and says why', async () => {
  await using undone = new AsyncDisposableStack();
  const accounts = await Accounts.in(await apacheds(), async (undo) => undone.defer(undo));
  const type = byName(accounts.target.schema.types, accounts.type);
  const offered = type?.attributes.map(({ name }) => name);
  expect(offered).toContain('userPassword');
  expect(offered).not.toContain('_accountDisabled');
  const { context } = accounts.target;
  const why = async (profile: LdapContext['profile']): Promise<string | undefined> => {
    const asked = accounts.person('x', { _accountDisabled: true });
    return type && accountRules({ ...context, profile }).refuse(asked, type)?.errorDetail;
  };
  expect(await why(context.profile)).toContain('ApacheDS 2.0.0.AM26 has no way of its own that is known');
  expect(await why({ ...context.profile, kind: 'OpenLDAP' })).toContain('the overlay ppolicy is loaded');
});

function anchorOf({ anchorAttributes }: CSEntryChange): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(anchorAttributes.map(({ name, value }) => [name, value]));
}
