import { connectorRegistry } from '@joinery/connector';
import { ldapConnector } from '@joinery/connector-ldap';
import { createConnectorFiles, type Host, hostSettings, type NewConnector, startHost } from '@joinery/host';
import { type Logger, loadSettings, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { onTestFinished } from 'vitest';
import type { Directory } from '../../../../../testing/directories/directory.ts';
import { temporaryFolder } from '../../../../../testing/folder.ts';
import { ScimCaller } from '../../../../host/test/support/caller.ts';

const token = 'a-secret-token-of-tests';

/** Parameters of a connector to a directory server of the tests, over LDAPS as its administrator. */
export function parametersFor(
  server: Directory,
  container: string,
): Readonly<Record<string, string | number | boolean>> {
  return {
    Host: server.host,
    Port: server.ldapsPort,
    Binding: 'SSL',
    'CA File': server.caFile,
    'User Name': server.admin.dn,
    Containers: container,
    'Allow manual anchor selection': true,
  };
}

/** A home folder with one connector `LDAP`. @returns its path */
export async function homeWith(
  server: Directory,
  connector: Omit<NewConnector, 'name' | 'connector'>,
): Promise<string> {
  const home = await temporaryFolder();
  await createConnectorFiles({
    home,
    token,
    random: systemRandom,
    connector: { name: 'LDAP', connector: 'ldap', autosyncMinutes: 0, ...connector },
    secrets: { Password: server.admin.password },
  });
  return home;
}

/** Starts a host on a home folder. @param profile what is imported before it is given to the test */
export async function startOn(
  home: string,
  logger: Logger = silentLogger,
  profile: 'full' | 'none' = 'full',
): Promise<{ host: Host; scim: ScimCaller }> {
  const host = await startHost({
    home,
    settings: loadSettings(hostSettings, { env: {}, overrides: { port: 0, shutdownGrace: 5 } }),
    registry: connectorRegistry([ldapConnector]),
    clock: systemClock,
    random: systemRandom,
    logger,
  });
  onTestFinished(() => host.close());
  if (profile === 'full') await host.run('LDAP', 'full');
  else await host.settled('LDAP');
  const scim = new ScimCaller(host.urlOf('LDAP'), host.certificate, token);
  onTestFinished(() => scim.close());
  return { host, scim };
}
