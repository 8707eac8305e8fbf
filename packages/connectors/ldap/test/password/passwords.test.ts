import { describe, expect, test } from 'vitest';
import { command, ldapmodify } from '../../../../../testing/directories/commands.ts';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import { shared } from '../../../../../testing/shared.ts';
import { Accounts, newPassword } from '../account/accounts.ts';
import { never } from '../export/target.ts';

const servers = [
  ['OpenLDAP', openldap],
  ['389', ds389],
  ['ApacheDS', apacheds],
  ['Samba', samba],
] as const;

describe.each(servers)('passwords in %s', (kind, start) => {
  const opened = shared(async (later) => {
    const server = await start();
    const accounts = await Accounts.in(server, later, { passwordHashing: 'server' });
    if (kind === 'Samba') {
      // A password may be changed again at once.
      const age = async (value: string): Promise<void> =>
        ldapmodify(server, `dn: ${server.suffix}\nchangetype: modify\nreplace: minPwdAge\nminPwdAge: ${value}\n`);
      await age('0');
      later(() => age('-864000000000'));
    }
    return accounts;
  });

  test('L60 L61 a password that is set is the one that signs in, and none before it', async () => {
    const accounts = opened();
    const [first, second] = [newPassword(), newPassword()];
    const entry = await accounts.made('set');
    await accounts.password.set(entry, first, {}, never);
    expect(await accounts.signsIn(accounts.dn('set'), first)).toBe(true);
    await accounts.password.set({ ...entry, objectModificationType: 'Update' }, second, {}, never);
    // For an hour a domain takes the password before the last one too.
    if (kind !== 'Samba') expect(await accounts.signsIn(accounts.dn('set'), first)).toBe(false);
    expect(await accounts.signsIn(accounts.dn('set'), second)).toBe(true);
  });

  test('any characters may be in a password', async () => {
    const accounts = opened();
    // 389 takes ASCII in passwords only (LDAP sheet 5.3).
    const password = `  "{SSHA}\\,#${kind === '389' ? '' : 'äß€𝄞'} Aa1+= `;
    const entry = await accounts.made('characters');
    await accounts.password.set(entry, password, {}, never);
    expect(await accounts.signsIn(accounts.dn('characters'), password)).toBe(true);
  });

  test('L61 the server keeps no readable password', async () => {
    const accounts = opened();
    const password = newPassword();
    const entry = await accounts.made('kept');
    await accounts.password.set(entry, password, {}, never);
    const values = await accounts.values(accounts.dn('kept'), 'userPassword', 'unicodePwd');
    if (kind === 'Samba') expect(values).toEqual({});
    else
      expect(values.userpassword?.[0]).toMatch(
        { OpenLDAP: /^\{SSHA\}/, 389: /^\{PBKDF2/, ApacheDS: /^\{SSHA\}/ }[kind],
      );
  });

  test('the old password is asked for a change', async () => {
    const accounts = opened();
    const [first, second, third] = [newPassword(), newPassword(), newPassword()];
    const entry = await accounts.made('changed');
    await accounts.password.set(entry, first, {}, never);
    const wrong = accounts.password.change?.(entry, third, second, never);
    await expect(wrong).rejects.toMatchObject({
      code: 'CONNECTOR_VALUE_INVALID',
      detail: 'The old password is wrong.',
    });
    expect(await accounts.signsIn(accounts.dn('changed'), second)).toBe(false);
    await accounts.password.change?.(entry, first, second, never);
    expect(await accounts.signsIn(accounts.dn('changed'), second)).toBe(true);
  });

  test('a password goes to the account that has the anchor, wherever it has been moved to', async () => {
    const accounts = opened();
    const password = newPassword();
    const entry = await accounts.made('moved');
    const rename = `dn: ${accounts.dn('moved')}\nchangetype: modrdn\nnewrdn: CN=elsewhere\ndeleteoldrdn: 1\n`;
    await ldapmodify(accounts.server, rename);
    const other = await accounts.made('moved', kind === 'Samba' ? { sAMAccountName: newPassword().slice(4, 20) } : {});
    await accounts.password.set(entry, password, {}, never);
    expect(await accounts.signsIn(accounts.dn('elsewhere'), password)).toBe(true);
    expect(await accounts.signsIn(accounts.dn('moved'), password)).toBe(false);
    expect(other.dn).toBe(entry.dn);
  });

  test('an account that is gone has no password, and an empty password is nobody’s', async () => {
    const accounts = opened();
    const entry = await accounts.made('gone');
    await expect(accounts.password.set(entry, '', {}, never)).rejects.toMatchObject({
      code: 'CONNECTOR_VALUE_INVALID',
    });
    await command(accounts.server, 'ldapdelete', [accounts.dn('gone')]);
    const set = accounts.password.set(entry, newPassword(), {}, never);
    await expect(set).rejects.toMatchObject({ code: 'CONNECTOR_OBJECT_MISSING' });
  });
});
