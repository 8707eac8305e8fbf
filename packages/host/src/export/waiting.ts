import type { StoredRow } from '../space/row.ts';
import type { WriteOrder } from './write-order.ts';

/** A write with the caller who waits for it. */
export class Waiting {
  readonly order: WriteOrder;
  readonly outcome: Promise<StoredRow | null>;
  readonly #resolve: (row: StoredRow | null) => void;
  readonly #reject: (error: unknown) => void;
  #answered = false;

  constructor(order: WriteOrder) {
    const { promise, resolve, reject } = Promise.withResolvers<StoredRow | null>();
    this.order = order;
    this.outcome = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }
  get answered(): boolean {
    return this.#answered;
  }
  resolve(row: StoredRow | null): void {
    this.#answered = true;
    this.#resolve(row);
  }
  reject(error: unknown): void {
    this.#answered = true;
    this.#reject(error);
  }
}
