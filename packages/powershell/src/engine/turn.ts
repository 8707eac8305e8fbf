/** Lets one piece of work at a time have its turn, in the order in which they asked. */
export class Turn {
  #last: Promise<void> = Promise.resolve();

  /** Waits for its turn. The caller calls the returned function when it is over. Throws the signal's reason. */
  async begin(signal: AbortSignal): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    try {
      await aborted(before, signal);
    } catch (error) {
      // Those behind wait for those before all the same.
      void before.then(resolve);
      throw error;
    }
    return resolve;
  }

  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const end = await this.begin(signal);
    try {
      return await work();
    } finally {
      end();
    }
  }
}

async function aborted(before: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([before, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
