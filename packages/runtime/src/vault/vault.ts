import { problem } from '@joinery/problems';
import { defineFailPoints } from '../fail-point.ts';
import type { Redactor } from '../log/redactor.ts';
import type { Random } from '../random.ts';
import { readVaultFile, type VaultContent, writeVaultFile } from './file.ts';
import { loadVaultKey, prepareNextKey, promoteNextKey, readNextKey, type VaultKey } from './key.ts';
import { checkSeal, decryptRecord, encryptRecord, type SecretName, sealRecords, type VaultRecord } from './record.ts';

const failPoint = defineFailPoints('runtime', ['vault.nextKeyWritten', 'vault.rekeyed']);

export interface VaultOptions {
  /** `<home>/vault.json`; it appears with the first secret. */
  readonly file: string;
  /** `<home>/vault.key`; not used when the environment or systemd brings the key. */
  readonly keyFile: string;
  /** Usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly random: Random;
  /** Learns every secret that leaves or enters the vault, so that no log line can carry it. */
  readonly redactor: Redactor;
}

/**
 * Opens a vault, making its key when there is neither vault nor key. Every record is decrypted once to prove it.
 * The folder must be held by this process ({@link lockFolder}): two processes writing one vault would lose each other's secrets.
 * What the seal cannot show is a whole older copy of the file put back.
 *
 * @throws RUNTIME_VAULT_KEY_MISSING, RUNTIME_VAULT_KEY_INVALID, RUNTIME_VAULT_KEY_EXPOSED, RUNTIME_VAULT_KEY_WRONG,
 * RUNTIME_VAULT_UNREADABLE, RUNTIME_VAULT_NEWER, RUNTIME_VAULT_TAMPERED
 */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const { file, keyFile, env, random, redactor } = options;
  const content = await readVaultFile(file);
  const current = await loadVaultKey({ file: keyFile, env, create: content === undefined, random });
  const key =
    content === undefined || content.keyId === current.id ? current : await finishRekey(content, keyFile, file);
  const vault = new Vault(file, key, content?.records ?? [], random, redactor);
  if (content !== undefined) vault.prove(content.seal);
  return vault;
}

/** A kill between writing the vault with its next key and putting that key in place is finished here. */
async function finishRekey(content: VaultContent, keyFile: string, file: string): Promise<VaultKey> {
  const next = await readNextKey(keyFile);
  if (next?.id !== content.keyId) {
    throw problem('RUNTIME_VAULT_KEY_WRONG', `The vault needs the key with the id ${content.keyId}.`, { place: file });
  }
  await promoteNextKey(keyFile);
  return next;
}

/** Secrets at rest (design decision 7). Writes follow each other; each is durable when its promise resolves. */
export class Vault {
  readonly #file: string;
  readonly #random: Random;
  readonly #redactor: Redactor;
  #key: VaultKey;
  #records: ReadonlyMap<string, VaultRecord>;
  #lastWrite: Promise<unknown> = Promise.resolve();

  /** Use {@link openVault}. */
  constructor(file: string, key: VaultKey, records: readonly VaultRecord[], random: Random, redactor: Redactor) {
    this.#file = file;
    this.#key = key;
    this.#records = new Map(records.map((record) => [keyOf(record), record]));
    this.#random = random;
    this.#redactor = redactor;
  }

  get keyId(): string {
    return this.#key.id;
  }

  /** The names of all secrets, in the order they were first set. */
  names(): readonly SecretName[] {
    return [...this.#records.values()].map(({ tenant, connector, name }) => ({ tenant, connector, name }));
  }

  /** The secret in clear, or undefined. Hand it straight to whoever needs it; do not keep it. @throws RUNTIME_VAULT_TAMPERED */
  get(secretName: SecretName): string | undefined {
    const record = this.#records.get(keyOf(secretName));
    if (record === undefined) return undefined;
    const value = decryptRecord(this.#key, record, this.#file);
    this.#redactor.register(value);
    return value;
  }

  /** @throws RUNTIME_DISK_FULL, RUNTIME_FILE_UNWRITABLE; the vault then has its old content, in memory too */
  set(secretName: SecretName, value: string): Promise<void> {
    this.#redactor.register(value);
    return this.#change((records) => {
      records.set(keyOf(secretName), encryptRecord(this.#key, secretName, value, this.#random));
    });
  }

  /** Forgets a secret; a name that is not there is fine. */
  delete(secretName: SecretName): Promise<void> {
    return this.#change((records) => {
      records.delete(keyOf(secretName));
    });
  }

  /** Encrypts everything anew with a key that the environment or systemd will bring from now on. */
  rekey(key: VaultKey): Promise<void> {
    return this.#inTurn(() => this.#rekeyNow(key));
  }

  /**
   * Encrypts everything anew with a new key and puts that key into the key file. Can be killed at any point: either key then opens the vault,
   * and {@link openVault} finishes the exchange.
   * @returns the id of the new key
   */
  rekeyFile(keyFile: string): Promise<string> {
    return this.#inTurn(async () => {
      const key = await prepareNextKey(keyFile, this.#random);
      failPoint('vault.nextKeyWritten');
      await this.#rekeyNow(key);
      failPoint('vault.rekeyed');
      await promoteNextKey(keyFile);
      return key.id;
    });
  }

  /** Checks the seal and decrypts every record. @throws RUNTIME_VAULT_TAMPERED */
  prove(seal: string): void {
    const records = [...this.#records.values()];
    checkSeal(this.#key, records, seal, this.#file);
    for (const record of records) decryptRecord(this.#key, record, this.#file);
  }

  async #rekeyNow(key: VaultKey): Promise<void> {
    const records = new Map<string, VaultRecord>();
    for (const [name, record] of this.#records) {
      records.set(name, encryptRecord(key, record, decryptRecord(this.#key, record, this.#file), this.#random));
    }
    await this.#write(key, records);
  }

  #change(edit: (records: Map<string, VaultRecord>) => void): Promise<void> {
    return this.#inTurn(async () => {
      const records = new Map(this.#records);
      edit(records);
      await this.#write(this.#key, records);
    });
  }

  /** Memory follows the file, never the other way round. */
  async #write(key: VaultKey, records: ReadonlyMap<string, VaultRecord>): Promise<void> {
    const list = [...records.values()];
    await writeVaultFile(this.#file, { keyId: key.id, seal: sealRecords(key, list), records: list });
    this.#key = key;
    this.#records = records;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const outcome = this.#lastWrite.then(work);
    // The next in line starts whatever became of this one; its own caller receives the fault.
    this.#lastWrite = outcome.catch(() => undefined);
    return outcome;
  }
}

function keyOf({ tenant, connector, name }: SecretName): string {
  return JSON.stringify([tenant, connector, name]);
}
