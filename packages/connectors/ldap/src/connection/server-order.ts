import type { Clock } from '@joinery/runtime';
import type { ServerAddress } from './connection.ts';

/** How long a server that failed is asked after the others. */
const coolDownMs = 30_000;

/**
 * The servers in the order in which they are asked: as configured, those that failed a moment ago last. So half a minute after the first
 * server came back, connections go there again, and until then nobody waits for it.
 */
export class ServerOrder {
  readonly #servers: readonly ServerAddress[];
  readonly #clock: Clock;
  readonly #failedAt = new Map<ServerAddress, number>();

  constructor(servers: readonly ServerAddress[], clock: Clock) {
    this.#servers = servers;
    this.#clock = clock;
  }

  next(): readonly ServerAddress[] {
    const now = this.#clock.monotonic();
    const cooling = (server: ServerAddress): boolean => {
      const failedAt = this.#failedAt.get(server);
      return failedAt !== undefined && now - failedAt < coolDownMs;
    };
    return [...this.#servers.filter((server) => !cooling(server)), ...this.#servers.filter(cooling)];
  }

  failed(server: ServerAddress): void {
    this.#failedAt.set(server, this.#clock.monotonic());
  }

  reached(server: ServerAddress): void {
    this.#failedAt.delete(server);
  }
}
