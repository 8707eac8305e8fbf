import type { Connection } from '../connection/connection.ts';

/** A place on a connection. */
export interface Slot extends Disposable {
  readonly connection: Connection;
  /** Nobody begins anything on this connection any more; it is closed when those that are on it have ended. */
  retire(): void;
}

interface Lane {
  readonly connection: Connection;
  busy: number;
  retired: boolean;
}

export interface LanesOptions {
  readonly connect: (signal: AbortSignal) => Promise<Connection>;
  /** Most connections. */
  readonly connections: number;
  /** Most operations at once on each. */
  readonly window: number;
}

/**
 * The connections of one export: the first is opened at once, a further one when all are full (LDAP sheet 5.2: two to four
 * with four to eight operations each are enough). One that was lost is replaced when it is needed.
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
   * @throws what connecting throws; the signal's reason
   */
  async take(signal: AbortSignal): Promise<Slot> {
    for (;;) {
      signal.throwIfAborted();
      const lane = this.#free() ?? (await this.#open(signal));
      if (lane !== undefined) return this.#slot(lane);
      await this.#change(signal);
    }
  }

  /** The open lane with most room, where there is any. */
  #free(): Lane | undefined {
    this.#dropLost();
    let best: Lane | undefined;
    for (const lane of this.#lanes) {
      if (!lane.retired && lane.busy < this.#options.window && (best === undefined || lane.busy < best.busy))
        best = lane;
    }
    if (best !== undefined) best.busy += 1;
    return best;
  }

  async #open(signal: AbortSignal): Promise<Lane | undefined> {
    const usable = this.#lanes.filter(({ retired }) => !retired).length;
    if (usable + this.#opening >= this.#most) return undefined;
    this.#opening += 1;
    try {
      const lane: Lane = { connection: await this.#options.connect(signal), busy: 1, retired: false };
      this.#lanes.push(lane);
      return lane;
    } catch (error) {
      // Servers and firewalls limit connections: where one works there is no need for a second.
      const working = this.#lanes.filter(({ connection, retired }) => !retired && !connection.lost).length;
      if (signal.aborted || working === 0) throw error;
      this.#most = working;
      return this.#free();
    } finally {
      this.#opening -= 1;
      this.#wake();
    }
  }

  #slot(lane: Lane): Slot {
    return {
      connection: lane.connection,
      retire: () => {
        lane.retired = true;
        this.#wake();
      },
      [Symbol.dispose]: () => {
        lane.busy -= 1;
        this.#dropLost();
        this.#wake();
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

  /** Lets everybody who waits look again; there are never more than a batch of them. */
  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #dropLost(): void {
    for (const [at, lane] of [...this.#lanes.entries()].reverse()) {
      if (!lane.connection.lost && !(lane.retired && lane.busy === 0)) continue;
      this.#lanes.splice(at, 1);
      // Nothing hangs on how a connection ends that nobody uses.
      if (lane.busy === 0) lane.connection[Symbol.asyncDispose]().catch(() => {});
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const lanes = this.#lanes.splice(0);
    this.#most = 0;
    await Promise.all(lanes.map(({ connection }) => connection[Symbol.asyncDispose]()));
  }
}
