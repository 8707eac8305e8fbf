import { byName, type ConnectorRegistry } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { lockFolder, type Random, suggestion } from '@joinery/runtime';
import { configuredName, readConnectorFile } from './configuration/connector-folder.ts';
import { homeAt } from './configuration/home.ts';
import { openSecrets } from './host.ts';

/**
 * Keeps the clear text of a connector's encrypted parameter in the vault; it counts from the next start on.
 * @param options `parameter` in any letter case; an empty `value` takes the secret back
 * @returns the parameter's name as the connector spells it
 * @throws HOST_CONNECTOR_NAME_INVALID, HOST_CONNECTOR_UNKNOWN, HOST_SECRET_UNKNOWN, RUNTIME_FOLDER_IN_USE while a host runs on
 *   the folder, what reading the connector's file throws, faults of the vault
 */
export async function storeSecret(options: {
  readonly home: string;
  readonly connector: string;
  readonly parameter: string;
  readonly value: string;
  readonly registry: ConnectorRegistry;
  readonly random: Random;
  readonly env?: Readonly<Record<string, string | undefined>>;
}): Promise<string> {
  const home = homeAt(options.home);
  const name = await configuredName(home, options.connector);
  const lock = lockFolder(home.folder);
  try {
    const { connector } = await readConnectorFile(home, name);
    const secret = options.registry.get(connector).parameters.filter(({ type }) => type === 'EncryptedString');
    const parameter = byName(secret, options.parameter)?.name;
    if (parameter === undefined) {
      const known = secret.map((each) => each.name);
      throw problem(
        'HOST_SECRET_UNKNOWN',
        `A connector of the kind "${connector}" keeps ${known.length === 0 ? 'no secrets' : known.map((each) => `"${each}"`).join(', ')}, and not "${options.parameter}".${suggestion(options.parameter, known)}`,
        { place: name },
      );
    }
    await (await openSecrets(home, options)).set(name, parameter, options.value);
    return parameter;
  } finally {
    lock.release();
  }
}
