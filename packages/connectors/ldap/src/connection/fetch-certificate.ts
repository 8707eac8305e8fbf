import { connect } from 'node:tls';
import { type Problem, problem } from '@joinery/problems';
import type { ConnectionSettings } from '../configuration/settings.ts';
import { dial, settled } from './dial.ts';
import { startTls } from './start-tls.ts';
import { handshakeProblem } from './tls/handshake-problem.ts';
import { type PresentedCertificate, presentedChain } from './tls/presented-certificate.ts';
import { expectServer } from './tls/server-identity.ts';
import type { WireOptions } from './wire.ts';

/**
 * The certificates that a server presents, for a person to look at before they are trusted (LDAP sheet 5.8). They are not verified,
 * so nothing is said over this connection but StartTLS, where that is configured, and no client certificate is shown.
 * @param options the server to ask, one of `settings.servers`
 * @param signal carries the deadline
 * @returns the server's own first, then its issuers as far as they are known
 * @throws LDAP_SERVER_UNREACHABLE, LDAP_TLS_FAILED, LDAP_PROTOCOL_INVALID, LDAP_CONNECTION_LOST, the signal's reason
 */
export async function fetchCertificate(
  settings: Pick<ConnectionSettings, 'transport' | 'tls' | 'connectionTimeoutMs'>,
  options: WireOptions,
  signal: AbortSignal,
): Promise<readonly PresentedCertificate[]> {
  if (settings.transport === 'clear') throw noCertificate();
  const { server, clock } = options;
  const plain = await dial(server, signal);
  if (settings.transport === 'startTls') await startTls(plain, options, settings.connectionTimeoutMs, signal);
  const { servername } = expectServer(server, settings.tls);
  const socket = connect({
    socket: plain,
    ...(servername === undefined ? {} : { servername }),
    rejectUnauthorized: false,
  });
  try {
    await settled(socket, 'secureConnect', signal);
    return presentedChain(socket);
  } catch (error) {
    signal.throwIfAborted();
    throw handshakeProblem(error, { name: server.host, place: `${server.host}:${server.port}`, chain: [], clock });
  } finally {
    socket.destroy();
  }
}

function noCertificate(): Problem {
  return problem('LDAP_TLS_FAILED', 'Without TLS the server shows no certificate.', {
    fix: 'Choose the Binding SSL or TLS.',
  });
}
