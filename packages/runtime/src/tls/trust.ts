import { getCACertificates } from 'node:tls';
import { problem } from '@joinery/problems';
import { readCertificate, readPem } from './certificate.ts';

/** What a TLS client is given; there is no member that turns verification off, here or anywhere (design decision 7). */
export interface TlsTrust {
  /** PEM certificates to trust, instead of Node's list. */
  readonly ca: readonly string[];
}

/**
 * The trust of one client: a pinned certificate (a self-signed one trusts itself alone) or the CA that a target's certificate comes from.
 * @param caFile PEM file with one or more certificates
 * @param alsoSystem trust Node's own list of public CAs as well; for clients that also call public addresses
 * @throws RUNTIME_CERTIFICATE_UNREADABLE
 */
export async function tlsTrust({
  caFile,
  alsoSystem = false,
}: {
  readonly caFile: string;
  readonly alsoSystem?: boolean;
}): Promise<TlsTrust> {
  const text = await readPem(caFile);
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0) {
    throw problem('RUNTIME_CERTIFICATE_UNREADABLE', 'The file holds no PEM certificate.', { place: caFile });
  }
  for (const certificate of certificates) readCertificate(certificate, caFile);
  return { ca: alsoSystem ? [...certificates, ...getCACertificates('default')] : certificates };
}
