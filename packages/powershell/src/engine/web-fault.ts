import { isProblem } from '@joinery/problems';
import type { WebFault } from '../sandbox/web-protocol.ts';
import { systemCode } from '../world/file-failure.ts';

/** A request that this side ended, for a reason that has a word of its own. */
export class WebStop extends Error {
  readonly kind: 'granted' | 'time' | 'cancelled' | 'encoding' | 'invalid';
  constructor(kind: WebStop['kind'], options?: ErrorOptions) {
    super(kind, options);
    this.kind = kind;
  }
}

/**
 * What the child is told of a failed request: kinds and codes, never a text of the target or of the request. Errors that are
 * none of a request are thrown on. Throws `TypeError` for a request that cannot be sent as it was asked for.
 */
export function webFault(error: unknown): WebFault {
  if (error instanceof WebStop) return { kind: error.kind, code: '' };
  const codes = [...codesOf(error)];
  const among = (known: ReadonlySet<string>): boolean => codes.some((code) => known.has(code));
  // The child's own side sends none of these.
  if (among(unsendable)) throw new TypeError('a request that is none', { cause: error });
  const code = codes.find((each) => /^E[A-Z]+$/.test(each)) ?? codes[0] ?? '';
  if (isProblem(error, 'RUNTIME_ADDRESS_REFUSED')) return { kind: 'address', code };
  if (isProblem(error, 'RUNTIME_TARGET_UNTRUSTED')) {
    return { kind: among(wrongNames) ? 'name-mismatch' : 'trust', code };
  }
  if (codes.some((each) => each.startsWith('ERR_SSL_'))) return { kind: 'tls', code };
  if (among(unknownNames)) return { kind: 'name', code };
  if (isProblem(error, 'RUNTIME_TARGET_UNREACHABLE')) return { kind: 'connect', code };
  if (!isProblem(error, 'RUNTIME_CONNECTION_LOST')) throw error;
  if (codes.includes('UND_ERR_HEADERS_OVERFLOW')) return { kind: 'headers', code };
  // What the parser of HTTP does not take has no code of the system.
  if (codes.every((each) => each.startsWith('HPE_') || each.startsWith('RUNTIME_')))
    return { kind: 'invalid', code: '' };
  return { kind: among(ended) ? 'ended' : 'connect', code };
}

const unsendable = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH']);
const unknownNames = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const wrongNames = new Set(['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH']);
const ended = new Set(['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'UND_ERR_CLOSED', 'UND_ERR_DESTROYED']);

/** The codes of an error and of all that it names as its causes. */
function* codesOf(error: unknown): Generator<string> {
  const waiting = [error];
  const seen = new Set<unknown>();
  for (const each of waiting) {
    if (seen.has(each)) continue;
    seen.add(each);
    const code = systemCode(each);
    if (code !== undefined) yield code;
    if (each instanceof AggregateError) waiting.push(...each.errors);
    if (each instanceof Error && each.cause !== undefined) waiting.push(each.cause);
  }
}
