import { connectorRegistry } from '@joinery/connector';
import { ldapConnector } from '@joinery/connector-ldap';
import { createConnectorFiles, type Host, hostSettings, type NewConnector, startHost } from '@joinery/host';
import { loadSettings, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import type { Directory } from '../../../../../testing/directories/directory.ts';
import { type Later, temporaryFolder } from '../../../../../testing/folder.ts';
import { ScimCaller } from '../../../../host/test/support/caller.ts';

const TOKEN = 'a-secret-token-of-tests';
const single = { multiValued: true, treatAsSingleValue: true };

/** Objects in one answer of the server: an import has several pages. */
const PAGE_SIZE = 25;

/**
 * A host with the connector `LDAP` for the people right below a container, by `entryUUID`, and a caller of it.
 * @param answerSeconds how long the connector waits for an answer of the server
 */
export async function hostPeople(
  server: Pick<Directory, 'host' | 'ldapsPort' | 'caFile' | 'account'>,
  container: string,
  answerSeconds: number,
  later: Later,
): Promise<{ readonly host: Host; readonly scim: ScimCaller }> {
  const connector: NewConnector = {
    name: 'LDAP',
    connector: 'ldap',
    autosyncMinutes: 0,
    pageSize: PAGE_SIZE,
    runProfiles: { full: {}, delta: {} },
    // The guard is another test's matter.
    importGuard: { maxDeletes: 1000, maxDeletePercent: 100, maxBlankPercent: 100 },
    parameters: {
      Host: server.host,
      Port: server.ldapsPort,
      Binding: 'SSL',
      'CA File': server.caFile,
      'User Name': server.account.dn,
      Containers: container,
      'Allow manual anchor selection': true,
      'Connection Timeout': answerSeconds,
      'Operation Timeout': answerSeconds,
    },
    types: [
      {
        objectType: 'inetOrgPerson',
        anchor: 'entryUUID',
        queryAttribute: 'uid',
        dn: '-dn-',
        attributes: [
          { name: '-dn-' },
          { name: 'entryUUID', operation: 'ImportOnly' },
          ...['uid', 'cn', 'sn', 'title'].map((name) => ({ name, ...single })),
        ],
      },
    ],
  };
  const home = await temporaryFolder(later);
  const secrets = { Password: server.account.password };
  await createConnectorFiles({ home, token: TOKEN, random: systemRandom, connector, secrets });
  const host = await startHost({
    home,
    settings: loadSettings(hostSettings, { env: {}, overrides: { port: 0, shutdownGrace: 5 } }),
    registry: connectorRegistry([ldapConnector]),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
  });
  later(() => host.close());
  await host.settled('LDAP');
  const scim = new ScimCaller(host.urlOf('LDAP'), host.certificate, TOKEN);
  later(() => scim.close());
  return { host, scim };
}
