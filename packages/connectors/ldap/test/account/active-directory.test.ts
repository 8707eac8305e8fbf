import { selectSchema } from '@joinery/connector';
import { describe, expect, test } from 'vitest';
import { ldapadd, ldapsearch } from '../../../../../testing/directories/commands.ts';
import { samba } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { shared } from '../../../../../testing/shared.ts';
import type { Answer } from '../../../../host/test/support/caller.ts';
import { lookup } from '../../src/lookup/lookup.ts';
import { homeWith, parametersFor, startOn } from '../connector/hosted.ts';
import { add, never, remove, type Values } from '../export/target.ts';
import { Accounts, newPassword } from './accounts.ts';

const success = { errorCode: 'Success' };

/** An account name that nobody has. */
function accountName(): string {
  return newPassword().slice(4, 22);
}

describe('accounts of a domain', () => {
  const opened = shared(async (later) => Accounts.in(await samba(), later));

  test('L60 an account is made disabled, gets its password over TLS, and is enabled then', async () => {
    const accounts = opened();
    const { requests } = accounts.target;
    const before = requests.length;
    const password = newPassword();
    const entry = await accounts.made('order', { sAMAccountName: accountName() });
    await accounts.password.set(entry, password, {}, never);
    const unicode = Buffer.from(`"${password}"`, 'utf16le');
    expect(requests.slice(before)).toMatchObject([
      {
        operation: 'add',
        attributes: expect.arrayContaining([{ type: 'userAccountControl', values: ['514'] }]),
      },
      { operation: 'modify', modifications: [{ operation: 'replace', type: 'unicodePwd', values: [unicode] }] },
      {
        operation: 'modify',
        modifications: [
          { operation: 'delete', type: 'userAccountControl', values: ['514'] },
          { operation: 'add', type: 'userAccountControl', values: ['512'] },
        ],
      },
    ]);
    expect(await accounts.signsIn(accounts.dn('order'), password)).toBe(true);
  });

  test.each([
    ['nothing', {}, '514', '512'],
    ['_accountDisabled false', { _accountDisabled: false }, '514', '512'],
    ['_accountDisabled true', { _accountDisabled: true }, '514', '514'],
    ['userAccountControl 512', { userAccountControl: 512n }, '514', '512'],
    ['userAccountControl 514', { userAccountControl: 514n }, '514', '514'],
    ['66048, which never expires', { userAccountControl: 66048n }, '66050', '66048'],
    ['66048 and _accountDisabled true', { userAccountControl: 66048n, _accountDisabled: true }, '66050', '66050'],
    ['514 and _accountDisabled false', { userAccountControl: 514n, _accountDisabled: false }, '514', '512'],
    // The policy asks for no password: the mapping says so.
    ['544', { userAccountControl: 544n }, '544', '544'],
  ] as const)('what is mapped: %s', async (_, values: Values, made, then) => {
    const accounts = opened();
    const name = accountName();
    const control = async () => (await accounts.values(accounts.dn(name), 'userAccountControl')).useraccountcontrol;
    const entry = await accounts.made(name, { ...values, sAMAccountName: name });
    expect(await control()).toEqual([made]);
    await accounts.password.set(entry, newPassword(), {}, never);
    expect(await control()).toEqual([then]);
  });

  test('a password that comes with the Add makes an account that is enabled at once', async () => {
    const accounts = opened();
    const password = newPassword();
    await accounts.made('mapped', { sAMAccountName: accountName(), unicodePwd: password });
    expect(await accounts.signsIn(accounts.dn('mapped'), password)).toBe(true);
  });

  test('a password that is refused leaves the account disabled, and one that is set later does not enable it', async () => {
    const accounts = opened();
    const entry = await accounts.made('refused', { sAMAccountName: accountName() });
    await expect(accounts.password.set(entry, 'abc', {}, never)).rejects.toMatchObject({ status: 400 });
    const later = { ...entry, objectModificationType: 'Update', attributeChanges: [] } as const;
    await accounts.password.set(later, newPassword(), {}, never);
    expect(await accounts.values(accounts.dn('refused'), 'userAccountControl')).toEqual({
      useraccountcontrol: ['514'],
    });
  });

  test('names that Windows does not take, and kinds of groups that there are not, are refused before they are sent', async () => {
    const accounts = opened();
    const before = accounts.target.requests.length;
    for (const [entry, attribute] of [
      [accounts.person('x', { sAMAccountName: 'much-too-long-an-account-name' }), 'sAMAccountName'],
      [accounts.person('x', { userPrincipalName: 'ada' }), 'userPrincipalName'],
      [add('group', accounts.dn('x'), { groupType: 7n }), 'groupType'],
    ] as const) {
      expect(await accounts.write(entry)).toMatchObject({
        errorCode: 'ExportErrorInvalidAttributeValue',
        errorDetail: expect.stringMatching(`"${attribute}".*Nothing was sent`),
      });
    }
    expect(accounts.target.requests).toHaveLength(before);
  });

  test('what the domain cannot do without is not deleted', async () => {
    const accounts = opened();
    const { server } = accounts;
    const dn = `CN=Domain Guests,CN=Users,${server.suffix}`;
    const schema = selectSchema(accounts.target.schema, {
      types: ['group'],
      anchors: ['objectGUID'],
      attributes: ['objectGUID', 'cn'],
    });
    const query = { schema, objectType: 'group', attribute: 'cn', value: 'Domain Guests' };
    const [found] = await lookup(accounts.target.context, query, never);
    const objectGUID = found?.anchorAttributes[0]?.value ?? null;
    const result = await accounts.write(remove('group', dn, { objectGUID }));
    expect(result).toMatchObject({ errorCode: 'ExportErrorPermissionIssue', errorName: 'criticalSystemObject' });
    expect(await ldapsearch(server, dn, { scope: 'base' })).toHaveLength(1);
  });

  test('the kind of a group may be left to the server or chosen, and its members are people and groups', async () => {
    const accounts = opened();
    const person = await accounts.made('member', { sAMAccountName: accountName() });
    const kinds = { given: { groupType: -2147483640n }, left: {} };
    for (const [name, values] of Object.entries(kinds)) {
      const group = { sAMAccountName: accountName(), member: [person.dn ?? ''], ...values };
      expect(await accounts.write(add('group', accounts.dn(name), group))).toMatchObject(success);
      expect(await accounts.values(accounts.dn(name), 'groupType')).toEqual({
        grouptype: [name === 'given' ? '-2147483640' : '-2147483646'],
      });
    }
  });
});

test('L60 the life of an account of a domain through SCIM', async () => {
  const server = await samba();
  // As the server spells it.
  const base = (await freshBase(server)).replace('ou=', 'OU=');
  const home = await homeWith(server, {
    parameters: parametersFor(server, base),
    types: [
      {
        objectType: 'user',
        anchor: 'objectGUID',
        queryAttribute: 'userPrincipalName',
        dn: '-dn-',
        attributes: [
          { name: '-dn-' },
          { name: '_distinguishedName' },
          { name: 'export_password' },
          { name: 'objectGUID', operation: 'ImportOnly' },
          { name: 'objectClass', multiValued: true },
          { name: 'userPrincipalName' },
          { name: 'sAMAccountName' },
          { name: 'displayName' },
          { name: 'manager', type: 'Reference', refersTo: ['User'] },
          { name: '_accountDisabled', type: 'Boolean' },
        ],
      },
    ],
  });
  const { host, scim } = await startOn(home);
  await using undone = new AsyncDisposableStack();
  const accounts = await Accounts.in(server, async (undo) => undone.defer(undo));
  const [name, bossName] = [accountName(), accountName()];
  const password = newPassword();
  const person = (cn: string, account: string) => ({
    '-dn-': `CN=${cn},${base}`,
    objectClass: ['user'],
    userPrincipalName: `${account}@contoso.lab`,
    sAMAccountName: account,
    displayName: 'Ada King',
    _accountDisabled: false,
  });
  const values = (dn: string, ...names: readonly string[]) => accounts.values(dn, ...names);
  const ok = ({ status, body }: Answer): string => {
    expect([status, body?.detail]).toEqual([expect.toBeOneOf([200, 201, 204]), undefined]);
    return body?.id;
  };

  // Created disabled, given its password, enabled; a name with everything that has a meaning in a DN.
  const before = `CN=King\\, Ada \\+ \\"Co\\" \\\\#1,${base}`;
  const id = ok(await scim.create({ ...person('King\\, Ada \\+ \\"Co\\" \\\\#1', name), export_password: password }));
  expect(Buffer.from(id, 'base64url').toString()).toMatch(/^S[0-9a-f]{8}-/);
  expect(await values(before, 'userAccountControl', 'cn')).toEqual({
    useraccountcontrol: ['512'],
    cn: ['King, Ada + "Co" \\#1'],
  });
  expect(await accounts.signsIn(`${name}@contoso.lab`, password)).toBe(true);
  const boss = ok(await scim.create(person('Boss', bossName)));
  // Without a password nobody signs in: it stays disabled, and the next import tells so.
  expect(await values(`CN=Boss,${base}`, 'userAccountControl')).toEqual({ useraccountcontrol: ['514'] });

  // Renamed, moved, with a manager, disabled, enabled.
  ok(await scim.set(id, '-dn-', `CN=Ada King,${base}`));
  const unit = `OU=Staff,${base}`;
  await ldapadd(server, `dn: ${unit}\nobjectClass: organizationalUnit\nou: Staff\n`);
  ok(await scim.set(id, '-dn-', `CN=Ada King,${unit}`));
  const dn = `CN=Ada King,${unit}`;
  ok(await scim.set(id, 'manager', boss));
  expect(await values(dn, 'manager', 'name')).toMatchObject({ name: ['Ada King'] });
  expect((await values(dn, 'manager')).manager?.[0]?.toLowerCase()).toBe(`cn=boss,${base}`.toLowerCase());
  ok(await scim.set(id, '_accountDisabled', true));
  expect(await values(dn, 'userAccountControl')).toEqual({ useraccountcontrol: ['514'] });
  expect(await accounts.signsIn(`${name}@contoso.lab`, password)).toBe(false);
  ok(await scim.set(id, '_accountDisabled', false));
  expect(await accounts.signsIn(`${name}@contoso.lab`, password)).toBe(true);

  // What was written and what is read are one: a full import changes nobody but the one that was told enabled.
  const shown = (await scim.get(`/Users/${id}`)).text;
  await host.run('LDAP', 'full');
  expect((await scim.get(`/Users/${id}`)).text).toBe(shown);
  expect((await scim.get(`/Users/${boss}`)).text).toContain('"_accountDisabled":true');

  ok(await scim.delete(id));
  expect(await ldapsearch(server, dn, { scope: 'base' })).toEqual([]);
  await host.run('LDAP', 'full');
  expect((await scim.get(`/Users/${id}`)).status).toBe(404);
});
