import { problem } from '@joinery/problems';
import type { Clock, Logger } from '@joinery/runtime';
import type { ConnectionSettings } from '../configuration/settings.ts';
import { passwordOf, RefusedBinds } from './bind/refused-binds.ts';
import { checkBindIsSafe } from './clear-text.ts';
import { isOneServersFault, noServer } from './connect-problem.ts';
import type { Concern, Connection, Directory, ServerAddress } from './connection.ts';
import { type OpeningParts, openConnection } from './open-connection.ts';
import { orAborted } from './or-aborted.ts';
import { ServerOrder } from './server-order.ts';
import { ExpiryWatch } from './tls/expiry-watch.ts';

/** What the host lends, and for tests the name under which the Kerberos package is looked for. */
export interface DirectoryParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** What relative paths of the settings start from. */
  readonly folder: string;
  /** Default: `kerberos`. */
  readonly kerberosModule?: string;
}

/** The configured servers. Nothing is contacted before the first connection is asked for. */
export function openDirectory(settings: ConnectionSettings, parts: DirectoryParts): Directory {
  return new ConfiguredDirectory(settings, parts);
}

class ConfiguredDirectory implements Directory {
  readonly #settings: ConnectionSettings;
  readonly #opening: OpeningParts;
  readonly #order: ServerOrder;
  readonly #shared = new Map<Concern, SharedConnection>();
  readonly #closing = new AbortController();

  constructor(settings: ConnectionSettings, parts: DirectoryParts) {
    const { clock, logger, folder, kerberosModule = 'kerberos' } = parts;
    this.#settings = settings;
    const expiry = new ExpiryWatch(clock, logger);
    this.#opening = { clock, logger, folder, kerberosModule, expiry, refused: new RefusedBinds(clock) };
    this.#order = new ServerOrder(settings.servers, clock);
  }

  async connect(concern: Concern, signal: AbortSignal): Promise<Connection> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    either.throwIfAborted();
    for (const server of this.#settings.servers) checkBindIsSafe(this.#settings, server);
    this.#opening.refused.check(passwordOf(this.#settings.bind));
    return await this.#firstServer(concern, either);
  }

  async shared(concern: Concern, signal: AbortSignal): Promise<Connection> {
    signal.throwIfAborted();
    let current = this.#shared.get(concern);
    if (current === undefined || current.unusable) {
      current = new SharedConnection(this.connect(concern, this.#closing.signal));
      this.#shared.set(concern, current);
    }
    return await current.wait(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(problem('LDAP_CONNECTION_LOST', 'The connector was closed.'));
    const shared = [...this.#shared.values()];
    this.#shared.clear();
    await Promise.all(shared.map((one) => one.close()));
  }

  async #firstServer(concern: Concern, signal: AbortSignal): Promise<Connection> {
    const failures = [];
    for (const server of this.#candidates()) {
      try {
        const connection = await openConnection(this.#settings, server, concern, this.#opening, signal);
        this.#order.reached(server);
        return connection;
      } catch (error) {
        signal.throwIfAborted();
        if (!isOneServersFault(error)) throw error;
        this.#order.failed(server);
        failures.push(error);
        this.#tellNext(server, error.code);
      }
    }
    throw noServer(failures);
  }

  /**
   * First the server to which there is a shared connection already: what was written there a moment ago, such as the account whose
   * password comes next, another server may not have heard of yet.
   */
  #candidates(): readonly ServerAddress[] {
    const order = this.#order.next();
    const inUse = this.#shared.values().find(({ server }) => server !== undefined)?.server;
    return inUse === undefined ? order : [inUse, ...order.filter((server) => server !== inUse)];
  }

  #tellNext(server: ServerAddress, code: string): void {
    if (this.#settings.servers.length === 1) return;
    this.#opening.logger.warn(
      { server: `${server.host}:${server.port}`, code },
      'a directory server cannot be used; the next one is tried',
    );
  }
}

/** One connection that many wait for and use (L11). The wait of one ends with its signal, the connecting does not. */
class SharedConnection {
  readonly #opening: Promise<Connection>;
  #connection: Connection | undefined;
  #failed = false;

  constructor(opening: Promise<Connection>) {
    this.#opening = opening;
    opening.then(
      (connection) => {
        this.#connection = connection;
      },
      () => {
        this.#failed = true;
      },
    );
  }

  get unusable(): boolean {
    return this.#failed || this.#connection?.lost === true;
  }

  /** Undefined while there is none, or none any more. */
  get server(): ServerAddress | undefined {
    return this.#connection === undefined || this.#connection.lost ? undefined : this.#connection.server;
  }

  wait(signal: AbortSignal): Promise<Connection> {
    return orAborted(this.#opening, signal);
  }

  async close(): Promise<void> {
    await this.#opening.then(
      (connection) => connection[Symbol.asyncDispose](),
      () => {},
    );
  }
}
