import type { Clock } from '@joinery/runtime';
import type { Response } from '../protocol/decode-response.ts';
import type { SearchSink } from './connection.ts';

/** A response that ends an operation. */
export type FinalResponse = Exclude<
  Response,
  { readonly operation: 'searchEntry' | 'searchReference' | 'intermediate' }
>;

/** What is sent and what it is answered with. */
export interface Exchange<T> {
  /** The whole LDAPMessage. */
  encode(messageId: number): Uint8Array;
  /** What the answer says; undefined when it is the answer to something else. */
  accept(response: FinalResponse): T | undefined;
  /** Only searches have it. */
  readonly onEntry?: SearchSink['onEntry'];
  readonly onReference?: SearchSink['onReference'];
  readonly onIntermediate?: SearchSink['onIntermediate'];
}

/** An operation on its way, as the wire sees it. */
export interface PendingOperation {
  readonly onEntry: SearchSink['onEntry'] | undefined;
  readonly onReference: SearchSink['onReference'] | undefined;
  readonly onIntermediate: SearchSink['onIntermediate'] | undefined;
  /** When the server last said something about it, by the monotonic clock. */
  lastAnswered: number;
  /** Ends it with its answer; false when that is the answer to something else, and then it is not ended. */
  finish(response: FinalResponse): boolean;
  fail(reason: unknown): void;
}

/** One operation: settles once, and then lets go of timer and signal. */
export class Pending<T> implements PendingOperation {
  readonly promise: Promise<T>;
  readonly onEntry: SearchSink['onEntry'] | undefined;
  readonly onReference: SearchSink['onReference'] | undefined;
  readonly onIntermediate: SearchSink['onIntermediate'] | undefined;
  lastAnswered: number;
  readonly #accept: Exchange<T>['accept'];
  readonly #signal: AbortSignal;
  #resolve: (value: T) => void = () => {};
  #reject: (reason: unknown) => void = () => {};
  #stopTimer: () => void = () => {};
  #aborted: () => void = () => {};

  constructor(exchange: Exchange<T>, signal: AbortSignal, startedAt: number) {
    this.onEntry = exchange.onEntry;
    this.onReference = exchange.onReference;
    this.onIntermediate = exchange.onIntermediate;
    this.#accept = (response) => exchange.accept(response);
    this.#signal = signal;
    this.lastAnswered = startedAt;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Calls `overdue` once the server has said nothing about this operation for `ms`, `aborted` when the signal comes. */
  watch(clock: Clock, ms: number, overdue: () => void, aborted: () => void): void {
    const wait = (left: number): void => {
      this.#stopTimer = clock.timer(left, () => {
        const rest = this.lastAnswered + ms - clock.monotonic();
        if (rest > 0) wait(rest);
        else overdue();
      });
    };
    wait(ms);
    this.#aborted = aborted;
    this.#signal.addEventListener('abort', aborted, { once: true });
  }

  finish(response: FinalResponse): boolean {
    const answer = this.#accept(response);
    if (answer === undefined) return false;
    this.#letGo();
    this.#resolve(answer);
    return true;
  }

  fail(reason: unknown): void {
    this.#letGo();
    this.#reject(reason);
  }

  #letGo(): void {
    this.#stopTimer();
    this.#signal.removeEventListener('abort', this.#aborted);
  }
}
