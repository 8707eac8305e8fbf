import { type Problem, problem, toProblem } from '@joinery/problems';
import { type Clock, type Logger, pause } from '@joinery/runtime';
import type { ReadOnlySwitch } from './export/read-only.ts';
import { type ConnectorStatus, HostedConnector } from './hosted-connector.ts';

/** Wait before a connector whose thread has ended is started again: long enough that one which ends at once does not spin. */
const RESTART_MS = 1_000;

/** Waits between attempts to start a connector that cannot be started; a minute is what who corrects its file may have to wait. */
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 60_000;

export interface ConnectorsOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly readOnly: ReadOnlySwitch;
  /** Milliseconds that a call to a target may go on when its connector is started again. */
  readonly graceMs: number;
  /** Brings one connector up. */
  start(name: string, logger: Logger): Promise<HostedConnector>;
}

/**
 * The connectors of a host by name. One that cannot be started is kept as its problem and leaves the others alone; one whose
 * writer thread ends is started again, and reads from its journal which writes were on their way.
 */
export class Connectors {
  readonly #options: ConnectorsOptions;
  readonly #running = new Map<string, HostedConnector | Problem>();
  readonly #stopping = new AbortController();
  readonly #restarts = new Set<Promise<void>>();

  constructor(options: ConnectorsOptions) {
    this.#options = options;
  }

  /**
   * Brings a connector up. One that cannot be started is tried again by itself: its file may be corrected, its target or its
   * disk may come back.
   * @param attempt how often it was tried before
   */
  async start(name: string, attempt = 0): Promise<void> {
    const logger = this.#options.logger.child({ connector: name });
    try {
      const connector = await this.#options.start(name, logger);
      this.#running.set(name, connector);
      connector.crash.then((fault) => this.#restart(name, connector, fault));
      if (attempt > 0) logger.info({ attempt }, 'the connector has started after all');
    } catch (error) {
      const fault = toProblem(error);
      const before = this.#running.get(name);
      const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt);
      const told = before !== undefined && !(before instanceof HostedConnector) && before.message === fault.message;
      logger[told ? 'debug' : 'error'](
        { error: fault, retrySeconds: waitMs / 1000 },
        'the connector could not be started and is tried again; the others are not concerned',
      );
      this.#running.set(name, fault);
      this.#later(name, async () => {
        await pause(this.#options.clock, waitMs, this.#stopping.signal);
        await this.start(name, attempt + 1);
      });
    }
  }

  get names(): readonly string[] {
    return [...this.#running.keys()];
  }

  get statuses(): readonly ConnectorStatus[] {
    return [...this.#running].map(([name, each]) =>
      each instanceof HostedConnector ? each.status() : failedStatus(name, each, this.#options.readOnly),
    );
  }

  /** The connector or why it does not serve; undefined for a name that is not configured. */
  find(name: string): HostedConnector | Problem | undefined {
    return this.#running.get(name);
  }

  /** @throws HOST_CONNECTOR_UNKNOWN, and the connector's own problem when it does not serve */
  serving(name: string): HostedConnector {
    const found = this.#running.get(name);
    if (found instanceof HostedConnector) return found;
    throw found ?? problem('HOST_CONNECTOR_UNKNOWN', `There is no connector "${name}".`);
  }

  /** Tells every connector that serves that a read-only switch was set. */
  async readOnlyChanged(): Promise<void> {
    const serving = [...this.#running.values()].filter((each) => each instanceof HostedConnector);
    await Promise.all(serving.map((each) => each.readOnlyChanged()));
  }

  async close(graceMs: number): Promise<void> {
    this.#stopping.abort(problem('HOST_STOPPING', 'The host is stopping.'));
    await Promise.all(this.#restarts);
    const connectors = [...this.#running.values()].filter((each) => each instanceof HostedConnector);
    await Promise.all(connectors.map((each) => each.close(graceMs, this.#options.logger)));
  }

  #restart(name: string, connector: HostedConnector, fault: Problem): void {
    if (this.#stopping.signal.aborted) return;
    const { logger, clock, graceMs } = this.#options;
    logger.error({ error: fault, connector: name }, 'a thread of the connector has ended; it is started again');
    this.#running.set(name, fault);
    this.#later(name, async () => {
      // What the target is doing now must end first: afterwards it can be asked what became of it.
      await connector.close(graceMs, logger);
      await pause(clock, RESTART_MS, this.#stopping.signal);
      await this.start(name);
    });
  }

  #later(name: string, work: () => Promise<void>): void {
    if (this.#stopping.signal.aborted) return;
    const { logger } = this.#options;
    const restart = work().catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) logger.error({ error, connector: name }, 'the connector stays stopped');
    });
    this.#restarts.add(restart);
    restart.then(() => this.#restarts.delete(restart));
  }
}

function failedStatus(name: string, fault: Problem, readOnly: ReadOnlySwitch): ConnectorStatus {
  return {
    name,
    state: 'failed',
    objects: 0,
    problem: fault,
    lastImport: undefined,
    running: undefined,
    warnings: [],
    waitingWrites: 0,
    inDoubt: [],
    passwordUnknown: [],
    readOnly: readOnly.reasonOf(name),
  };
}
