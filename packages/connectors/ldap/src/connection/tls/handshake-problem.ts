import { type Problem, problem } from '@joinery/problems';
import { type Clock, systemErrorCode } from '@joinery/runtime';
import type { PresentedCertificate } from './presented-certificate.ts';
import { ThumbprintMismatch } from './server-identity.ts';

/** What node:tls calls a chain that ends in no authority that is trusted (LDAP sheet 5.8), and its other faults. */
const untrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
]);

/** True where the handshake failed because of the server's certificate, so that showing it helps. */
export function isCertificateFault(error: unknown): boolean {
  const code = systemErrorCode(error) ?? '';
  return (
    error instanceof ThumbprintMismatch ||
    untrusted.has(code) ||
    code === 'ERR_TLS_CERT_ALTNAME_INVALID' ||
    code === 'CERT_HAS_EXPIRED' ||
    code === 'CERT_NOT_YET_VALID'
  );
}

/**
 * The problem that a failed handshake is (L3): an authority that is not trusted, another name, dates, or no TLS at all.
 * @param name the name or address that was expected
 * @param chain what the server presents, the server's own first; empty where that could not be found out
 */
export function handshakeProblem(
  error: unknown,
  details: {
    readonly name: string;
    readonly place: string;
    readonly chain: readonly PresentedCertificate[];
    readonly clock: Clock;
  },
): Problem {
  const { place, chain, name } = details;
  const options = { place, cause: error };
  const code = systemErrorCode(error) ?? '';
  const subject = chain[0]?.subject ?? 'of the server';
  if (error instanceof ThumbprintMismatch) {
    const thumbprint = chain[0] === undefined ? '' : ` Its SHA-256 thumbprint is ${chain[0].fingerprint}.`;
    return problem(
      'LDAP_CERTIFICATE_UNTRUSTED',
      `The certificate ${subject} is not the one whose thumbprint is configured.${thumbprint}`,
      {
        ...options,
        fix: 'If the server got a new certificate, put its thumbprint into the configuration; if not, somebody is in between.',
      },
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = chain[0]?.names ?? [];
    const issued = names.length === 0 ? '' : ` It is issued for ${names.join(', ')}.`;
    return problem(
      'LDAP_CERTIFICATE_NAME_MISMATCH',
      `The certificate ${subject} is not issued for ${name}.${issued}`,
      options,
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return problem('LDAP_CERTIFICATE_EXPIRED', datesOf(code, details), options);
  }
  if (untrusted.has(code)) {
    const issuer = chain[0] === undefined ? '' : `, issued by ${chain.at(-1)?.issuer},`;
    return problem(
      'LDAP_CERTIFICATE_UNTRUSTED',
      `The certificate ${subject}${issuer} is not trusted: ${reasonOf(code)}.`,
      options,
    );
  }
  if (refusesClientCertificate(code)) return clientCertificateRefused(place, error);
  return problem('LDAP_TLS_FAILED', `The TLS handshake failed: ${handshakeReason(code)}.`, options);
}

/** True for the alerts by which a server refuses the client's certificate or misses one. */
export function refusesClientCertificate(code: string): boolean {
  return /^ERR_SSL_.*ALERT_(?:.*CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/.test(code);
}

export function clientCertificateRefused(place: string, cause: unknown): Problem {
  return problem('LDAP_TLS_FAILED', 'The server does not accept the client certificate, or misses one.', {
    place,
    cause,
    fix: 'Give a client certificate whose authority the directory server trusts.',
  });
}

/** By the end of the code: its middle names the TLS version, and differs among versions of OpenSSL. */
const handshakeReasons: readonly (readonly [RegExp, string])[] = [
  [/WRONG_VERSION_NUMBER$|PACKET_LENGTH_TOO_LONG$/, 'what answers on that port does not speak TLS'],
  [/UNSUPPORTED_PROTOCOL$|PROTOCOL_VERSION$/, 'the server speaks no TLS of version 1.2 or later'],
  [
    /ALERT_HANDSHAKE_FAILURE$/,
    'the server has no certificate, no cipher that is known here, or it demands a client certificate',
  ],
  [/^ECONNRESET$/, 'the server closed the connection'],
];

function handshakeReason(code: string): string {
  return handshakeReasons.find(([pattern]) => pattern.test(code))?.[1] ?? (code === '' ? 'no reason given' : code);
}

/** An intermediate's dates may be the ones that are over. */
function datesOf(
  code: string,
  { chain, clock }: { readonly chain: readonly PresentedCertificate[]; readonly clock: Clock },
): string {
  const expired = code === 'CERT_HAS_EXPIRED';
  const now = clock.now();
  const culprit = chain.find((one) => (expired ? one.notAfter < now : one.notBefore > now)) ?? chain[0];
  if (culprit === undefined) return expired ? 'The certificate expired.' : 'The certificate is not valid yet.';
  return expired
    ? `The certificate ${culprit.subject} expired on ${day(culprit.notAfter)}.`
    : `The certificate ${culprit.subject} is valid from ${day(culprit.notBefore)} on.`;
}

function reasonOf(code: string): string {
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT') return 'it is signed by itself';
  if (code === 'CERT_REVOKED') return 'it was revoked';
  if (code === 'INVALID_PURPOSE') return 'it is not issued for servers';
  if (code === 'CERT_SIGNATURE_FAILURE') return 'its signature is wrong';
  return 'its authority is not one that is known here';
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
