import { isProblem, type Problem, problem } from '@joinery/problems';
import type { Clock } from '@joinery/runtime';
import type { ConnectionSettings } from '../../configuration/settings.ts';
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
  /** Settles with the attempt that is on its way while nothing is known of the password yet. */
  #proving: Promise<void> | undefined;
  #proven: string | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Binds with this password. Until one bind succeeded they run one after the other, so that a wrong password is sent once and not by
   * every concern at the same time. An empty password is none: it proves nothing and locks nothing.
   * @throws what {@link check} throws; the signal's reason; whatever the bind throws
   */
  async attempt(password: string, signal: AbortSignal, bind: () => Promise<void>): Promise<void> {
    while (this.#unproven(password) && this.#proving !== undefined) await orAborted(this.#proving, signal);
    this.check(password);
    if (!this.#unproven(password)) return await this.#run(password, bind);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#proving = promise;
    try {
      await this.#run(password, bind);
    } finally {
      this.#proving = undefined;
      resolve();
    }
  }

  /** @throws LDAP_BIND_REFUSED, with what was said last, while it is too early to try this password again */
  check(password: string): void {
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

  #unproven(password: string): boolean {
    return password !== '' && this.#proven !== password;
  }

  async #run(password: string, bind: () => Promise<void>): Promise<void> {
    try {
      await bind();
      this.#proven = password;
      this.#last = undefined;
    } catch (error) {
      if (password !== '' && isProblem(error, 'LDAP_BIND_REFUSED')) this.#refused(password, error);
      throw error;
    }
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

/** The password of a bind; empty where it takes none. */
export function passwordOf(bind: ConnectionSettings['bind']): string {
  return 'password' in bind ? (bind.password() ?? '') : '';
}
