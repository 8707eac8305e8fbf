import { join } from 'node:path';
import { problem } from '@joinery/problems';
import { loadVaultKey, type Random, type VaultKey } from '@joinery/runtime';
import type { Queries } from '@joinery/store';
import { credentialTable } from '../tables.ts';

/**
 * The key that seals the secrets of this database, made where nothing is sealed yet. Processes that share a database share the key
 * (`JOINERY_VAULT_KEY`, or a copy of the file); one with another key is told so at its start, not at the first secret.
 * @throws SERVICE_SECRET_KEY_WRONG, RUNTIME_VAULT_KEY_MISSING, RUNTIME_VAULT_KEY_INVALID, RUNTIME_VAULT_KEY_EXPOSED
 */
export async function openVaultKey(options: {
  readonly queries: Queries;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly random: Random;
}): Promise<VaultKey> {
  const { queries, home, env, random } = options;
  const [sealed] = await queries.select({ keyId: credentialTable.keyId }).from(credentialTable).limit(1);
  const file = join(home, 'vault.key');
  const key = await loadVaultKey({ file, env, create: sealed === undefined, random });
  if (sealed === undefined || sealed.keyId === key.id) return key;
  throw problem('SERVICE_SECRET_KEY_WRONG', `The secrets are sealed with the key ${sealed.keyId}, this is ${key.id}.`, {
    place: file,
  });
}
