import { describe, expect, test } from 'vitest';
import { accountRules } from '../../src/account/account-rules.ts';
import { openExport } from '../../src/export/export-run.ts';
import { passwordCapability } from '../../src/password/password-capability.ts';
import { add, never, type Target, update } from '../export/target.ts';
import { microsoft } from './microsoft-fake.ts';

const guid = { objectGUID: '8f28b3b6-07e5-4d3f-9b1a-3f60e4a8a1a4' };

async function write(target: Target, entry: ReturnType<typeof add>) {
  const run = await openExport(target.context, { schema: target.schema }, never, accountRules(target.context));
  const results = await run.putEntries([entry], never);
  await run.close('Normal', never);
  return results[0];
}

describe('L64 AD LDS', () => {
  test.each([
    [true, 'TRUE'],
    [false, 'FALSE'],
  ])('msDS-UserAccountDisabled is %s as %s, mapped or by _accountDisabled', async (disabled, octets) => {
    const { target, writes, suffix } = await microsoft('ADLDS');
    const dn = `CN=a,${suffix}`;
    for (const name of ['msDS-UserAccountDisabled', '_accountDisabled']) {
      expect(await write(target, add('user', dn, { [name]: disabled }))).toMatchObject({ errorCode: 'Success' });
      expect(await write(target, update('user', { dn, anchor: guid }, { [name]: disabled }))).toMatchObject({
        errorCode: 'Success',
      });
    }
    const sent = writes().flatMap((request) => {
      if (request.kind === 'add') return String(request.attributes['msDS-UserAccountDisabled']);
      return request.kind === 'modify' ? request.changes.map(({ values }) => String(values)) : [];
    });
    expect(sent).toEqual([octets, octets, octets, octets]);
  });
});

test('AD LDS with userPassword: the account is enabled once it has a password, unless it was to be disabled', async () => {
  for (const [_accountDisabled, sent] of [
    [false, ['userPassword', 'msDS-UserAccountDisabled']],
    [true, ['userPassword']],
  ] as const) {
    const stored = { 'msDS-UserAccountDisabled': ['TRUE'] };
    const { target, writes, suffix } = await microsoft('ADLDS', stored, { passwordAttribute: 'userPassword' });
    const entry = add('user', `CN=a,${suffix}`, { _accountDisabled });
    const anchorAttributes = [{ name: 'objectGUID', value: guid.objectGUID }];
    await passwordCapability(async () => target.context).set({ ...entry, anchorAttributes }, 'Ää1', {}, never);
    const changes = writes().flatMap((request) => (request.kind === 'modify' ? request.changes : []));
    expect(changes.map(({ attribute }) => attribute)).toEqual(sent);
    expect(changes[0]).toMatchObject({ operation: 'replace', values: [Buffer.from('Ää1')] });
    if (!_accountDisabled) expect(changes[1]).toMatchObject({ operation: 'replace', values: [Buffer.from('FALSE')] });
  }
});

test('L60 a password for unicodePwd goes over no clear connection, set, changed or mapped', async () => {
  const { target, writes, suffix } = await microsoft('ActiveDirectory');
  const password = passwordCapability(async () => target.context);
  const entry = update('user', { dn: `CN=a,${suffix}`, anchor: guid }, {});
  const refused = { code: 'LDAP_CLEAR_TEXT_REFUSED', detail: expect.stringContaining('encrypted connection only') };
  await expect(password.set(entry, 'Aa1.secret', {}, never)).rejects.toMatchObject(refused);
  await expect(password.change?.(entry, 'Aa1.secret', 'Aa2.secret', never)).rejects.toMatchObject(refused);
  const mapped = await write(target, add('user', `CN=a,${suffix}`, { unicodePwd: 'Aa1.secret' }));
  expect(mapped).toMatchObject({
    errorCode: 'ExportErrorConnectedDirectoryError',
    errorDetail: expect.stringContaining('encrypted connection only'),
  });
  expect(writes()).toEqual([]);
});
