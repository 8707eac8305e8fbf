import { lockFolder, type Random, type Redactor } from '@joinery/runtime';
import type { ConnectorFile, NewConnector } from './configuration/connector-file.ts';
import { writeConnectorFile } from './configuration/connector-folder.ts';
import { homeAt } from './configuration/home.ts';
import { setSecretToken } from './configuration/secrets.ts';
import { openSecrets } from './host.ts';

/**
 * Writes what a connector needs to serve: its file, its working folder, its secret token and the secrets of its parameters.
 * @param token at least 12 characters; stored hashed
 * @param secrets clear texts of encrypted parameters, by name
 * @throws RUNTIME_FOLDER_IN_USE while a host runs on the folder, HOST_CONFIGURATION_INVALID, RUNTIME_TOKEN_WEAK, faults of writing
 */
export async function createConnectorFiles(options: {
  readonly home: string;
  readonly connector: NewConnector;
  readonly token: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly random: Random;
  readonly redactor?: Redactor;
  readonly env?: Readonly<Record<string, string | undefined>>;
}): Promise<ConnectorFile> {
  const home = homeAt(options.home);
  const lock = lockFolder(home.folder);
  try {
    const store = await openSecrets(home, options);
    const file = await writeConnectorFile(home, options.connector);
    for (const [parameter, value] of Object.entries(options.secrets ?? {}))
      await store.set(file.name, parameter, value);
    await setSecretToken(store, file.name, options.token, options.random);
    return file;
  } finally {
    lock.release();
  }
}
