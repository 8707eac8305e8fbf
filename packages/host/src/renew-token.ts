import { createToken, lockFolder, type Random } from '@joinery/runtime';
import { configuredName } from './configuration/connector-folder.ts';
import { homeAt } from './configuration/home.ts';
import { setSecretToken } from './configuration/secrets.ts';
import { openSecrets } from './host.ts';

/**
 * Gives a configured connector another secret token; the one before is refused from the next start on.
 * @returns the token, which is stored hashed and cannot be told again
 * @throws HOST_CONNECTOR_NAME_INVALID, HOST_CONNECTOR_UNKNOWN, RUNTIME_FOLDER_IN_USE while a host runs on the folder, faults of the vault
 */
export async function renewToken(options: {
  readonly home: string;
  readonly connector: string;
  readonly random: Random;
  readonly env?: Readonly<Record<string, string | undefined>>;
}): Promise<string> {
  const home = homeAt(options.home);
  const name = await configuredName(home, options.connector);
  const lock = lockFolder(home.folder);
  try {
    const token = createToken(options.random);
    await setSecretToken(await openSecrets(home, options), name, token, options.random);
    return token;
  } finally {
    lock.release();
  }
}
