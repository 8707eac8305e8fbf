import { parentPort, Worker } from 'node:worker_threads';
import { Problem, type ProblemCode, problem } from '@joinery/problems';

/** Calls that a worker answers: each member takes one argument that can be cloned. */
export type Calls<C> = { readonly [K in keyof C]: (argument: never) => unknown };

type Argument<C extends Calls<C>, K extends keyof C> = Parameters<C[K]>[0];

interface Request<C extends Calls<C>, K extends keyof C> {
  readonly call: number;
  readonly kind: K;
  readonly argument: Argument<C, K>;
}

/** `value` is typed by the call's entry in `C`; both sides are compiled against the same table. */
type Answer =
  | { readonly call: number; readonly ok: true; readonly value: never }
  | { readonly call: number; readonly ok: false; readonly failure: Failure };

interface Failure {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly place: string | undefined;
  readonly cause: string;
}

/** The calling side of a worker thread: one promise per call, every pending one rejected when the thread ends. */
export class WorkerCalls<C extends Calls<C>> {
  readonly #worker: Worker;
  readonly #name: string;
  readonly #failed: (fault: Problem) => void;
  readonly #pending = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>();
  readonly #crash = Promise.withResolvers<Problem>();
  readonly #outbox: Request<C, keyof C>[] = [];
  #next = 1;
  #ended = false;
  #terminating = false;
  /** Called right before a thread that is {@link idle} gets a call. */
  beforeWork: () => void = () => {};

  /**
   * @param name for errors, e.g. `the space writer of CSV`
   * @param failed hears every problem that the worker answers with, before its caller does
   */
  constructor(module: URL, name: string, data: unknown, failed: (fault: Problem) => void = () => {}) {
    this.#name = name;
    this.#failed = failed;
    // Rows pass through; a young generation of the usual size would be garbage that is kept for later.
    const resourceLimits = { maxYoungGenerationSizeMb: 8 };
    this.#worker = new Worker(module, { workerData: data, name, resourceLimits });
    this.#worker.unref();
    this.#worker.on('message', (answer: Answer) => this.#settle(answer));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(undefined));
  }

  /** True while every call is answered: the thread does nothing until the next one. */
  get idle(): boolean {
    return this.#pending.size === 0;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves when the thread has ended without being told to. */
  get crash(): Promise<Problem> {
    return this.#crash.promise;
  }

  /** @throws the problem the worker answered with, or HOST_WORKER_ENDED when it is gone */
  call<K extends keyof C>(kind: K, argument: Argument<C, K>): Promise<ReturnType<C[K]>> {
    if (this.#ended) return Promise.reject(this.#gone(undefined));
    const { promise, resolve, reject } = Promise.withResolvers<ReturnType<C[K]>>();
    const call = this.#next++;
    if (this.#pending.size === 0) {
      this.beforeWork();
      this.#worker.ref();
    }
    this.#pending.set(call, { resolve, reject });
    this.#outbox.push({ call, kind, argument });
    // Calls of one turn of the event loop go in one message: waking the thread costs more than most calls do.
    if (this.#outbox.length === 1) process.nextTick(() => this.#post());
    return promise;
  }

  /** Ends the thread at once; pending calls are rejected. */
  async terminate(): Promise<void> {
    this.#terminating = true;
    await this.#worker.terminate();
    this.#end(undefined);
  }

  #post(): void {
    const requests = this.#outbox.splice(0);
    try {
      this.#worker.postMessage(requests);
    } catch (error) {
      // Something among them cannot be cloned, so none of them was sent.
      for (const { call } of requests) {
        this.#pending.get(call)?.reject(error);
        this.#pending.delete(call);
      }
    }
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.call);
    this.#pending.delete(answer.call);
    if (this.#pending.size === 0) this.#worker.unref();
    if (answer.ok) pending?.resolve(answer.value);
    else {
      const { code, detail, place, cause } = answer.failure;
      const fault = problem(code, detail, { ...(place === undefined ? {} : { place }), cause });
      this.#failed(fault);
      pending?.reject(fault);
    }
  }

  #end(cause: unknown): void {
    this.#ended = true;
    if (!this.#terminating) this.#crash.resolve(this.#gone(cause));
    for (const pending of this.#pending.values()) pending.reject(this.#gone(cause));
    this.#pending.clear();
  }

  #gone(cause: unknown): Problem {
    return problem('HOST_WORKER_ENDED', `${this.#name} has ended.`, { cause });
  }
}

/** The answers of a worker, one function a call. */
export type Answers<C extends Calls<C>> = { readonly [K in keyof C]: (argument: Argument<C, K>) => ReturnType<C[K]> };

/**
 * The answering side, inside the worker. A start that fails answers every call with its problem, so that the caller learns why.
 * @param start makes the answers
 * @param translate turns whatever is thrown into a problem
 */
export function answerCalls<C extends Calls<C>>(start: () => Answers<C>, translate: (error: unknown) => Problem): void {
  const port = parentPort;
  if (port === null) throw problem('RUNTIME_INTERNAL', 'This module runs as a worker thread only.');
  const answers = attempt(start, translate);
  port.on('message', (requests: readonly Request<C, keyof C>[]) => {
    for (const { call, kind, argument } of requests) {
      const outcome = answers.ok ? attempt(() => answers.value[kind](argument), translate) : answers;
      // Each as soon as it is known: the next one may wait for the disk.
      port.postMessage({ call, ...outcome });
    }
  });
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

function attempt<T>(work: () => T, translate: (error: unknown) => Problem): Outcome<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    const { code, detail, place, cause } = error instanceof Problem ? error : translate(error);
    const words = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    return { ok: false, failure: { code, detail, place, cause: words } };
  }
}
