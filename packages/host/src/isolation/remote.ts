import { type Problem, problem } from '@joinery/problems';
import type { Clock, Logger } from '@joinery/runtime';
import { fromFailure, toFailure } from './failure.ts';
import { PRINTED } from './output-lines.ts';
import { type Answer, type Argument, type CallName, isRunnerMessage, type RunnerMessage } from './protocol.ts';
import type { Launch, Transport } from './transport.ts';

export interface RemoteOptions {
  /** What it is, for errors and logs, e.g. `The process of the connector HR`. */
  readonly name: string;
  readonly launch: Launch;
  readonly heapMegabytes: number;
  /** Milliseconds that an aborted call may take to end before its runner is taken for hung. */
  readonly cancelGraceMs: number;
  readonly clock: Clock;
  /** Receives the lines of the connector; redacts. */
  readonly logger: Logger;
  readonly ended: (remote: Remote) => void;
}

interface Pending {
  readonly signal: AbortSignal;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  /** Takes the listener and the timer of the call back. */
  release(): void;
}

/** One runner from its start to its end: its calls on their way, and what it logs. */
export class Remote {
  readonly #options: RemoteOptions;
  readonly #transport: Transport;
  readonly #pending = new Map<number, Pending>();
  readonly #gone = Promise.withResolvers<void>();
  #next = 1;
  /** Why it takes no calls any more. */
  #fault: Problem | undefined;

  constructor(options: RemoteOptions) {
    this.#options = options;
    const { name, heapMegabytes, logger } = options;
    this.#transport = options.launch({
      name,
      heapMegabytes,
      events: {
        message: (message) => {
          if (isRunnerMessage(message)) this.#take(message);
        },
        output: (line) => logger.debug({ line }, PRINTED),
        ended: (how, cause) => this.#end(how, cause),
      },
    });
  }

  /** Resolves when the thread or process is really gone. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  /** Why it takes no calls any more; undefined while it does. */
  get fault(): Problem | undefined {
    return this.#fault;
  }

  /**
   * One call of the contract. It settles when the connector has let go of it: after an abort that is when the connector says so,
   * or when its runner, taken for hung, is gone.
   * @throws what the connector throws; the signal's reason; HOST_CONNECTOR_ENDED when the runner ended meanwhile
   */
  call<K extends CallName>(name: K, argument: Argument<K>, signal: AbortSignal): Promise<Answer<K>> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault);
    const { promise, resolve, reject } = Promise.withResolvers<Answer<K>>();
    const call = this.#next++;
    try {
      this.#transport.send({ type: 'call', call, name, argument });
    } catch (error) {
      return Promise.reject(error);
    }
    if (this.#pending.size === 0) this.#transport.ref();
    let stopTimer = (): void => {};
    const abort = (): void => {
      this.#transport.send({ type: 'abort', call, reason: toFailure(signal.reason) });
      stopTimer = this.#options.clock.timer(this.#options.cancelGraceMs, () =>
        this.kill(`did not end its call ${name} within ${this.#options.cancelGraceMs} ms after it was cancelled`),
      );
    };
    const release = (): void => {
      signal.removeEventListener('abort', abort);
      stopTimer();
    };
    this.#pending.set(call, { signal, resolve, reject, release });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    return promise;
  }

  /** Takes no more calls and ends the runner; calls on their way end when it is gone. @param why a sentence part for the error */
  kill(why: string): void {
    if (this.#fault !== undefined) return;
    this.#fault = this.#endedProblem(why, undefined);
    // Whoever waits for the end must live to see it.
    this.#transport.ref();
    this.#transport.kill();
  }

  #take(message: RunnerMessage): void {
    if (message.type === 'log') {
      const { level, fields, message: text } = message;
      this.#options.logger[level](fields, text);
      return;
    }
    const pending = this.#pending.get(message.call);
    if (pending === undefined) return;
    this.#pending.delete(message.call);
    if (this.#pending.size === 0 && this.#fault === undefined) this.#transport.unref();
    pending.release();
    if (message.type === 'answer') pending.resolve(message.value);
    else pending.reject(message.type === 'aborted' ? pending.signal.reason : fromFailure(message.failure));
  }

  #end(how: string, cause: unknown): void {
    this.#fault ??= this.#endedProblem(how, cause);
    for (const { reject, release } of this.#pending.values()) {
      release();
      reject(this.#fault);
    }
    this.#pending.clear();
    this.#transport.unref();
    this.#gone.resolve();
    this.#options.ended(this);
  }

  #endedProblem(how: string, cause: unknown): Problem {
    return problem('HOST_CONNECTOR_ENDED', `${this.#options.name} ${how}.`, { retryAfterSeconds: 5, cause });
  }
}
