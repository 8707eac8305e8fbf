import { readFile } from 'node:fs/promises';
import { type Problem, problem } from '@joinery/problems';
import { writeFileDurably } from '../file/durable.ts';
import { systemErrorCode } from '../file/system-error.ts';
import type { VaultRecord } from './record.ts';

/** The content of `vault.json`. Names are in clear, so that a person can see what is kept; values never are. */
export interface VaultContent {
  readonly keyId: string;
  readonly seal: string;
  readonly records: readonly VaultRecord[];
}

const version = 1;

/**
 * Reads and checks the form of a vault file; undefined when there is none.
 * @throws RUNTIME_VAULT_UNREADABLE, RUNTIME_VAULT_NEWER
 */
export async function readVaultFile(path: string): Promise<VaultContent | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT') return undefined;
    throw problem('RUNTIME_VAULT_UNREADABLE', `The vault cannot be read (${code ?? 'unknown'}).`, {
      place: path,
      cause: error,
    });
  }
  return parseVault(text, path);
}

/** @throws RUNTIME_FILE_UNWRITABLE, RUNTIME_DISK_FULL; the file then has its old content */
export async function writeVaultFile(path: string, { keyId, seal, records }: VaultContent): Promise<void> {
  await writeFileDurably(path, `${JSON.stringify({ version, keyId, seal, records }, null, 2)}\n`, { mode: 0o600 });
}

/** @throws RUNTIME_VAULT_UNREADABLE, RUNTIME_VAULT_NEWER */
export function parseVault(text: string, place: string): VaultContent {
  const root = parseJson(text, place);
  const found = member(root, 'version');
  if (typeof found === 'number' && found > version) {
    throw problem('RUNTIME_VAULT_NEWER', `The vault has version ${found}; this program reads up to ${version}.`, {
      place,
    });
  }
  const keyId = member(root, 'keyId');
  const seal = member(root, 'seal');
  const records = member(root, 'records');
  if (found !== version || typeof keyId !== 'string' || typeof seal !== 'string' || !Array.isArray(records))
    throw unreadable(place);
  return { keyId, seal, records: records.map((record) => parseRecord(record, place)) };
}

function parseRecord(record: unknown, place: string): VaultRecord {
  const text = (name: string): string => {
    const value = member(record, name);
    if (typeof value !== 'string') throw unreadable(place);
    return value;
  };
  return {
    tenant: text('tenant'),
    connector: text('connector'),
    name: text('name'),
    nonce: text('nonce'),
    ciphertext: text('ciphertext'),
    tag: text('tag'),
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(place, error);
  }
}

function unreadable(place: string, cause?: unknown): Problem {
  return problem('RUNTIME_VAULT_UNREADABLE', 'The file is not a vault.', { place, cause });
}
