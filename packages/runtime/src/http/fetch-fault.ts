import { isProblem, type Problem, problem, toProblem } from '@joinery/problems';
import { errors } from 'undici';
import { systemErrorCode } from '../file/system-error.ts';

/**
 * Translates what undici, TLS and the resolver throw, at the one edge where it enters. The distinction that matters to callers:
 * RUNTIME_TARGET_UNREACHABLE and RUNTIME_TARGET_UNTRUSTED mean that nothing was sent; after RUNTIME_CONNECTION_LOST the outcome is unknown.
 * @param place origin and path, never the query: that may hold people's data
 */
export function fetchFault(error: unknown, place: string): Problem {
  for (const fault of causes(error)) {
    if (isProblem(fault)) return fault;
    if (fault instanceof errors.HTTPParserError) {
      return problem('RUNTIME_CONNECTION_LOST', 'The target does not answer in HTTP.', { place, cause: error });
    }
    const code = systemErrorCode(fault);
    if (code === undefined) continue;
    if (unsent.has(code)) {
      return problem('RUNTIME_TARGET_UNREACHABLE', `No connection could be made (${code}).`, { place, cause: error });
    }
    if (untrusted.has(code)) {
      return problem('RUNTIME_TARGET_UNTRUSTED', `The certificate was refused (${code}).`, { place, cause: error });
    }
    if (lost.has(code) || code.startsWith('ERR_SSL_')) {
      return problem('RUNTIME_CONNECTION_LOST', `The connection broke (${code}).`, { place, cause: error });
    }
  }
  return toProblem(error);
}

const unsent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EAI_NONAME',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  // What OpenSSL says when the two sides find no common TLS, before any request.
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_WRONG_VERSION_NUMBER',
]);

/** Node's names for OpenSSL's verification results, and its own for a wrong name. */
const untrusted = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const lost = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNABORTED',
  'UND_ERR_SOCKET',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
  'UND_ERR_ABORTED',
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

/** The fault and everything it names as its cause, including the attempts on several addresses that Node gathers in an AggregateError. */
function* causes(error: unknown): Generator<unknown> {
  const seen = new Set<unknown>();
  const waiting = [error];
  for (const fault of waiting) {
    if (seen.has(fault)) continue;
    seen.add(fault);
    yield fault;
    if (fault instanceof AggregateError) waiting.push(...fault.errors);
    if (fault instanceof Error && fault.cause !== undefined) waiting.push(fault.cause);
  }
}
