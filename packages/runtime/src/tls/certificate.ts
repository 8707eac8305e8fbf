import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { problem } from '@joinery/problems';
import type { Clock } from '../clock.ts';
import { systemErrorCode } from '../file/system-error.ts';

/** A certificate with its private key, as TLS wants them. */
export interface ServerCertificate {
  /** PEM; the server's certificate first, then any intermediates. */
  readonly certificate: string;
  /** PEM, not encrypted. Never logged: the field name is one the redactor knows. */
  readonly privateKey: string;
  readonly information: CertificateInformation;
}

export interface CertificateInformation {
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and IP addresses it is issued for. */
  readonly names: readonly string[];
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  /** Milliseconds since 1970. */
  readonly notAfter: number;
  /** SHA-256 of the certificate, upper-case hex pairs with colons. */
  readonly fingerprint: string;
}

const day = 86_400_000;

/**
 * Loads and checks a PEM certificate and its key.
 * @throws RUNTIME_CERTIFICATE_UNREADABLE, RUNTIME_CERTIFICATE_MISMATCH, RUNTIME_CERTIFICATE_EXPIRED, RUNTIME_CERTIFICATE_EARLY
 */
export async function loadServerCertificate(files: {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly clock: Clock;
}): Promise<ServerCertificate> {
  const certificate = await readPem(files.certificateFile);
  const privateKey = await readPem(files.keyFile);
  const parsed = parseCertificate(certificate, files.certificateFile);
  if (!parsed.checkPrivateKey(parseKey(privateKey, files.keyFile))) {
    throw problem(
      'RUNTIME_CERTIFICATE_MISMATCH',
      `The key does not belong to the certificate ${files.certificateFile}.`,
      {
        place: files.keyFile,
      },
    );
  }
  const information = informationOf(parsed);
  checkValidity(information, files.clock, files.certificateFile);
  return { certificate, privateKey, information };
}

/** What a PEM certificate says of itself. @throws RUNTIME_CERTIFICATE_UNREADABLE */
export function readCertificate(pem: string, place: string): CertificateInformation {
  return informationOf(parseCertificate(pem, place));
}

/** Whole days until the certificate expires; negative afterwards. */
export function daysLeft(information: CertificateInformation, clock: Clock): number {
  return Math.floor((information.notAfter - clock.now()) / day);
}

/** @throws RUNTIME_CERTIFICATE_EXPIRED, RUNTIME_CERTIFICATE_EARLY, naming the day */
export function checkValidity(information: CertificateInformation, clock: Clock, place: string): void {
  const now = clock.now();
  if (now > information.notAfter) {
    throw problem('RUNTIME_CERTIFICATE_EXPIRED', `The certificate expired on ${isoDay(information.notAfter)}.`, {
      place,
    });
  }
  if (now < information.notBefore) {
    throw problem('RUNTIME_CERTIFICATE_EARLY', `The certificate is valid from ${isoDay(information.notBefore)} on.`, {
      place,
    });
  }
}

/**
 * Checks that the certificate is issued for the host name or IP address that clients use (RFC 9525).
 * @throws RUNTIME_CERTIFICATE_NAME with the names it does have
 */
export function checkCertificateName(pem: string, host: string, place: string): void {
  const parsed = parseCertificate(pem, place);
  const matches = isIP(host) === 0 ? parsed.checkHost(host, { subject: 'never' }) : parsed.checkIP(host);
  if (matches !== undefined) return;
  const names = informationOf(parsed).names.join(', ');
  throw problem(
    'RUNTIME_CERTIFICATE_NAME',
    `The certificate is issued for ${names === '' ? 'no name' : names}, not for ${host}.`,
    { place },
  );
}

function informationOf(certificate: X509Certificate): CertificateInformation {
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    names: [...(certificate.subjectAltName ?? '').matchAll(/(?:DNS|IP Address):([^,\s"]+)/g)].flatMap(([, name]) =>
      name === undefined ? [] : [name],
    ),
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
    fingerprint: certificate.fingerprint256,
  };
}

function parseCertificate(pem: string, place: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw problem('RUNTIME_CERTIFICATE_UNREADABLE', 'The file holds no PEM certificate.', { place, cause: error });
  }
}

/** @throws RUNTIME_CERTIFICATE_UNREADABLE */
export function parseKey(pem: string, place: string): ReturnType<typeof createPrivateKey> {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const encrypted = pem.includes('ENCRYPTED');
    throw problem(
      'RUNTIME_CERTIFICATE_UNREADABLE',
      encrypted ? 'The private key is protected by a passphrase.' : 'The file holds no PEM private key.',
      {
        place,
        cause: error,
        ...(encrypted
          ? {
              fix: 'Remove the passphrase (openssl pkey -in … -out …) and keep the file readable to this account only.',
            }
          : {}),
      },
    );
  }
}

/** The text of a PEM file. @throws RUNTIME_CERTIFICATE_UNREADABLE */
export async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = systemErrorCode(error);
    const what = code === 'ENOENT' ? 'The file does not exist.' : `The file cannot be read (${code ?? 'unknown'}).`;
    throw problem('RUNTIME_CERTIFICATE_UNREADABLE', what, { place: path, cause: error });
  }
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
