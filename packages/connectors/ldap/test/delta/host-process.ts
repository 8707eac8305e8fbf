import { connectorRegistry } from '@joinery/connector';
import { ldapConnector } from '@joinery/connector-ldap';
import { type Host, hostSettings, startHost } from '@joinery/host';
import { loadSettings, silentLogger, systemClock, systemRandom } from '@joinery/runtime';

/** Starts a host on its home folder, with nothing imported. */
export async function startHostOn(home: string): Promise<Host> {
  return await startHost({
    home,
    settings: loadSettings(hostSettings, { env: {}, overrides: { port: 0, shutdownGrace: 5 } }),
    registry: connectorRegistry([ldapConnector]),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
  });
}
