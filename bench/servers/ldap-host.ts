/*
 * The connector host over one directory server, with nobody in it: <file with the connector’s parameters and password as JSON> <name of its home> [all]
 * With `all` every attribute of the measurements' people is selected, and it answers before the import of its start has ended.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectorRegistry } from '@joinery/connector';
import { ldapConnector } from '@joinery/connector-ldap';
import { createConnectorFiles, hostSettings, startHost } from '@joinery/host';
import { createLogger, loadSettings, Redactor, systemClock, systemRandom } from '@joinery/runtime';
import { answerBench, benchCertificate, benchToken } from './announce.ts';
import { connectorName } from './people.ts';

const [file = '', form = '', which] = process.argv.slice(2);
const { parameters, password } = JSON.parse(await readFile(file, 'utf8'));
const { cert } = await benchCertificate();
const home = join(process.cwd(), `ldap-host-${form}`);
const single = { multiValued: true, treatAsSingleValue: true };
if (!existsSync(home)) {
  await createConnectorFiles({
    home,
    token: benchToken,
    random: systemRandom,
    connector: {
      name: connectorName,
      connector: 'ldap',
      autosyncMinutes: 0,
      parameters,
      types: [
        {
          objectType: 'inetOrgPerson',
          anchor: 'entryUUID',
          queryAttribute: 'uid',
          dn: '-dn-',
          attributes: [
            { name: '-dn-' },
            { name: 'entryUUID', operation: 'ImportOnly' },
            { name: 'objectClass', multiValued: true },
            ...['uid', 'cn', 'sn', 'givenName', 'mail', 'title', 'telephoneNumber'].map((name) => ({
              name,
              ...single,
            })),
            { name: 'uidNumber', type: 'Integer' },
            { name: 'gidNumber', type: 'Integer' },
            { name: 'homeDirectory' },
            ...(which === 'all'
              ? ['gecos', 'loginShell', 'employeeNumber', 'displayName'].map((name) => ({ name }))
              : []),
            ...(which === 'all' ? ['employeeType', 'departmentNumber', 'l'].map((name) => ({ name, ...single })) : []),
          ],
        },
      ],
    },
    secrets: { Password: password },
  });
}
const redactor = new Redactor();
const settings = loadSettings(hostSettings, {
  env: {},
  overrides: {
    port: 0,
    certificateFile: join(process.cwd(), 'certs/host.pem'),
    certificateKeyFile: join(process.cwd(), 'certs/host.key'),
  },
});
const host = await startHost({
  home,
  settings,
  registry: connectorRegistry([ldapConnector]),
  clock: systemClock,
  random: systemRandom,
  logger: createLogger({ stream: process.stderr, level: settings.logLevel, clock: systemClock, redactor }),
  redactor,
});
if (which !== 'all') await host.settled(connectorName);
await answerBench(
  { url: host.url, token: benchToken, certificate: cert },
  {
    settled: async () => {
      await host.settled(connectorName);
      const [connector] = host.connectors;
      if (connector?.lastImport === undefined) throw new Error(`Nothing was imported: ${connector?.problem?.message}`);
      const { startedAt, endedAt, adds, failed } = connector.lastImport;
      return { milliseconds: endedAt - startedAt, adds, failed };
    },
  },
);
await host.close();
