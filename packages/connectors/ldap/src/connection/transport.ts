import type { Socket } from 'node:net';
import { connect, type SecureContext } from 'node:tls';
import { isProblem } from '@joinery/problems';
import type { CertificateInformation } from '@joinery/runtime';
import type { ConnectionSettings } from '../configuration/settings.ts';
import { dial, settled } from './dial.ts';
import { fetchCertificate } from './fetch-certificate.ts';
import { isLoopbackAddress } from './loopback.ts';
import { startTls } from './start-tls.ts';
import { handshakeProblem, isCertificateFault } from './tls/handshake-problem.ts';
import { ownCertificate, type PresentedCertificate, presentedChain } from './tls/presented-certificate.ts';
import { expectServer, verifiedName } from './tls/server-identity.ts';
import type { WireOptions } from './wire.ts';

/** A socket to a server, encrypted and verified where that is configured; nothing was sent over it yet but what encryption takes. */
export interface Transport {
  readonly socket: Socket;
  readonly encrypted: boolean;
  /** What was reached is this machine, whatever the host is called. */
  readonly loopback: boolean;
  /** The server's certificate. */
  readonly presented?: CertificateInformation | undefined;
  /** Ours. */
  readonly own?: CertificateInformation | undefined;
}

/**
 * Connects to one server: LDAP, LDAPS or StartTLS (LDAP sheet 1.2, 5.8). Never falls back from TLS to clear.
 * @param context trust and client certificate; unused in clear
 * @throws LDAP_SERVER_UNREACHABLE, LDAP_TLS_FAILED, LDAP_CERTIFICATE_*, LDAP_PROTOCOL_INVALID, the signal's reason
 */
export async function openTransport(
  settings: ConnectionSettings,
  options: WireOptions,
  context: SecureContext | undefined,
  signal: AbortSignal,
): Promise<Transport> {
  const { server } = options;
  const plain = await dial(server, signal);
  const loopback = isLoopbackAddress(plain.remoteAddress);
  if (settings.transport === 'clear') return { socket: plain, encrypted: false, loopback };
  if (settings.transport === 'startTls') await startTls(plain, options, settings.connectionTimeoutMs, signal);
  const socket = connect({
    socket: plain,
    minVersion: 'TLSv1.2',
    // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED=0 of a shell does not hand the password to whoever listens.
    rejectUnauthorized: true,
    ...(context === undefined ? {} : { secureContext: context }),
    ...expectServer(server, settings.tls),
  });
  try {
    await settled(socket, 'secureConnect', signal);
    return {
      socket,
      encrypted: true,
      loopback,
      presented: presentedChain(socket)[0],
      own: ownCertificate(socket),
    };
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    throw handshakeProblem(error, {
      name: verifiedName(server, settings.tls),
      place: `${server.host}:${server.port}`,
      chain: isCertificateFault(error) ? await chainOrNothing(settings, options, signal) : [],
      clock: options.clock,
    });
  }
}

/** The chain for an error's sentence. Where it cannot be had any more the error goes without it. */
async function chainOrNothing(
  settings: ConnectionSettings,
  options: WireOptions,
  signal: AbortSignal,
): Promise<readonly PresentedCertificate[]> {
  try {
    return await fetchCertificate(settings, options, signal);
  } catch (error) {
    if (isProblem(error)) return [];
    throw error;
  }
}
