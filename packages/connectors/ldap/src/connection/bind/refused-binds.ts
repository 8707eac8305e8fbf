import { isProblem, type Problem, problem } from '@joinery/problems';
import type { Clock } from '@joinery/runtime';
import { orAborted } from '../or-aborted.ts';

const firstWaitMs = 60_000;
const longestWaitMs = 15 * 60_000;

/**
 * Remembers that a directory refused a password, so that retries do not lock the account of the connector: after each refusal the
 * same password is not tried again for a while, 1, 2, 4, 8 and then 15 minutes. That is four attempts in ten minutes and six in half
 * an hour, below what lockout policies commonly allow in that time. Another password is tried at once. (L8; no number is published.)
 */
export class RefusedBinds {
  readonly #clock: Clock;
  #last: Refusal | undefined;
  /** The attempt that is on its way while nothing is known of the password yet. */
  #proving: Promise<unknown> | undefined;
  #proven: string | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Runs an attempt to connect with this password. Until one succeeded they run one after the other, so that a wrong password
   * is sent once and not by every concern at the same time.
   * @throws LDAP_BIND_REFUSED, with what was said last, while it is too early to try again; the signal's reason;
   *   whatever the attempt throws
   */
  async attempt<T>(password: string, signal: AbortSignal, connect: () => Promise<T>): Promise<T> {
    while (this.#proven !== password && this.#proving !== undefined) await orAborted(this.#proving, signal);
    this.#check(password);
    const running = this.#run(password, connect);
    if (this.#proven === password) return await running;
    const settled = running.then(
      () => {},
      () => {},
    );
    this.#proving = settled;
    try {
      return await running;
    } finally {
      if (this.#proving === settled) this.#proving = undefined;
    }
  }

  async #run<T>(password: string, connect: () => Promise<T>): Promise<T> {
    try {
      const connection = await connect();
      this.#proven = password;
      this.#last = undefined;
      return connection;
    } catch (error) {
      if (isProblem(error, 'LDAP_BIND_REFUSED')) this.#refused(password, error);
      throw error;
    }
  }

  #check(password: string): void {
    const last = this.#last;
    if (last === undefined || last.password !== password) return;
    const left = last.until - this.#clock.monotonic();
    if (left <= 0) return;
    const seconds = Math.ceil(left / 1000);
    throw problem(
      'LDAP_BIND_REFUSED',
      `${last.problem.detail} It is not tried again for ${seconds} seconds, so that the account is not locked.`,
      {
        ...(last.problem.place === undefined ? {} : { place: last.problem.place }),
        fix: last.problem.fix,
        retryAfterSeconds: seconds,
      },
    );
  }

  #refused(password: string, reason: Problem): void {
    const before = this.#last?.password === password ? this.#last.waitMs : undefined;
    const waitMs = before === undefined ? firstWaitMs : Math.min(longestWaitMs, before * 2);
    this.#last = { password, waitMs, until: this.#clock.monotonic() + waitMs, problem: reason };
    this.#proven = undefined;
  }
}

interface Refusal {
  readonly password: string;
  readonly waitMs: number;
  readonly until: number;
  readonly problem: Problem;
}
