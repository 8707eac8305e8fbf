import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { type Problem, problem } from '@joinery/problems';
import type { Random } from '../random.ts';
import type { VaultKey } from './key.ts';

/** What a secret is called. All three are part of what is authenticated: a record moved to another name does not open. */
export interface SecretName {
  /** The tenant, or `host` for a connector host. */
  readonly tenant: string;
  /** The connector or application, or `-` for none. */
  readonly connector: string;
  /** The parameter, e.g. `Password`. */
  readonly name: string;
}

/** One encrypted secret as it stands in the file; binary members in base64. */
export interface VaultRecord extends SecretName {
  readonly nonce: string;
  readonly ciphertext: string;
  readonly tag: string;
}

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts one secret: AES-256-GCM, a random 96-bit nonce (NIST SP 800-38D 8.2.2), key id and full name as additional data. */
export function encryptRecord(key: VaultKey, secretName: SecretName, value: string, random: Random): VaultRecord {
  const nonce = random.bytes(nonceBytes);
  const encryption = createCipheriv(cipher, key.encryptionKey(), nonce, { authTagLength: tagBytes });
  encryption.setAAD(additionalData(key, secretName));
  const ciphertext = Buffer.concat([encryption.update(value, 'utf8'), encryption.final()]);
  return {
    tenant: secretName.tenant,
    connector: secretName.connector,
    name: secretName.name,
    nonce: Buffer.from(nonce).toString('base64'),
    ciphertext: ciphertext.toString('base64'),
    tag: encryption.getAuthTag().toString('base64'),
  };
}

/** @throws RUNTIME_VAULT_TAMPERED */
export function decryptRecord(key: VaultKey, record: VaultRecord, place: string): string {
  const nonce = Buffer.from(record.nonce, 'base64');
  const tag = Buffer.from(record.tag, 'base64');
  if (nonce.length !== nonceBytes || tag.length !== tagBytes) throw tampered(place);
  const decryption = createDecipheriv(cipher, key.encryptionKey(), nonce, { authTagLength: tagBytes });
  decryption.setAAD(additionalData(key, record));
  decryption.setAuthTag(tag);
  try {
    return Buffer.concat([decryption.update(record.ciphertext, 'base64'), decryption.final()]).toString('utf8');
  } catch (error) {
    throw tampered(place, error);
  }
}

/** HMAC over all records in file order: a record cannot be removed, doubled, or put back in an older form unnoticed. */
export function sealRecords(key: VaultKey, records: readonly VaultRecord[]): string {
  const mac = createHmac('sha256', key.sealKey());
  for (const { tenant, connector, name, nonce, ciphertext, tag } of records) {
    mac.update(`${JSON.stringify([tenant, connector, name, nonce, ciphertext, tag])}\n`);
  }
  return mac.digest('base64');
}

/** @throws RUNTIME_VAULT_TAMPERED */
export function checkSeal(key: VaultKey, records: readonly VaultRecord[], seal: string, place: string): void {
  const expected = Buffer.from(sealRecords(key, records), 'base64');
  const found = Buffer.from(seal, 'base64');
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) throw tampered(place);
}

/** @returns RUNTIME_VAULT_TAMPERED */
export function tampered(place: string, cause?: unknown): Problem {
  return problem('RUNTIME_VAULT_TAMPERED', 'The vault does not match its key: it was changed or is damaged.', {
    place,
    cause,
  });
}

/** JSON keeps the parts apart whatever characters they hold. */
function additionalData(key: VaultKey, { tenant, connector, name }: SecretName): Buffer {
  return Buffer.from(JSON.stringify(['joinery vault 1', key.id, tenant, connector, name]), 'utf8');
}
