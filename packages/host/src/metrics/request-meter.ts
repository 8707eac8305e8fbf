import { Distribution, type Sample } from '@joinery/runtime';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'other'] as const;
const OTHER = METHODS.length - 1;
/** By the first digit of the status; the first one for callers who went away before their answer. */
const CLASSES = ['aborted', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;

/** Upper bounds in seconds: an indexed read takes a fraction of a millisecond, a write as long as its target. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The requests of one connector, by method and class of status, and how long they took. */
export class RequestMeter {
  readonly seconds = new Distribution(SECONDS);
  readonly #counts = new Float64Array(METHODS.length * CLASSES.length);
  readonly #indexes = new Map<string | undefined, number>(METHODS.map((method, index) => [method, index]));

  /** @param status 0 when no answer went out */
  ended(method: string | undefined, status: number, milliseconds: number): void {
    const at = (this.#indexes.get(method) ?? OTHER) * CLASSES.length + Math.trunc(status / 100);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.seconds.observe(milliseconds / 1000);
  }

  /** What was counted at all; lines of zeros would be most of the page. */
  *samples(connector: string): Generator<Sample> {
    for (const [at, value] of this.#counts.entries()) {
      const method = METHODS[Math.trunc(at / CLASSES.length)];
      const status = CLASSES[at % CLASSES.length];
      if (value > 0 && method !== undefined && status !== undefined)
        yield { labels: { connector, method, status }, value };
    }
  }
}
