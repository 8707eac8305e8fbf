import { hkdfSync } from 'node:crypto';
import { constants, type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Problem, problem } from '@joinery/problems';
import { syncFolder, writeFileDurably } from '../file/durable.ts';
import { systemErrorCode, writeFault } from '../file/system-error.ts';
import type { Random } from '../random.ts';

const keyBytes = 32;

/**
 * The key of a vault. One secret of 256 bits gives three values by HKDF-SHA-256 (RFC 5869): the encryption key, the key that seals the file
 * as a whole, and the id that the file names. The secret itself is not kept, and nothing of it can be printed.
 */
export class VaultKey {
  /** 16 hex digits; tells keys apart and gives nothing away. */
  readonly id: string;
  readonly #encryption: Uint8Array;
  readonly #seal: Uint8Array;

  /** @param secret 32 random bytes */
  constructor(secret: Uint8Array) {
    if (secret.byteLength !== keyBytes) throw notAKey('the key');
    const derive = (purpose: string, length: number): Uint8Array =>
      new Uint8Array(hkdfSync('sha256', secret, '', `joinery vault ${purpose}`, length));
    this.#encryption = derive('encryption', keyBytes);
    this.#seal = derive('seal', keyBytes);
    this.id = Buffer.from(derive('id', 8)).toString('hex');
  }
  /** For AES-256-GCM over one record. */
  encryptionKey(): Uint8Array {
    return this.#encryption;
  }
  /** For HMAC-SHA-256 over all records. */
  sealKey(): Uint8Array {
    return this.#seal;
  }
}

export interface VaultKeySources {
  /** The key file, e.g. `<home>/vault.key`: 32 bytes in base64 on one line, mode 0600. */
  readonly file: string;
  /** Usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Make the key file when there is no key anywhere: true only while there is no vault either. */
  readonly create: boolean;
  readonly random: Random;
}

/** Name of the systemd credential: `LoadCredentialEncrypted=joinery-vault-key`. */
const credentialName = 'joinery-vault-key';

/**
 * Finds the key: systemd's credentials folder, then `JOINERY_VAULT_KEY`, then the key file (made when `create` says so).
 * @throws RUNTIME_VAULT_KEY_MISSING, RUNTIME_VAULT_KEY_INVALID, RUNTIME_VAULT_KEY_EXPOSED (group or others may read the file)
 */
export async function loadVaultKey({ file, env, create, random }: VaultKeySources): Promise<VaultKey> {
  const credentials = env.CREDENTIALS_DIRECTORY;
  if (credentials !== undefined && credentials !== '') {
    // systemd owns these files and their rights.
    const credential = await readKeyFile(join(credentials, credentialName), false);
    if (credential !== undefined) return credential;
  }
  const text = env.JOINERY_VAULT_KEY;
  if (text !== undefined && text !== '') return parseKey(text, 'JOINERY_VAULT_KEY');
  const existing = await readKeyFile(file, true);
  if (existing !== undefined) return existing;
  if (!create) throw problem('RUNTIME_VAULT_KEY_MISSING', 'There is a vault, but no key for it.', { place: file });
  return createKeyFile(file, random);
}

/** Writes a new key into a file that must not exist yet. @throws RUNTIME_FILE_UNWRITABLE, RUNTIME_DISK_FULL */
async function createKeyFile(path: string, random: Random): Promise<VaultKey> {
  const secret = random.bytes(keyBytes);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFileDurably(path, `${Buffer.from(secret).toString('base64')}\n`, { mode: 0o600 });
  } catch (error) {
    throw writeFault(path, error);
  }
  return new VaultKey(secret);
}

/** Where the next key waits while a vault is being rekeyed. */
function nextKeyFile(keyFile: string): string {
  return `${keyFile}.next`;
}

/** First step of rekeying: the new key is safe on disk before anything is written with it. */
export function prepareNextKey(keyFile: string, random: Random): Promise<VaultKey> {
  return createKeyFile(nextKeyFile(keyFile), random);
}

/** Last step of rekeying: the new key takes the place of the old one. */
export async function promoteNextKey(keyFile: string): Promise<void> {
  try {
    await rename(nextKeyFile(keyFile), keyFile);
    await syncFolder(dirname(keyFile));
  } catch (error) {
    throw writeFault(keyFile, error);
  }
}

/** The prepared key that an interrupted rekeying left, or undefined. */
export function readNextKey(keyFile: string): Promise<VaultKey | undefined> {
  return readKeyFile(nextKeyFile(keyFile), true);
}

async function readKeyFile(path: string, checkRights: boolean): Promise<VaultKey | undefined> {
  const file = await openForReading(path);
  if (file === undefined) return undefined;
  try {
    // Windows answers made-up permission bits; its folders inherit the rights of the account.
    if (checkRights && process.platform !== 'win32' && ((await file.stat()).mode & 0o077) !== 0) {
      throw problem('RUNTIME_VAULT_KEY_EXPOSED', 'Other accounts of this machine can read the key.', { place: path });
    }
    return parseKey(await file.readFile('utf8'), path);
  } finally {
    await file.close();
  }
}

async function openForReading(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT') return undefined;
    throw problem('RUNTIME_VAULT_KEY_MISSING', `The key cannot be read (${code ?? 'unknown'}).`, {
      place: path,
      cause: error,
    });
  }
}

function parseKey(text: string, place: string): VaultKey {
  const trimmed = text.trim();
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) throw notAKey(place);
  return new VaultKey(Buffer.from(trimmed, 'base64'));
}

function notAKey(place: string): Problem {
  return problem('RUNTIME_VAULT_KEY_INVALID', 'A vault key is 32 bytes in base64.', { place });
}
