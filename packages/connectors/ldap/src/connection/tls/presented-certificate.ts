import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { type CertificateInformation, readCertificate } from '@joinery/runtime';

/** A certificate as a server presented it, for a person to look at before it is trusted (LDAP sheet 5.8). */
export interface PresentedCertificate extends CertificateInformation {
  /** SHA-1, as Windows shows it, in the form of `fingerprint` (which is SHA-256). */
  readonly fingerprintSha1: string;
  /** The certificate itself; that of the last in the chain, put into a file, is what CA File wants. */
  readonly pem: string;
}

/** No server needs as many; a chain that goes in circles ends here. */
const longestChain = 10;

/** The server's certificate and those of its issuers as far as they are known, the server's first. */
export function presentedChain(socket: TLSSocket): readonly PresentedCertificate[] {
  const chain: PresentedCertificate[] = [];
  let next: X509Certificate | undefined = socket.getPeerX509Certificate();
  while (next !== undefined && chain.length < longestChain) {
    const certificate = describe(next);
    if (certificate.fingerprint === chain.at(-1)?.fingerprint) break;
    chain.push(certificate);
    next = next.issuerCertificate;
  }
  return chain;
}

/** The certificate that this side shows; undefined where it has none. */
export function ownCertificate(socket: TLSSocket): CertificateInformation | undefined {
  const certificate = socket.getX509Certificate();
  return certificate === undefined ? undefined : describe(certificate);
}

function describe(certificate: X509Certificate): PresentedCertificate {
  const pem = certificate.toString();
  return {
    ...readCertificate(pem, 'the certificate of the directory server'),
    fingerprintSha1: certificate.fingerprint,
    pem,
  };
}
