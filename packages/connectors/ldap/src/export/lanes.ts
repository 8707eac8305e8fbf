import { type Problem, problem } from '@joinery/problems';
import type { Connection, Directory } from '../connection/connection.ts';

/** A place on a connection. */
export interface Slot extends Disposable {
  readonly connection: Connection;
}

interface Lane {
  readonly connection: Connection;
  /** False for the one that is everybody's. */
  readonly own: boolean;
  busy: number;
}

export interface LanesOptions {
  readonly directory: Pick<Directory, 'connect' | 'shared'>;
  /** Most connections. */
  readonly connections: number;
  /** Most operations at once on each. */
  readonly window: number;
}

/**
 * The connections of one export. The first is the connector's own for exports, which outlives the run: hosts open a run for every
 * batch, and TLS and bind cost more than a write. A further one is opened when all are full (LDAP sheet 5.2). One that was lost
 * is replaced when it is needed.
 */
export class Lanes implements AsyncDisposable {
  readonly #options: LanesOptions;
  readonly #lanes: Lane[] = [];
  readonly #waiting: (() => void)[] = [];
  #opening = 0;
  #most: number;

  constructor(options: LanesOptions) {
    this.#options = options;
    this.#most = Math.max(1, options.connections);
  }

  /**
   * A place, when one is free. Places are given in the order in which they were asked for.
   * @throws what connecting throws; the signal's reason; CONNECTOR_RUN_CLOSED after the end
   */
  async take(signal: AbortSignal): Promise<Slot> {
    for (;;) {
      if (signal.aborted) {
        // The place that woke this one is another's.
        this.#waiting.shift()?.();
        throw signal.reason;
      }
      if (this.#most === 0) throw closed();
      const free = this.#free();
      if (free !== undefined) return this.#slot(free);
      if (this.#lanes.length + this.#opening < this.#most) {
        const opened = await this.#open(signal);
        if (opened !== undefined) return this.#slot(opened);
      } else {
        // Nothing passes between the look for a place and this wait: a place that is given back meanwhile would wake nobody.
        await this.#change(signal);
      }
    }
  }

  /** The open lane with most room, where there is any. */
  #free(): Lane | undefined {
    this.#dropLost();
    let best: Lane | undefined;
    for (const lane of this.#lanes) {
      if (lane.busy < this.#options.window && (best === undefined || lane.busy < best.busy)) best = lane;
    }
    if (best !== undefined) best.busy += 1;
    return best;
  }

  async #open(signal: AbortSignal): Promise<Lane | undefined> {
    this.#opening += 1;
    try {
      const own = this.#lanes.some((lane) => !lane.own) || this.#opening > 1;
      const { directory } = this.#options;
      const connection = await (own ? directory.connect('export', signal) : directory.shared('export', signal));
      if (this.#most === 0) {
        if (own) await connection[Symbol.asyncDispose]();
        throw closed();
      }
      const lane: Lane = { connection, own, busy: 1 };
      this.#lanes.push(lane);
      return lane;
    } catch (error) {
      // Servers and firewalls limit connections: where one works there is no need for a second.
      const working = this.#lanes.filter(({ connection }) => !connection.lost).length;
      if (signal.aborted || working === 0) throw error;
      this.#most = working;
      return this.#free();
    } finally {
      this.#opening -= 1;
      // A new connection has room for several, and where there is none, each is to hear it.
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  #slot(lane: Lane): Slot {
    let held = true;
    return {
      connection: lane.connection,
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        lane.busy -= 1;
        this.#waiting.shift()?.();
      },
    };
  }

  /** Resolves when there may be a place, or the signal came. */
  async #change(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.push(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #dropLost(): void {
    for (const lane of [...this.#lanes]) {
      if (lane.connection.lost) this.#lanes.splice(this.#lanes.indexOf(lane), 1);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const lanes = this.#lanes.splice(0);
    this.#most = 0;
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all(lanes.map(({ connection, own }) => (own ? connection[Symbol.asyncDispose]() : undefined)));
  }
}

function closed(): Problem {
  return problem('CONNECTOR_RUN_CLOSED', 'This export is closed already.');
}
