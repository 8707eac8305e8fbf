import type { Clock, Logger } from '@joinery/runtime';
import { withDeadline } from '@joinery/runtime';
import type { ConnectionSettings } from '../configuration/settings.ts';
import { bind } from './bind/bind.ts';
import { passwordOf, type RefusedBinds } from './bind/refused-binds.ts';
import { BoundConnection } from './bound-connection.ts';
import { connectProblem } from './connect-problem.ts';
import type { Concern, Connection, ServerAddress } from './connection.ts';
import type { ExpiryWatch } from './tls/expiry-watch.ts';
import { secureContext } from './tls/trust.ts';
import { openTransport } from './transport.ts';
import { Wire } from './wire.ts';

/** What the opening of connections needs besides the settings. */
export interface OpeningParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly folder: string;
  readonly kerberosModule: string;
  readonly expiry: ExpiryWatch;
  readonly refused: RefusedBinds;
}

/**
 * Opens a connection to one server and binds it, all within the connection time-out (L12).
 * @throws what {@link openTransport} and {@link bind} throw
 */
export async function openConnection(
  settings: ConnectionSettings,
  server: ServerAddress,
  concern: Concern,
  parts: OpeningParts,
  signal: AbortSignal,
): Promise<Connection> {
  const { clock } = parts;
  const { connectionTimeoutMs } = settings;
  try {
    return await withDeadline(clock, connectionTimeoutMs, `Connecting to ${server.host}`, signal, (inTime) =>
      open(settings, server, concern, parts, inTime),
    );
  } catch (error) {
    throw connectProblem(error, server, settings);
  }
}

async function open(
  settings: ConnectionSettings,
  server: ServerAddress,
  concern: Concern,
  parts: OpeningParts,
  signal: AbortSignal,
): Promise<Connection> {
  const { clock, logger, folder, kerberosModule, expiry, refused } = parts;
  const { connectionTimeoutMs, operationTimeoutMs } = settings;
  const context = settings.transport === 'clear' ? undefined : await secureContext(settings.tls, folder);
  const wireOptions = { server, clock, logger };
  const transport = await openTransport(settings, wireOptions, context, signal);
  const { encrypted, loopback, presented, own } = transport;
  const place = `${server.host}:${server.port}`;
  if (presented !== undefined) expiry.see(presented, 'of the directory server', place);
  if (own !== undefined) expiry.see(own, 'of this client', place);
  const wire = new Wire(transport.socket, wireOptions);
  try {
    await refused.attempt(passwordOf(settings.bind), signal, () =>
      bind(wire, settings, { server, encrypted, loopback, kerberosModule }, signal),
    );
    // Whoever waited has gone: nobody would close it.
    signal.throwIfAborted();
    return new BoundConnection(wire, {
      server,
      encrypted,
      loopback,
      // Reading root DSE and schema belongs to connecting (L12).
      timeoutMs: concern === 'schema' ? connectionTimeoutMs : operationTimeoutMs,
    });
  } catch (error) {
    transport.socket.destroy();
    throw error;
  }
}
