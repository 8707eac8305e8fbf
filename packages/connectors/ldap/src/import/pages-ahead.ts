import { problem } from '@joinery/problems';

/**
 * Reads one page ahead: the server works on the next page while the reader works on this one, and no further, so that memory holds two
 * pages whatever the size of the directory.
 */
export class PagesAhead<Page> {
  readonly #lifetime = new AbortController();
  readonly #pages: AsyncGenerator<Page, void, undefined>;
  #next: Promise<IteratorResult<Page, void>> | undefined;
  #state: 'open' | 'failed' | 'finished' | 'closed' = 'open';
  #failure: unknown;

  /** @param read gets a signal that ends the reading, also of the page that nobody waits for yet */
  constructor(read: (lifetime: AbortSignal) => AsyncGenerator<Page, void, undefined>) {
    this.#pages = read(this.#lifetime.signal);
  }

  /**
   * The next page; undefined after the last one.
   * @throws what reading threw, at every call from then on: a reading that broke off must not look like one that ended;
   * CONNECTOR_RUN_CLOSED after the last page and after the end
   */
  async next(signal: AbortSignal): Promise<Page | undefined> {
    signal.throwIfAborted();
    if (this.#state === 'failed') throw this.#failure;
    if (this.#state !== 'open') throw problem('CONNECTOR_RUN_CLOSED', 'There are no more pages.');
    const stop = (): void => this.#lifetime.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const { done, value } = await (this.#next ?? this.#pages.next());
      if (done === true) {
        this.#state = 'finished';
        return undefined;
      }
      const ahead = this.#pages.next();
      // What it failed of is heard when it is asked for.
      ahead.catch(() => {});
      this.#next = ahead;
      return value;
    } catch (error) {
      this.#state = 'failed';
      this.#failure = error;
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Stops what is still on its way. @returns true when the reading had come to its end */
  async end(): Promise<boolean> {
    const whole = this.#state === 'finished';
    this.#state = 'closed';
    if (!whole) this.#lifetime.abort(new DOMException('The import was closed.', 'AbortError'));
    await Promise.allSettled([this.#next]);
    return whole;
  }
}
