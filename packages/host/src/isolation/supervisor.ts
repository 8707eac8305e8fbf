import { problem, toProblem } from '@joinery/problems';
import { withDeadline } from '@joinery/runtime';
import type { Answer, Argument, CallName, StartArgument, Started } from './protocol.ts';
import { Remote, type RemoteOptions } from './remote.ts';

/** A runner that loads its connector for longer than this is taken for hung. */
const START_MS = 60_000;
/** How long a connector may take to let go of what it holds when it is no longer needed. */
export const DISPOSE_MS = 10_000;
/** A runner that lived so long has not died of how it was started: the next one starts at once again. */
const SOUND_MS = 60_000;
/** Wait before the third runner of a row that keep dying; it doubles up to the longest. */
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;

export interface SupervisorOptions extends Omit<RemoteOptions, 'ended'> {
  /** Called whenever a runner has ended without being told to. */
  readonly died: () => void;
}

/**
 * Keeps a runner for one connector: the first call after one has ended starts the next, at once the first time and with growing
 * waits while they keep dying. Calls never wait for that; they are refused with the time that is left.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #argument: StartArgument;
  #running: { readonly remote: Remote; readonly started: Promise<Started>; readonly since: number } | undefined;
  #deaths = 0;
  #notBefore = 0;
  #disposing: Promise<void> | undefined;

  constructor(options: SupervisorOptions, argument: StartArgument) {
    this.#options = options;
    this.#argument = argument;
  }

  /** Starts the first runner. @throws what making the connector throws, HOST_CONNECTOR_ENDED, RUNTIME_DEADLINE */
  async start(): Promise<Started> {
    return await this.#ensure().started;
  }

  /** The runner for the next call. @throws HOST_CONNECTOR_ENDED while none may be started, and what starting it throws */
  async remote(): Promise<Remote> {
    const { remote, started } = this.#ensure();
    await started;
    return remote;
  }

  async call<K extends CallName>(name: K, argument: Argument<K>, signal: AbortSignal): Promise<Answer<K>> {
    signal.throwIfAborted();
    const remote = await this.remote();
    signal.throwIfAborted();
    return await remote.call(name, argument, signal);
  }

  /** Lets the connector end by itself for a while, then ends it. Never throws for what it does. */
  dispose(): Promise<void> {
    this.#disposing ??= this.#dispose();
    return this.#disposing;
  }

  async #dispose(): Promise<void> {
    const { clock, logger } = this.#options;
    const running = this.#running;
    if (running === undefined) return;
    const { remote, started } = running;
    try {
      await withDeadline(clock, DISPOSE_MS, 'Ending the connector', new AbortController().signal, async (signal) => {
        await started;
        await remote.call('dispose', null, signal);
      });
    } catch (error) {
      logger.warn({ error: toProblem(error) }, 'the connector did not end by itself');
    }
    remote.kill('was stopped');
    await remote.gone;
  }

  #ensure(): { readonly remote: Remote; readonly started: Promise<Started> } {
    if (this.#disposing !== undefined) throw problem('HOST_STOPPING', 'The connector is being stopped.');
    if (this.#running !== undefined) return this.#running;
    const { clock, name } = this.#options;
    const wait = this.#notBefore - clock.monotonic();
    if (this.#deaths > 0 && wait > 0) {
      throw problem('HOST_CONNECTOR_ENDED', `${name} has ended ${this.#deaths} times and is not started again yet.`, {
        retryAfterSeconds: Math.ceil(wait / 1000),
      });
    }
    const remote = new Remote({ ...this.#options, ended: (ended) => this.#ended(ended) });
    const started = this.#started(remote);
    this.#running = { remote, started, since: clock.monotonic() };
    return this.#running;
  }

  async #started(remote: Remote): Promise<Started> {
    const { clock, name } = this.#options;
    const never = new AbortController().signal;
    try {
      return await withDeadline(clock, START_MS, `The start of ${name}`, never, (signal) =>
        remote.call('start', this.#argument, signal),
      );
    } catch (error) {
      remote.kill('could not be started');
      await remote.gone;
      throw error;
    }
  }

  #ended(remote: Remote): void {
    const { clock, logger, died } = this.#options;
    const { fault } = remote;
    const since = this.#running?.since ?? 0;
    this.#running = undefined;
    if (this.#disposing !== undefined) return;
    const now = clock.monotonic();
    this.#deaths = now - since >= SOUND_MS ? 1 : this.#deaths + 1;
    this.#notBefore = now + backoff(this.#deaths);
    died();
    logger.error({ error: fault }, 'a connector that runs apart has ended; the next call starts it again');
  }
}

function backoff(deaths: number): number {
  return deaths < 2 ? 0 : Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (deaths - 2));
}
