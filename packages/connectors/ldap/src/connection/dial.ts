import { connect, type Socket } from 'node:net';
import { type Problem, problem } from '@joinery/problems';
import { systemErrorCode } from '@joinery/runtime';
import type { ServerAddress } from './connection.ts';

/** The first probe of an idle connection; firewalls that forget idle connections do so after five minutes and more. */
const keepAliveAfterMs = 60_000;

/**
 * Opens a TCP connection. Nothing is sent over it.
 * @throws LDAP_SERVER_UNREACHABLE; the signal's reason
 */
export async function dial(server: ServerAddress, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  const socket = connect({
    host: server.host,
    port: server.port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveAfterMs,
  });
  try {
    await settled(socket, 'connect', signal);
    return socket;
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    throw unreachable(server, error);
  }
}

/** Waits for the event of a socket that says that it is ready; destroys it when the signal comes first. */
export function settled(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      socket.off(event, ready).off('error', failed).off('close', closed);
      signal.removeEventListener('abort', aborted);
      // A socket without this listener would end the process with an error that comes late.
      socket.on('error', () => {});
    };
    const ready = (): void => {
      stop();
      resolve();
    };
    const failed = (error: Error): void => {
      stop();
      reject(error);
    };
    const closed = (): void => failed(new Error('The connection was closed.'));
    const aborted = (): void => {
      stop();
      socket.destroy();
      reject(signal.reason);
    };
    socket.once(event, ready).once('error', failed).once('close', closed);
    signal.addEventListener('abort', aborted, { once: true });
  });
}

/** The server did not take the connection: why, in words (L12 for time-outs). */
export function unreachable(server: ServerAddress, error: unknown): Problem {
  const code = systemErrorCode(error) ?? '';
  return problem('LDAP_SERVER_UNREACHABLE', `${server.host} cannot be reached: ${reasons.get(code) ?? code}.`, {
    place: `${server.host}:${server.port}`,
    cause: error,
  });
}

const reasons = new Map([
  ['ECONNREFUSED', `nothing answers on that port`],
  ['ENOTFOUND', 'the name is not known'],
  ['EAI_AGAIN', 'names cannot be looked up at the moment'],
  ['EHOSTUNREACH', 'there is no way to it'],
  ['ENETUNREACH', 'there is no way to its network'],
  ['ETIMEDOUT', 'it does not answer'],
  ['ECONNRESET', 'it closed the connection at once'],
  ['', 'it closed the connection at once'],
]);
