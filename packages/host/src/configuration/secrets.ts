import { hashToken, type Random, type Vault } from '@joinery/runtime';
import { checkConnectorName } from './connector-name.ts';

/** Under this name the vault keeps the hash of a connector's secret token; no connector parameter can have it. */
export const TOKEN_SECRET = '<secret token>';

/** A vault as the host uses it: secrets by connector and parameter. */
export interface SecretStore {
  get(connector: string, parameter: string): string | undefined;
  set(connector: string, parameter: string, value: string): Promise<void>;
}

/** The part of a vault that belongs to a host. */
export function secretStore(vault: Vault): SecretStore {
  return {
    get: (connector, name) => vault.get({ tenant: 'host', connector, name }),
    set: (connector, name, value) => vault.set({ tenant: 'host', connector, name }, value),
  };
}

/**
 * Stores a connector's secret token, hashed.
 * @throws HOST_CONNECTOR_NAME_INVALID, RUNTIME_TOKEN_WEAK, RUNTIME_FILE_UNWRITABLE, RUNTIME_DISK_FULL
 */
export async function setSecretToken(
  secrets: SecretStore,
  connector: string,
  token: string,
  random: Random,
): Promise<void> {
  await secrets.set(checkConnectorName(connector), TOKEN_SECRET, await hashToken(token, random));
}
