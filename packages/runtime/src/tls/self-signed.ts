import { createPrivateKey, createPublicKey, webcrypto } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { problem } from '@joinery/problems';
import type { Clock } from '../clock.ts';
import { defineFailPoints } from '../fail-point.ts';
import { writeFileDurably } from '../file/durable.ts';
import { systemErrorCode, writeFault } from '../file/system-error.ts';
import type { Random } from '../random.ts';
import { loadServerCertificate, parseKey, readCertificate, readPem, type ServerCertificate } from './certificate.ts';
import { loadX509 } from './x509-library.ts';

/** Two years (design: certificates; browsers' limit of 398 days is for publicly trusted ones). */
const validDays = 730;
const day = 86_400_000;
const failPoint = defineFailPoints('runtime', ['certificate.keyWritten']);
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export interface SelfSignedOptions {
  /** DNS names and IP addresses clients use; the first is the subject. Default: {@link ownNames}. */
  readonly names?: readonly string[];
  readonly clock: Clock;
  /** Source of the serial number; the key pair always comes from the system's cryptographic source. */
  readonly random: Random;
  /** PEM of a key made here before; without it a new pair is made. */
  readonly privateKey?: string;
}

/** The names under which clients on this machine and in its network reach it. */
export function ownNames(): readonly string[] {
  return [...new Set([hostname().toLowerCase(), 'localhost', '127.0.0.1', '::1'])].filter(isUsableName);
}

/**
 * Makes a self-signed server certificate with an EC P-256 key: valid from a day ago (clocks differ) for two years,
 * an end-entity certificate for server authentication only (RFC 5280 4.2.1.3, .9, .12), the names as subject alternative names (RFC 9525).
 * Clients trust it by being given this very certificate: see {@link tlsTrust}.
 */
export async function createSelfSigned({
  names = ownNames(),
  clock,
  random,
  privateKey,
}: SelfSignedOptions): Promise<ServerCertificate> {
  const x509 = await loadX509();
  const keys =
    privateKey === undefined
      ? await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
      : await importKeys(privateKey);
  const now = clock.now();
  const serial = Buffer.from(random.bytes(16));
  // RFC 5280 4.1.2.2: positive and not zero; the top bit is the sign.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial.toString('hex'),
    name: [{ CN: [names[0] ?? 'localhost'] }],
    // A clock that is set back by a day, here or at a caller, must not make it a certificate of tomorrow.
    notBefore: new Date(now - day - 3_600_000),
    notAfter: new Date(now + validDays * day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: isIP(name) === 0 ? 'dns' : 'ip', value: name })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const pem = `${certificate.toString('pem')}\n`;
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return {
    certificate: pem,
    privateKey: privateKeyPem(pkcs8),
    information: readCertificate(pem, 'the new certificate'),
  };
}

/**
 * The certificate of a listener: loaded and checked when both files exist, otherwise made and stored (key 0600).
 * A file that is there is never replaced: a key alone, which a crash between the two leaves, gets its certificate now;
 * a certificate alone is an error.
 * @throws what {@link loadServerCertificate} throws, RUNTIME_FILE_UNWRITABLE, RUNTIME_DISK_FULL
 */
export async function ensureServerCertificate(
  options: SelfSignedOptions & { readonly certificateFile: string; readonly keyFile: string },
): Promise<ServerCertificate> {
  const { certificateFile, keyFile, clock } = options;
  if (await exists(certificateFile)) return loadServerCertificate({ certificateFile, keyFile, clock });
  const hasKey = await exists(keyFile);
  const made = await createSelfSigned(hasKey ? { ...options, privateKey: await readOwnKey(keyFile) } : options);
  await createFolder(dirname(keyFile));
  await createFolder(dirname(certificateFile));
  if (!hasKey) await writeFileDurably(keyFile, made.privateKey, { mode: 0o600 });
  failPoint('certificate.keyWritten');
  await writeFileDurably(certificateFile, made.certificate, { mode: 0o644 });
  return made;
}

/** @throws RUNTIME_CERTIFICATE_UNREADABLE when it is not a key that this file makes */
async function readOwnKey(path: string): Promise<string> {
  const pem = await readPem(path);
  if (parseKey(pem, path).asymmetricKeyDetails?.namedCurve === 'prime256v1') return pem;
  throw problem(
    'RUNTIME_CERTIFICATE_UNREADABLE',
    'The file holds a key of another kind than EC P-256, and there is no certificate beside it.',
    { place: path },
  );
}

async function importKeys(pem: string): Promise<webcrypto.CryptoKeyPair> {
  const pkcs8 = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return {
    privateKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
  };
}

function privateKeyPem(pkcs8: Buffer): string {
  const lines = pkcs8.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

/** A machine may be called something that no certificate can name (an underscore, a space). */
function isUsableName(name: string): boolean {
  return (
    isIP(name) !== 0 ||
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/.test(name)
  );
}

async function createFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw writeFault(path, error);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw writeFault(path, error);
  }
}
