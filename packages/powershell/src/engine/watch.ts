import type { Clock } from '@joinery/runtime/clock';
import type { RunLimits } from '../sandbox/run-budget.ts';

/** Milliseconds between two looks. */
const everyMs = 100;
/** A script ends itself in time, with what its `finally` blocks need; only one that is stuck lives longer. */
const graceMs = 1_500;
/** Likewise it notices by itself that it needs too much memory, unless one step of it takes all at once. */
const memoryShare = 1.25;

/** What is watched: a process from its outside. */
export interface Watched {
  memory(): number | undefined;
  kill(): void;
}

/** Watches a script process while it works, and kills it for what the script's own budget does not catch. */
export class Watch {
  readonly #clock: Clock;
  readonly #watched: Watched;
  readonly #limits: RunLimits;
  #cancelTimer: () => void = () => {};
  #left: number;
  #last: number;
  #isPaused = false;
  /** Why it was killed. */
  reason: 'time' | 'memory' | undefined;

  constructor(clock: Clock, watched: Watched, limits: RunLimits) {
    this.#clock = clock;
    this.#watched = watched;
    this.#limits = limits;
    this.#left = limits.milliseconds + graceMs;
    this.#last = clock.monotonic();
    this.#arm();
  }

  /** The caller works on the output: that time does not count. */
  pause(): void {
    this.#count();
    this.#isPaused = true;
  }

  resume(): void {
    this.#last = this.#clock.monotonic();
    this.#isPaused = false;
  }

  /** The script is to end now: kills it where it does not. */
  hurry(): void {
    this.#left = Math.min(this.#left, graceMs);
    this.resume();
  }

  stop(): void {
    this.#cancelTimer();
  }

  #arm(): void {
    this.#cancelTimer = this.#clock.timer(everyMs, () => this.#look());
  }

  #count(): void {
    if (this.#isPaused) return;
    const now = this.#clock.monotonic();
    this.#left -= now - this.#last;
    this.#last = now;
  }

  #look(): void {
    this.#count();
    const memory = this.#watched.memory() ?? 0;
    if (this.#left <= 0) this.#kill('time');
    else if (memory > this.#limits.memoryBytes * memoryShare) this.#kill('memory');
    else this.#arm();
  }

  #kill(reason: 'time' | 'memory'): void {
    this.reason = reason;
    this.#watched.kill();
  }
}
