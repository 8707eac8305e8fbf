import { describe, expect, test } from 'vitest';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { isLoopbackHost } from '../../src/connection/loopback.ts';
import { parts, settingsOf, simple } from './settings.ts';

const account = { dn: 'cn=connector', password: 'secret' };
const signal = AbortSignal.timeout(20_000);

describe('L1 a password in clear', () => {
  // This machine, under an address that does not say so.
  const elsewhere = '0.0.0.0';

  test('is refused for a host that is not loopback before anything is sent', async () => {
    const server = await startFakeServer();
    const settings = settingsOf({ host: elsewhere, port: server.port }, { bind: simple(account) });
    await using directory = openDirectory(settings, parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_CLEAR_TEXT_REFUSED' });
    expect(server.connections()).toBe(0);
  });

  test('is refused before the first server is asked when only a later one is elsewhere', async () => {
    const server = await startFakeServer();
    const servers = [server, { host: elsewhere, port: server.port }];
    await using directory = openDirectory(settingsOf(server, { servers, bind: simple(account) }), parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_CLEAR_TEXT_REFUSED' });
    expect(server.connections()).toBe(0);
  });

  test('is sent where the administrator accepts it', async () => {
    const server = await startFakeServer();
    const settings = settingsOf(
      { host: elsewhere, port: server.port },
      { bind: simple(account), clearTextAccepted: true },
    );
    await using directory = openDirectory(settings, parts());
    await using connection = await directory.connect('lookup', signal);
    expect(connection.lost).toBe(false);
    expect(connection.encrypted).toBe(false);
  });

  test('needs no acceptance where nothing secret is sent', async () => {
    const server = await startFakeServer();
    await using directory = openDirectory(settingsOf({ host: elsewhere, port: server.port }), parts());
    await using connection = await directory.connect('lookup', signal);
    expect(connection.lost).toBe(false);
  });

  test.each(['127.0.0.1', '127.9.8.7', '::1', 'localhost', 'LOCALHOST.', 'ldap.localhost'])(
    '%s is loopback',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  test.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '::ffff:10.0.0.1',
    '127.0.0.1.example.com',
    'localhost.example.com',
    'dc1',
    '::2',
  ])('%s is not loopback', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

test.each(['', undefined])(
  'L7 a DN with the password %j is refused here, and no connection is made',
  async (password) => {
    const server = await startFakeServer();
    const bind = { kind: 'simple', user: 'cn=connector', password: () => password } as const;
    await using directory = openDirectory(settingsOf(server, { bind }), parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_CREDENTIALS_MISSING' });
    expect(server.connections()).toBe(0);
  },
);

test('a password without a DN is refused here', async () => {
  const server = await startFakeServer();
  await using directory = openDirectory(settingsOf(server, { bind: simple({ ...account, dn: '' }) }), parts());
  await expect(directory.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_CREDENTIALS_MISSING' });
  expect(server.connections()).toBe(0);
});

test('EXTERNAL without TLS, or without a certificate, is refused here', async () => {
  const server = await startFakeServer();
  const bind = { kind: 'external' } as const;
  await using clear = openDirectory(settingsOf(server, { bind }), parts());
  await expect(clear.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_CLIENT_CERTIFICATE_UNUSABLE' });
  await using bare = openDirectory(settingsOf(server, { bind, transport: 'ldaps' }), parts());
  await expect(bare.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_CLIENT_CERTIFICATE_UNUSABLE' });
  expect(server.connections()).toBe(0);
});
