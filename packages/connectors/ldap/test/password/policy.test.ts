import { expect, onTestFinished, test } from 'vitest';
import { ldapmodify } from '../../../../../testing/directories/commands.ts';
import { samba } from '../../../../../testing/directories/directories.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import { passwordFault } from '../../src/password/password-policy.ts';
import { Accounts, newPassword } from '../account/accounts.ts';
import { never } from '../export/target.ts';

const refused = { code: 'CONNECTOR_VALUE_INVALID', status: 400 };

test('L62 a password that the policy of the domain refuses is a wrong value, set or mapped, and nothing of it is told', async () => {
  const accounts = await Accounts.in(await samba(), onTestFinished);
  const entry = await accounts.made('weak', { sAMAccountName: newPassword().slice(4, 20) });
  const set = accounts.password.set(entry, 'abc', {}, never);
  await expect(set).rejects.toMatchObject({
    ...refused,
    detail: expect.stringMatching(/constraintViolation \(19\): The password does not satisfy the password policy/),
  });
  expect(await accounts.values(accounts.dn('weak'), 'userAccountControl')).toEqual({ useraccountcontrol: ['514'] });
  const result = await accounts.write(accounts.person('mapped', { unicodePwd: 'abc' }));
  expect(result).toMatchObject({
    errorCode: 'ExportErrorPasswordPolicyViolation',
    errorDetail: expect.stringContaining('0000052D'),
  });
});

test('L62 what the overlay ppolicy of OpenLDAP says of a password is told in words', async () => {
  const server = await startSlapd();
  await ldapmodify(
    server,
    `dn: cn=default,ou=policies,${server.suffix}\nchangetype: modify\nadd: pwdMinLength\npwdMinLength: 8\n-\nadd: pwdCheckQuality\npwdCheckQuality: 2\n-\nadd: pwdInHistory\npwdInHistory: 3\n`,
  );
  // The policy does not hold for the administrator of the database.
  const withoutPrivilege = { ...server, admin: server.unlimited };
  const accounts = await Accounts.in(withoutPrivilege, onTestFinished, { passwordHashing: 'server' });
  const entry = await accounts.made('person');
  const dn = accounts.dn('person');
  await expect(accounts.password.set(entry, 'short', {}, never)).rejects.toMatchObject({
    ...refused,
    detail: expect.stringContaining('The password is shorter than the password policy asks for.'),
  });
  const [first, second] = [newPassword(), newPassword()];
  await accounts.password.set(entry, first, {}, never);
  await accounts.password.change?.(entry, first, second, never);
  await expect(accounts.password.change?.(entry, second, first, never)).rejects.toMatchObject({
    ...refused,
    detail: expect.stringContaining('The password has been used before'),
  });
  expect(await accounts.signsIn(dn, second)).toBe(true);
});

test.each([
  [19, 'anything at all', 'ExportErrorPasswordPolicyViolation'],
  [
    53,
    '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0',
    'ExportErrorPasswordPolicyViolation',
  ],
  [
    53,
    '0000001F: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0',
    'ExportErrorConnectedDirectoryError',
  ],
  [50, '', 'ExportErrorPermissionIssue'],
] as const)('an answer %s "%s" to a password is %s', (code, diagnosticMessage, errorCode) => {
  const result = { code, diagnosticMessage, matchedDn: '', referrals: [], controls: [] };
  const asked = { operation: 'modify', kind: 'ActiveDirectory', dn: 'cn=a', parent: undefined, secrets: [] } as const;
  expect(passwordFault(result, asked).errorCode).toBe(errorCode);
});
