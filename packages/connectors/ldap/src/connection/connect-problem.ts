import { isProblem, type Problem, type ProblemCode, problem } from '@joinery/problems';
import { systemErrorCode } from '@joinery/runtime';
import type { ConnectionSettings } from '../configuration/settings.ts';
import type { ServerAddress } from './connection.ts';
import { clientCertificateRefused, refusesClientCertificate } from './tls/handshake-problem.ts';

/** Faults of one server, for which the next one is asked. Wrong credentials are none: they would be wrong, and counted, everywhere (L8). */
const oneServersFault: ReadonlySet<ProblemCode> = new Set([
  'LDAP_SERVER_UNREACHABLE',
  'LDAP_CONNECTION_LOST',
  'LDAP_PROTOCOL_INVALID',
  'LDAP_TLS_FAILED',
  'LDAP_CERTIFICATE_UNTRUSTED',
  'LDAP_CERTIFICATE_NAME_MISMATCH',
  'LDAP_CERTIFICATE_EXPIRED',
  'LDAP_KERBEROS_FAILED',
]);

/** True where another server may do better. */
export function isOneServersFault(error: unknown): error is Problem {
  return isProblem(error) && oneServersFault.has(error.code);
}

/** What went wrong while a connection was made, in the words of somebody who waits for one. */
export function connectProblem(
  error: unknown,
  server: ServerAddress,
  { connectionTimeoutMs: timeoutMs, transport }: ConnectionSettings,
): unknown {
  const place = `${server.host}:${server.port}`;
  if (isProblem(error, 'RUNTIME_DEADLINE')) {
    return problem('LDAP_SERVER_UNREACHABLE', `${server.host} did not answer within ${timeoutMs / 1000} seconds.`, {
      place,
      cause: error,
    });
  }
  if (!isProblem(error, 'LDAP_CONNECTION_LOST')) return error;
  // With TLS 1.3 a server refuses the client's certificate after the client thinks that the handshake is done; and often it closes
  // before its reason has arrived.
  const code = systemErrorCode(error.cause) ?? '';
  if (refusesClientCertificate(code)) return clientCertificateRefused(place, error);
  return problem('LDAP_SERVER_UNREACHABLE', `${server.host} does not let anybody in: ${error.detail}`, {
    place,
    cause: error,
    ...(transport === 'clear' ? {} : { fix: silentRefusal }),
  });
}

const silentRefusal =
  'Check that the server runs, and whether it demands a client certificate: one that it misses or does not trust may end like this.';

/** One problem for all servers: the only one's own; several that agree keep their code. */
export function noServer(failures: readonly Problem[]): Problem {
  const [first, ...others] = failures;
  if (first === undefined) return problem('LDAP_SERVER_UNREACHABLE', 'No server is configured.');
  if (others.length === 0) return first;
  const same = others.every((other) => other.code === first.code);
  return problem(same ? first.code : 'LDAP_SERVER_UNREACHABLE', failures.map((one) => one.message).join(' '), {
    cause: first,
  });
}
