import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { samba } from '../../../../../testing/directories/directories.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { run } from '../../../../../testing/directories/run-program.ts';
import type { Samba } from '../../../../../testing/directories/samba.ts';
import { temporaryFolder } from '../../../../../testing/folder.ts';
import { shared } from '../../../../../testing/shared.ts';
import type { ConnectionSettings } from '../../src/configuration/settings.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { countBelow } from './operations.ts';
import { parts, settingsOf } from './settings.ts';

const signal = AbortSignal.timeout(60_000);

function gssapi(user: string, realm = '', password?: string): ConnectionSettings['bind'] {
  return { kind: 'gssapi', user, realm, password: () => password };
}

function settingsFor(server: Samba, transport: 'ldaps' | 'startTls', bind: ConnectionSettings['bind']) {
  const port = transport === 'ldaps' ? server.ldapsPort : server.port;
  return settingsOf({ host: server.host, port }, { transport, bind, tls: { authorityFile: server.caFile } });
}

describe('Kerberos', () => {
  // The library reads the environment of this process, which serves this file alone.
  const domain = shared(async (later) => {
    const server = await samba();
    const folder = await temporaryFolder(later);
    process.env.KRB5_CONFIG = server.kerberosConfig;
    return { server, folder };
  });

  test.each(['ldaps', 'startTls'] as const)('over %s: binds with the ticket that kinit fetched', async (transport) => {
    const { server, folder } = domain();
    process.env.KRB5CCNAME = `FILE:${join(folder, `tickets-${transport}`)}`;
    await run('kinit', [`${server.accountName}@${server.realm}`], { input: `${server.account.password}\n` });
    const settings = settingsFor(server, transport, gssapi(server.accountName, server.realm));
    await using directory = openDirectory(settings, parts());
    await using connection = await directory.connect('lookup', signal);
    expect(await countBelow(connection, server.users, signal)).toBeGreaterThan(1);
  });

  test('binds with a keytab, without anybody having signed in', async () => {
    const { server, folder } = domain();
    const keytab = join(folder, 'client.keytab');
    const principal = `${server.accountName}@${server.realm}`;
    await run('ktutil', [], {
      input: `addent -password -p ${principal} -k 1 -e aes256-cts-hmac-sha1-96\n${server.account.password}\nwkt ${keytab}\nquit\n`,
    });
    process.env.KRB5CCNAME = `FILE:${join(folder, 'tickets-keytab')}`;
    process.env.KRB5_CLIENT_KTNAME = keytab;
    const settings = settingsFor(server, 'ldaps', gssapi(principal));
    // The name that certificate and service principal bear; the host is an address.
    const tls = { ...settings.tls, serverName: server.hostName };
    await using directory = openDirectory({ ...settings, tls }, parts());
    await using connection = await directory.connect('lookup', signal);
    delete process.env.KRB5_CLIENT_KTNAME;
    expect(await countBelow(connection, server.users, signal)).toBeGreaterThan(1);
  });

  test('does not believe a server that says yes before it has proved itself', async () => {
    const { server, folder } = domain();
    process.env.KRB5CCNAME = `FILE:${join(folder, 'tickets-impostor')}`;
    await run('kinit', [`${server.accountName}@${server.realm}`], { input: `${server.account.password}\n` });
    const impostor = await startFakeServer();
    const settings = settingsOf(impostor, {
      bind: gssapi(server.accountName, server.realm),
      tls: { serverName: server.hostName },
    });
    await using directory = openDirectory(settings, parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_KERBEROS_FAILED' });
    expect(impostor.requests).toMatchObject([{ kind: 'sasl', mechanism: 'GSSAPI' }]);
  });

  test('in clear, where the server wants every message sealed: what to choose instead', async () => {
    const { server, folder } = domain();
    process.env.KRB5CCNAME = `FILE:${join(folder, 'tickets-clear')}`;
    const bind = gssapi(server.accountName, server.realm, server.account.password);
    await using directory = openDirectory(settingsOf(server, { bind }), parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
      code: 'LDAP_BIND_REFUSED',
      fix: expect.stringContaining('over SSL or TLS'),
    });
  });

  test('without a ticket: what Kerberos says, and where to look', async () => {
    const { server, folder } = domain();
    process.env.KRB5CCNAME = `FILE:${join(folder, 'no-tickets')}`;
    await using directory = openDirectory(settingsFor(server, 'ldaps', gssapi('nobody', server.realm)), parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
      code: 'LDAP_KERBEROS_FAILED',
      detail: expect.stringContaining('Kerberos says: '),
      fix: expect.stringContaining('klist'),
    });
  });

  test('binds with a password, each connector as its own account although they share the cache of tickets', async () => {
    const { server, folder } = domain();
    process.env.KRB5CCNAME = `FILE:${join(folder, 'tickets-password')}`;
    const account = gssapi(server.accountName, server.realm, server.account.password);
    const admin = gssapi(server.adminName, server.realm, server.admin.password);
    await using one = openDirectory(settingsFor(server, 'ldaps', account), parts());
    await using other = openDirectory(settingsFor(server, 'startTls', admin), parts());
    const connections = [one, other, one, other].map((directory) => directory.connect('lookup', signal));
    for (const connection of await Promise.all(connections)) {
      expect(await countBelow(connection, server.users, signal)).toBeGreaterThan(1);
      await connection[Symbol.asyncDispose]();
    }
  });

  test('L8 a wrong password is refused, and not tried again at once', async () => {
    const { server, folder } = domain();
    process.env.KRB5CCNAME = `FILE:${join(folder, 'tickets-wrong')}`;
    const settings = settingsFor(server, 'ldaps', gssapi(server.accountName, server.realm, 'wrong'));
    await using directory = openDirectory(settings, parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_BIND_REFUSED' });
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
      code: 'LDAP_BIND_REFUSED',
      detail: expect.stringContaining('not tried again for 60 seconds'),
    });
  });

  test('a password without the program that makes a ticket of it: what to install', async () => {
    const { server, folder } = domain();
    const { PATH } = process.env;
    process.env.PATH = folder;
    try {
      const settings = settingsFor(server, 'ldaps', gssapi(server.accountName, server.realm, 'secret'));
      await using directory = openDirectory(settings, parts());
      await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
        code: 'LDAP_KERBEROS_UNAVAILABLE',
        fix: expect.stringContaining('krb5-user'),
      });
    } finally {
      process.env.PATH = PATH;
    }
  });
});

test('Kerberos without its package: what to install', async () => {
  const server = await startFakeServer();
  const settings = settingsOf(server, { bind: gssapi('connector', 'CONTOSO.LAB') });
  await using directory = openDirectory(settings, parts({ kerberosModule: 'kerberos-that-is-not-there' }));
  await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
    code: 'LDAP_KERBEROS_UNAVAILABLE',
    fix: expect.stringContaining('npm install kerberos'),
  });
});
