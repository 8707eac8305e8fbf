/**
 * What the writer thread tells the main thread without a message, so that a read needs no look-up for it: written after the
 * transaction that changed it, read before the one that relies on it. Rows that an export confirms are born {@link ALWAYS}
 * and those that a flip ends are deleted by later calls, so a reader that is a moment behind misses nothing.
 */
export class SharedState {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  /** @param memory that of another thread, or a new one */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** The visible generation. */
  get generation(): number {
    return Atomics.load(this.#cells, 0);
  }
  set generation(value: number) {
    Atomics.store(this.#cells, 0, value);
  }

  /** True once some object is called otherwise than its id says. */
  get aliased(): boolean {
    return Atomics.load(this.#cells, 1) === 1;
  }
  set aliased(value: boolean) {
    Atomics.store(this.#cells, 1, value ? 1 : 0);
  }
}
