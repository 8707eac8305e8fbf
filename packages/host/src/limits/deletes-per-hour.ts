import { problem } from '@joinery/problems';
import type { Clock } from '@joinery/runtime';

const HOUR_MS = 3_600_000;

/**
 * Counts what is handed to a target to be deleted, so that a caller which runs away does not empty it within minutes. What is
 * handed over counts, whatever the target makes of it; what an import finds gone does not.
 */
export class DeletesPerHour {
  readonly #limit: number;
  readonly #clock: Clock;
  /** Times of the deletions of the last hour, oldest first; no more than the limit. */
  #times: number[];

  /**
   * @param limit deletions within any hour; 0 means without limit
   * @param before times of the deletions before this process began, oldest first: milliseconds since 1970
   */
  constructor(limit: number, clock: Clock, before: readonly number[]) {
    this.#limit = limit;
    this.#clock = clock;
    this.#times = limit === 0 ? [] : before.slice(-limit);
  }

  /** Takes one deletion's place. @throws HOST_DELETE_LIMIT with the time until there is a place again */
  take(): void {
    if (this.#limit === 0) return;
    const now = this.#clock.now();
    // A time that lies ahead says that the clock was set back; it must not block for longer than an hour.
    this.#times = this.#times.map((time) => Math.min(time, now)).filter((time) => time > now - HOUR_MS);
    const [oldest] = this.#times;
    if (this.#times.length >= this.#limit && oldest !== undefined) {
      throw problem(
        'HOST_DELETE_LIMIT',
        `This connector deletes at most ${this.#limit} objects within an hour, and has done so. Nothing was deleted now.`,
        { retryAfterSeconds: Math.max(1, Math.ceil((oldest + HOUR_MS - now) / 1000)) },
      );
    }
    this.#times.push(now);
  }
}
