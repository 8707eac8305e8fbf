import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openldap } from '../../../testing/directories/directories.ts';
import { temporaryFolder } from '../../../testing/folder.ts';
import { parseLdapUrl } from '../src/ldap-url.ts';
import { run } from './run.ts';

test('ldap inspect shows the certificate, what the server is and what a connector will do; the password comes from a pipe', async () => {
  const { ldapsUrl, caFile, admin, suffix } = await openldap();
  const words = ['ldap', 'inspect', ldapsUrl, '--ca', caFile, '--bind-dn', admin.dn];
  const { code, stdout } = await run(words, { stdin: `${admin.password}\n` });
  expect(code).toBe(0);
  expect(stdout).toMatch(/Certificates\n +Subject +.*\n[\s\S]*SHA-256 +([0-9A-F]{2}:){31}/);
  expect(stdout).toContain('OpenLDAP 2.4 or later');
  expect(stdout).toContain(`${suffix}`);
  expect(stdout).toContain('cn=accesslog (the server’s own)');
  expect(stdout).toMatch(/Changes +Access log in cn=accesslog/);
  expect(stdout).toMatch(/yes, unlisted +Permissive modify/);
  expect(stdout).not.toContain(admin.password === 'secret' ? 'secret\n' : admin.password);
});

test('ldap inspect --json ends with everything as data; nobody is who asks without an account', async () => {
  const { url, suffix } = await openldap();
  const { code, stdout } = await run(['ldap', 'inspect', `${url}/${encodeURIComponent(suffix)}`, '--json']);
  expect(code).toBe(0);
  const last: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(last).toMatchObject({
    outcome: 'done',
    kind: 'OpenLDAP',
    encrypted: false,
    anchor: 'entryDN',
    uniqueId: 'entryUUID',
    bases: [{ dn: suffix, state: 'missing' }],
    delta: { strategy: 'accessLog', ready: false },
  });
});

test('ldap inspect shows a certificate that nobody trusts before it refuses it, and sends no password', async () => {
  const { url, admin } = await openldap();
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'password'), `${admin.password}\n`);
  const { code, stdout, stderr } = await run(
    ['ldap', 'inspect', url, '--start-tls', '--bind-dn', admin.dn, '--password-file', 'password'],
    { workingFolder: folder },
  );
  expect(stdout).toMatch(/Certificates\n +Subject/);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^LDAP_CERTIFICATE_UNTRUSTED: /);
});

test.each([
  [['nowhere'], 'ldap://host'],
  [['https://host'], 'ldap://host'],
  [['ldap://cn=admin:secret@host'], '--bind-dn'],
  [['ldaps://host', '--start-tls'], '--start-tls'],
  [['ldap://host', '--password-file', 'x'], '--bind-dn'],
  [['ldap://host', '--bind-dn', 'cn=a', '--password-file', '/nonexistent/file'], '/nonexistent/file'],
])('ldap inspect %j is wrong usage', async (words, said) => {
  const { code, stdout, stderr } = await run(['ldap', 'inspect', ...words]);
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/^CLI_USAGE: /)]);
  expect(stderr).toContain(said);
});

test('an LDAP URL names server, port and base; an IPv6 address is one without brackets', () => {
  expect(parseLdapUrl('ldap://ldap.contoso.lab')).toEqual({
    server: { host: 'ldap.contoso.lab', port: 389 },
    ldaps: false,
    base: undefined,
  });
  expect(parseLdapUrl('ldaps://[::1]:1636/dc=contoso%2Cdc=lab??sub')).toEqual({
    server: { host: '::1', port: 1636 },
    ldaps: true,
    base: 'dc=contoso,dc=lab',
  });
  expect(parseLdapUrl('ldaps://h').server.port).toBe(636);
});
