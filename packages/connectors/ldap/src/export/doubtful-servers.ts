import { problem } from '@joinery/problems';
import type { Clock } from '@joinery/runtime';
import type { Connection } from '../connection/connection.ts';

/** How long servers may take to tell each other of a write. Those of one site take seconds. (No number is published.) */
const BEHIND_MS = 300_000;

/**
 * Servers that were lost with a write on its way. Whether it was done can only be seen there: another server may not have heard of it
 * yet, and would say of a new account that there is none. It would then be created there a second time.
 */
export class DoubtfulServers {
  readonly #until = new Map<string, number>();

  /** Notes that a write to this server has no known outcome. */
  note(connection: Pick<Connection, 'server'>, clock: Clock): void {
    this.#until.set(placeOf(connection), clock.monotonic() + BEHIND_MS);
  }

  /**
   * To be asked before what a server says of an entry is believed.
   * @throws LDAP_REPLICA_BEHIND while another server may know more
   */
  check(connection: Pick<Connection, 'server'>, clock: Clock): void {
    const now = clock.monotonic();
    const place = placeOf(connection);
    for (const [doubtful, until] of this.#until) {
      if (until <= now) this.#until.delete(doubtful);
      else if (doubtful !== place) {
        const detail = `${doubtful} was lost with a write on its way, of which ${place} may not have heard yet.`;
        throw problem('LDAP_REPLICA_BEHIND', detail, { place, retryAfterSeconds: Math.ceil((until - now) / 1000) });
      }
    }
  }
}

function placeOf({ server }: Pick<Connection, 'server'>): string {
  return `${server.host}:${server.port}`;
}
