import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSelfSigned,
  type LogFields,
  ManualClock,
  silentLogger,
  systemClock,
  systemRandom,
} from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { type Authority, type KeyPair, makeAuthority } from '../../../../../testing/directories/certificates.ts';
import { ds389, openldap } from '../../../../../testing/directories/directories.ts';
import { type FakeServer, startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import { temporaryFolder } from '../../../../../testing/folder.ts';
import { shared } from '../../../../../testing/shared.ts';
import type { ConnectionSettings } from '../../src/configuration/settings.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { fetchCertificate } from '../../src/connection/fetch-certificate.ts';
import { whoAmI } from './operations.ts';
import { parts, settingsOf, simple } from './settings.ts';

const signal = AbortSignal.timeout(60_000);
const day = 86_400_000;

/** An LDAPS server with this certificate, that accepts every bind. */
function serverWith(certificate: KeyPair): Promise<FakeServer> {
  return startFakeServer({ certificate, ldaps: true });
}

/** Connects once over LDAPS and closes. */
async function connectTo(
  server: { readonly host: string; readonly port: number },
  tls: Partial<ConnectionSettings['tls']>,
  changes: Parameters<typeof parts>[0] = {},
): Promise<void> {
  await using directory = openDirectory(settingsOf(server, { transport: 'ldaps', tls }), parts(changes));
  await using _connection = await directory.connect('lookup', signal);
}

describe('a certificate that is not good', () => {
  const authority = shared<Authority>(async (later) => makeAuthority(await temporaryFolder(later)));

  test('L3 from an unknown authority: subject, issuer and the file to give', async () => {
    const server = await serverWith(await authority().server('known-to-nobody', ['localhost', '127.0.0.1']));
    await expect(connectTo(server, {})).rejects.toMatchObject({
      code: 'LDAP_CERTIFICATE_UNTRUSTED',
      detail: expect.stringMatching(/CN=localhost.*CN=Joinery test CA/),
      fix: expect.stringContaining('CA File'),
      place: `127.0.0.1:${server.port}`,
    });
  });

  test('L3 for another name: subject, the name that was expected and those it has', async () => {
    const server = await serverWith(await authority().server('other', ['ldap.example.com', 'second.example.com']));
    await expect(connectTo(server, { authorityFile: authority().caFile })).rejects.toMatchObject({
      code: 'LDAP_CERTIFICATE_NAME_MISMATCH',
      detail:
        'The certificate CN=ldap.example.com is not issued for 127.0.0.1. It is issued for ldap.example.com, second.example.com.',
      fix: expect.stringContaining('Host'),
    });
  });

  test('L3 that expired: subject and day', async () => {
    const server = await serverWith(await authority().server('old', ['localhost', '127.0.0.1'], -1));
    const yesterday = new Date(systemClock.now() - day).toISOString().slice(0, 10);
    await expect(connectTo(server, { authorityFile: authority().caFile })).rejects.toMatchObject({
      code: 'LDAP_CERTIFICATE_EXPIRED',
      detail: `The certificate CN=localhost expired on ${yesterday}.`,
      fix: expect.stringContaining('Renew'),
    });
  });

  test('that is not valid yet: subject and day, and to look at the clocks', async () => {
    const folder = await temporaryFolder();
    const certFile = join(folder, 'early.pem');
    const keyFile = join(folder, 'early.key');
    const made = await createSelfSigned({
      names: ['127.0.0.1'],
      clock: new ManualClock(systemClock.now() + 10 * day),
      random: systemRandom,
    });
    writeFileSync(certFile, made.certificate);
    writeFileSync(keyFile, made.privateKey);
    const server = await serverWith({ certFile, keyFile });
    await expect(connectTo(server, { authorityFile: certFile })).rejects.toMatchObject({
      code: 'LDAP_CERTIFICATE_EXPIRED',
      detail: expect.stringMatching(/^The certificate CN=127\.0\.0\.1 is valid from \d{4}-\d\d-\d\d on\.$/),
      fix: expect.stringContaining('clock'),
    });
  });

  test('with another thumbprint than the pinned one: the thumbprint it has', async () => {
    const server = await serverWith(await authority().server('good', ['localhost', '127.0.0.1']));
    const pinnedThumbprint = '00'.repeat(32);
    await expect(connectTo(server, { authorityFile: authority().caFile, pinnedThumbprint })).rejects.toMatchObject({
      code: 'LDAP_CERTIFICATE_UNTRUSTED',
      detail: expect.stringMatching(/thumbprint is (?:[0-9A-F]{2}:){31}/),
    });
  });

  test('with the right thumbprint but from an unknown authority is refused all the same', async () => {
    const server = await serverWith(await authority().server('good', ['localhost', '127.0.0.1']));
    const settings = settingsOf(server, { transport: 'ldaps' });
    const options = { server, clock: systemClock, logger: silentLogger };
    const [own] = await fetchCertificate(settings, options, signal);
    const pinnedThumbprint = own?.fingerprint;
    expect(pinnedThumbprint).toBeDefined();
    await expect(connectTo(server, { pinnedThumbprint })).rejects.toMatchObject({ code: 'LDAP_CERTIFICATE_UNTRUSTED' });
  });
});

describe('a certificate that is good', () => {
  const authority = shared<Authority>(async (later) => makeAuthority(await temporaryFolder(later)));

  test('is taken with its SHA-256 or SHA-1 thumbprint pinned, however that is written', async () => {
    const server = await serverWith(await authority().server('pinned', ['127.0.0.1']));
    const options = { server, clock: systemClock, logger: silentLogger };
    const [own] = await fetchCertificate(settingsOf(server, { transport: 'ldaps' }), options, signal);
    const authorityFile = authority().caFile;
    await connectTo(server, { authorityFile, pinnedThumbprint: own?.fingerprint });
    await connectTo(server, {
      authorityFile,
      pinnedThumbprint: own?.fingerprintSha1.replaceAll(':', '').toLowerCase(),
    });
    await connectTo(server, { authorityFile, pinnedThumbprint: `\u200e${own?.fingerprintSha1.replaceAll(':', ' ')}` });
  });

  test('is verified for the configured server name instead of the host', async () => {
    const server = await serverWith(await authority().server('named', ['ldap.example.com']));
    await connectTo(server, { authorityFile: authority().caFile, serverName: 'ldap.example.com' });
  });

  test('without names for hosts is verified by its common name', async () => {
    const server = await serverWith(await authority().server('common', []));
    await connectTo(server, { authorityFile: authority().caFile, serverName: 'common' });
    await expect(connectTo(server, { authorityFile: authority().caFile })).rejects.toMatchObject({
      code: 'LDAP_CERTIFICATE_NAME_MISMATCH',
    });
  });

  test('is warned of once a day from thirty days before its end', async () => {
    const server = await serverWith(await authority().server('ending', ['127.0.0.1'], 20));
    const warnings: LogFields[] = [];
    const logger = { ...silentLogger, warn: (fields: LogFields) => void warnings.push(fields) };
    const clock = new ManualClock(Date.now());
    const settings = settingsOf(server, { transport: 'ldaps', tls: { authorityFile: authority().caFile } });
    await using directory = openDirectory(settings, parts({ logger, clock }));
    const connect = async (): Promise<void> => {
      const connection = await directory.connect('lookup', signal);
      expect(connection.lost).toBe(false);
      server.cut();
    };
    await connect();
    await connect();
    expect(warnings).toEqual([expect.objectContaining({ subject: 'CN=ending', days: 19 })]);
    clock.advance(day);
    await connect();
    expect(warnings).toHaveLength(2);
  });

  test('a clear port where TLS was expected is said to be one', async () => {
    await expect(connectTo(await openldap(), {})).rejects.toMatchObject({
      code: 'LDAP_TLS_FAILED',
      fix: expect.stringContaining('636'),
    });
  });

  test('a file that holds no authority is named', async () => {
    const file = join(await temporaryFolder(), 'ca.pem');
    writeFileSync(file, 'nothing');
    const server = await serverWith(await authority().server('some', ['127.0.0.1']));
    await expect(connectTo(server, { authorityFile: file })).rejects.toMatchObject({
      code: 'RUNTIME_CERTIFICATE_UNREADABLE',
      place: file,
    });
  });
});

describe('L4 an own authority', () => {
  test.each([
    ['OpenLDAP', 'ldaps'],
    ['OpenLDAP', 'startTls'],
    ['389', 'ldaps'],
    ['389', 'startTls'],
  ] as const)('%s over %s', async (kind, transport) => {
    const server = kind === '389' ? await ds389() : await openldap();
    const port = transport === 'ldaps' ? server.ldapsPort : server.port;
    const bind = simple(server.admin);
    const untrusting = settingsOf({ host: server.host, port }, { transport, bind });
    await using unknown = openDirectory(untrusting, parts());
    await expect(unknown.connect('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_CERTIFICATE_UNTRUSTED' });
    const trusting = { ...untrusting, tls: { ...untrusting.tls, authorityFile: server.caFile } };
    await using known = openDirectory(trusting, parts());
    await using connection = await known.connect('lookup', signal);
    expect(connection.encrypted).toBe(true);
    expect(await whoAmI(connection, signal)).toBe(`dn:${server.admin.dn}`.toLowerCase());
  });
});

test('L5 StartTLS with an IP address as host verifies the address, not localhost', async () => {
  const slapd = await startSlapd();
  const settings = settingsOf(slapd, { transport: 'startTls', tls: { authorityFile: slapd.caFile } });
  await using directory = openDirectory(settings, parts());
  await using connection = await directory.connect('lookup', signal);
  expect(connection.encrypted).toBe(true);
  await slapd.useCertificate(await slapd.authority.server('local-only', ['localhost']));
  await slapd.restart();
  await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
    code: 'LDAP_CERTIFICATE_NAME_MISMATCH',
    detail: `The certificate CN=localhost is not issued for ${slapd.host}. It is issued for localhost.`,
  });
});

describe('fetching the certificate to show it', () => {
  test.each(['ldaps', 'startTls'] as const)(
    'over %s trusts nothing and says nothing but what TLS takes',
    async (transport) => {
      const server = await openldap();
      const address = { host: server.host, port: transport === 'ldaps' ? server.ldapsPort : server.port };
      const options = { server: address, clock: systemClock, logger: silentLogger };
      const [own, issuer] = await fetchCertificate(settingsOf(address, { transport }), options, signal);
      expect(own).toMatchObject({
        subject: 'CN=localhost',
        issuer: 'CN=Joinery test CA',
        names: expect.arrayContaining(['localhost', server.host]),
        fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
        fingerprintSha1: expect.stringMatching(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/),
      });
      expect(own?.notAfter).toBeGreaterThan(systemClock.now());
      expect(issuer?.subject ?? 'CN=Joinery test CA').toBe('CN=Joinery test CA');
    },
  );

  test('sends nothing after the handshake', async () => {
    const authority = await makeAuthority(await temporaryFolder());
    const server = await serverWith(await authority.server('silent', ['127.0.0.1']));
    const options = { server, clock: systemClock, logger: silentLogger };
    await fetchCertificate(settingsOf(server, { transport: 'ldaps' }), options, signal);
    expect(server.requests).toHaveLength(0);
  });
});
