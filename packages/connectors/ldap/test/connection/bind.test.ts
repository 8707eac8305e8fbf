import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManualClock } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { makeAuthority } from '../../../../../testing/directories/certificates.ts';
import { openldap, samba } from '../../../../../testing/directories/directories.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { run } from '../../../../../testing/directories/run-program.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import { entryMessage, resultMessage } from '../../../../../testing/directories/wire/response.ts';
import { temporaryFolder } from '../../../../../testing/folder.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { countBelow, whoAmI } from './operations.ts';
import { bindsEndWith, script } from './script.ts';
import { parts, settingsOf, simple } from './settings.ts';

const signal = AbortSignal.timeout(60_000);
const account = { dn: 'cn=connector', password: 'wrong' };

describe('L2 StartTLS', () => {
  test('is attempted although the root DSE does not list it, and the bind follows', async () => {
    const server = await samba();
    const settings = settingsOf(server, {
      transport: 'startTls',
      bind: simple(server.admin),
      tls: { authorityFile: server.caFile },
    });
    await using directory = openDirectory(settings, parts());
    await using connection = await directory.connect('lookup', signal);
    expect(await countBelow(connection, server.users, signal)).toBeGreaterThan(1);
  });

  test.each([1, 2, 12, 52, 53])('refused with %i: the bind is never sent', async (code) => {
    const server = await startFakeServer(script({ extended: (exchange) => exchange.done(code) }));
    const settings = settingsOf(server, { transport: 'startTls', bind: simple(account) });
    await using directory = openDirectory(settings, parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_TLS_FAILED' });
    expect(server.requests.map(({ kind }) => kind)).toEqual(['extended']);
  });

  test.each([
    ['a message', entryMessage(2, 'cn=injected', {})],
    ['half a message', entryMessage(2, 'cn=injected', {}).subarray(0, 3)],
  ])('answered together with %s in clear: nothing of it is believed', async (_, injected) => {
    const server = await startFakeServer(
      script({
        extended: (exchange) => exchange.raw(Buffer.concat([resultMessage(exchange.request, 0), injected])),
      }),
    );
    await using directory = openDirectory(settingsOf(server, { transport: 'startTls' }), parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_PROTOCOL_INVALID' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('L6 a client certificate binds EXTERNAL', () => {
  test.each(['ldaps', 'startTls'] as const)('over %s', async (transport) => {
    const server = await openldap();
    const address = { host: server.host, port: transport === 'ldaps' ? server.ldapsPort : server.port };
    const tls = {
      authorityFile: server.caFile,
      clientCertificateFile: server.clientCertificate.certFile,
      clientKeyFile: server.clientCertificate.keyFile,
    };
    const settings = settingsOf(address, { transport, bind: { kind: 'external' }, tls });
    await using directory = openDirectory(settings, parts());
    await using connection = await directory.connect('lookup', signal);
    expect(await whoAmI(connection, signal)).toBe('dn:cn=admin,dc=contoso,dc=lab');
  });

  test('from one PEM file, from an encrypted key, and from PKCS#12; with paths from the folder of the connector', async () => {
    const server = await openldap();
    const folder = await temporaryFolder();
    const { certFile, keyFile } = server.clientCertificate;
    const pass = ['-passout', 'pass:open sesame'];
    writeFileSync(join(folder, 'both.pem'), readFileSync(certFile, 'utf8') + readFileSync(keyFile, 'utf8'));
    await run('openssl', [
      'pkcs12',
      '-export',
      '-inkey',
      keyFile,
      '-in',
      certFile,
      '-out',
      join(folder, 'all.p12'),
      ...pass,
    ]);
    await run('openssl', ['pkey', '-aes256', '-in', keyFile, '-out', join(folder, 'locked.key'), ...pass]);
    const passphrase = { clientKeyPassphrase: () => 'open sesame' };
    for (const own of [
      { clientCertificateFile: 'both.pem' },
      { clientCertificateFile: 'all.p12', ...passphrase },
      { clientCertificateFile: certFile, clientKeyFile: 'locked.key', ...passphrase },
    ]) {
      const settings = settingsOf(
        { host: server.host, port: server.ldapsPort },
        { transport: 'ldaps', bind: { kind: 'external' }, tls: { authorityFile: server.caFile, ...own } },
      );
      await using directory = openDirectory(settings, parts({ folder }));
      await using connection = await directory.connect('lookup', signal);
      expect(await whoAmI(connection, signal)).toBe('dn:cn=admin,dc=contoso,dc=lab');
    }
    for (const [own, detail] of [
      [{ clientCertificateFile: 'all.p12', clientKeyPassphrase: () => 'wrong' }, /passphrase/],
      [{ clientCertificateFile: certFile, clientKeyFile: 'locked.key' }, /passphrase/],
      [{ clientCertificateFile: 'none.pem' }, /does not exist/],
      [{ clientCertificateFile: certFile, clientKeyFile: join(server.folder, 'server.key') }, /does not belong/],
    ] as const) {
      const settings = settingsOf(
        { host: server.host, port: server.ldapsPort },
        { transport: 'ldaps', bind: { kind: 'external' }, tls: { authorityFile: server.caFile, ...own } },
      );
      await using directory = openDirectory(settings, parts({ folder }));
      await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
        code: 'LDAP_CLIENT_CERTIFICATE_UNUSABLE',
        detail: expect.stringMatching(detail),
      });
    }
  });
});

test('a server that demands a client certificate and gets none, or a stranger’s, is told as such', async () => {
  const slapd = await startSlapd();
  await slapd.stop();
  await run('/usr/sbin/slapmodify', ['-n', '0', '-F', slapd.configFolder], {
    input: 'dn: cn=config\nchangetype: modify\nreplace: olcTLSVerifyClient\nolcTLSVerifyClient: demand\n',
  });
  await slapd.start();
  const authorityFile = slapd.caFile;
  const stranger = await (await makeAuthority(slapd.folder, 'Another CA')).client('stranger', '/CN=stranger');
  const strange = { clientCertificateFile: stranger.certFile, clientKeyFile: stranger.keyFile };
  for (const tls of [{ authorityFile }, { authorityFile, ...strange }]) {
    const settings = settingsOf({ host: slapd.host, port: slapd.ldapsPort }, { transport: 'ldaps', tls });
    await using directory = openDirectory(settings, parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
      code: expect.stringMatching(/LDAP_TLS_FAILED|LDAP_SERVER_UNREACHABLE/),
      fix: expect.stringContaining('client certificate'),
    });
  }
});

describe('L8 a wrong password', () => {
  test('is the fault of the connection', async () => {
    const server = await openldap();
    const bind = simple({ ...server.account, password: 'wrong' });
    await using directory = openDirectory(settingsOf(server, { bind }), parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
      code: 'LDAP_BIND_REFUSED',
      detail: 'The server refuses the account: user name or password is wrong (result code 49).',
      kind: 'unavailable',
    });
  });

  test('is not carried to the next server, and not sent again before its time', async () => {
    const refusing = await startFakeServer(bindsEndWith(49));
    const other = await startFakeServer();
    const clock = new ManualClock();
    let password = 'wrong';
    const bind = { kind: 'simple', user: 'cn=connector', password: () => password } as const;
    const settings = settingsOf(refusing, { servers: [refusing, other], bind });
    await using directory = openDirectory(settings, parts({ clock }));
    const refused = { code: 'LDAP_BIND_REFUSED' };
    // Every concern at once: one attempt.
    const attempts = ['import', 'export', 'lookup', 'password'] as const;
    const outcomes = await Promise.allSettled(attempts.map((concern) => directory.connect(concern, signal)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    expect(refusing.requests).toHaveLength(1);
    clock.advance(59_000);
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({ ...refused, retryAfterSeconds: 1 });
    expect(refusing.requests).toHaveLength(1);
    clock.advance(1_000);
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject(refused);
    expect(refusing.requests).toHaveLength(2);
    clock.advance(119_000);
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({ ...refused, retryAfterSeconds: 1 });
    expect(refusing.requests).toHaveLength(2);
    // Another password is another matter.
    password = 'also wrong';
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject(refused);
    expect(refusing.requests).toHaveLength(3);
    expect(other.connections()).toBe(0);
  });

  test('does not keep a later right one from being used', async () => {
    const slapd = await openldap();
    let password = 'wrong';
    const bind = { kind: 'simple', user: slapd.admin.dn, password: () => password } as const;
    await using directory = openDirectory(settingsOf(slapd, { bind }), parts());
    await expect(directory.shared('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_BIND_REFUSED' });
    password = slapd.admin.password;
    expect(await whoAmI(await directory.shared('lookup', signal), signal)).toBe(`dn:${slapd.admin.dn}`);
  });
});

test.each([
  [
    49,
    '80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 533, v4563',
    'the account is disabled',
  ],
  [
    49,
    '80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 775, v4563',
    'the account is locked',
  ],
  [49, 'password was secret', 'user name or password is wrong'],
  [53, 'unauthenticated bind (DN with no password) disallowed', 'it gives no reason'],
])('a bind refused with %i and "%s" says: %s', async (code, text, reason) => {
  const server = await startFakeServer(bindsEndWith(code, text));
  await using directory = openDirectory(settingsOf(server, { bind: simple(account) }), parts());
  await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
    code: 'LDAP_BIND_REFUSED',
    detail: `The server refuses the account: ${reason} (result code ${code}).`,
  });
});

test('a user name that is no distinguished name is told where the server wants one', async () => {
  const { host, port } = await openldap();
  const bind = simple({ dn: 'connector', password: 'secret' });
  await using directory = openDirectory(settingsOf({ host, port }, { bind }), parts());
  await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
    code: 'LDAP_BIND_REFUSED',
    detail: 'The server takes the user name for no distinguished name (result code 34).',
  });
});

test('a server that asks for encryption is answered with the binding to choose', async () => {
  const server = await samba();
  await using directory = openDirectory(settingsOf(server, { bind: simple(server.admin) }), parts());
  await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
    code: 'LDAP_BIND_REFUSED',
    fix: 'Choose a Binding over SSL or TLS.',
  });
});

test('nobody is bound as nobody only when that is asked for', async () => {
  const slapd = await startSlapd();
  await using directory = openDirectory(settingsOf(slapd), parts());
  await using connection = await directory.connect('lookup', signal);
  expect(await whoAmI(connection, signal)).toBe('');
});
