import { parseConfiguration, type TestReport } from '@joinery/connector';
import { seededRandom } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import type { Account, Directory } from '../../../../../testing/directories/directory.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { ldapConnector } from '../../src/index.ts';
import { deltaReadiness } from '../../src/inspect/delta-readiness.ts';
import { parts } from '../connection/settings.ts';
import { configured, found, reaching } from '../schema/offering.ts';

async function tested(
  server: Directory,
  as: Account = server.admin,
  parameters: Readonly<Record<string, string>> = {},
): Promise<TestReport> {
  const raw = { ...reaching(server), 'User Name': as.dn, ...parameters };
  const configuration = parseConfiguration(ldapConnector.parameters, raw, (name) =>
    name === 'Password' ? as.password : undefined,
  );
  await using connector = ldapConnector.create(configuration, { ...parts(), random: seededRandom(1) });
  return await connector.test(AbortSignal.timeout(20_000));
}

test('a connector’s test says in a sentence and in facts what the server is and what the account can', async () => {
  const server = await openldap();
  const { summary, facts, warnings } = await tested(server, server.unlimited);
  expect(summary).toBe(
    `OpenLDAP 2.4 or later at ${server.host}:${server.ldapsPort}: ${server.suffix}; changes by Access log.`,
  );
  expect(facts).toMatchObject({
    kind: 'OpenLDAP',
    encrypted: true,
    anchor: 'entryDN',
    recommendedAnchor: 'entryUUID',
    deltaStrategy: 'accessLog',
    deltaReady: true,
    certificateSha256: expect.stringMatching(/^([0-9A-F]{2}:){31}/),
  });
  expect(warnings).toEqual([]);
});

test('a partition that is not there fails the test with its name', async () => {
  const server = await openldap();
  const missing = `ou=nowhere,${server.suffix}`;
  await expect(tested(server, server.admin, { Partitions: missing })).rejects.toMatchObject({
    code: 'LDAP_BASE_MISSING',
    message: expect.stringContaining(missing),
  });
});

test('L40 a change log that the account may not read fails the test with what right is missing', async () => {
  const server = await ds389();
  await expect(tested(server, server.account)).rejects.toMatchObject({
    code: 'LDAP_CHANGES_UNREADABLE',
    fix: expect.stringContaining('ACI'),
  });
  const without = await tested(server, server.account, { 'Delta Strategy': 'None' });
  expect(without.facts).toMatchObject({ deltaStrategy: 'none' });
});

test('L15 a mandatory feature that is not there is a warning', async () => {
  const server = await ds389();
  const { warnings = [] } = await tested(server);
  expect(warnings.filter((each) => each.includes('1.3.6.1.4.1.4203.1.5.3'))).toHaveLength(1);
});

test('L46 on ApacheDS time stamps can be chosen, and it is said that they see no deletes', async () => {
  const server = await apacheds();
  expect((await tested(server)).warnings?.join()).toContain('keeps no change log');
  const stamped = await tested(server, server.admin, { 'Delta Strategy': 'TimeStamp' });
  expect(stamped.facts).toMatchObject({ deltaStrategy: 'timeStamp', deltaReady: true });
  expect(stamped.warnings?.join()).toContain('see no deletes');
});

test('an account that sees no deleted entries of Active Directory is told of the deletes it would miss', async () => {
  const server = await samba();
  expect((await tested(server)).facts).toMatchObject({ deltaStrategy: 'usnChanged', deltaReady: true });
  const { schema, profile } = await found(server);
  const { connection: settings } = configured(reaching(server), server.admin.password);
  await using directory = openDirectory(settings, parts());
  const signal = AbortSignal.timeout(10_000);
  const connection = await directory.shared('schema', signal);
  // Samba shows its deleted entries to everybody; where there are none to be seen it is as where they are hidden.
  const known = { schema, profile, contexts: [server.users] };
  expect(await deltaReadiness(connection, known, signal)).toMatchObject({
    ready: false,
    finding: expect.stringContaining('deletes would be missed'),
  });
});

test('a log is not ready on a server that has none: the root DSE is not taken for it', async () => {
  const server = await samba();
  await expect(tested(server, server.admin, { 'Delta Strategy': 'Access log' })).rejects.toMatchObject({
    code: 'LDAP_CHANGES_UNREADABLE',
    detail: 'The server announces no log, and Change Log DN names none.',
  });
});
