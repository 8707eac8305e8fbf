/** What a queue carries and how its jobs are treated. One definition serves senders and workers. */
export interface QueueDefinition<Payload extends object> {
  /** Letters, digits, `_`, `-`, `.` and `/`. */
  readonly name: string;
  /** Checks what lies in the database; a payload that it refuses goes to the dead letters at once. */
  parse(payload: unknown): Payload;
  /**
   * Does the work; left out in a process that only sends. A job is a page or a partition of objects, never one object.
   * Runs at least once: after a crash it runs again, so every step must be repeatable.
   * A rejection with a problem whose `retry` is `never` ends the job; any other is tried again with growing waits.
   */
  readonly handler?: (job: Job<Payload>) => Promise<void>;
  /**
   * How many jobs of the same key may be queued or run (pg-boss queue policies):
   * `standard` any number; `short` one queued; `singleton` one running; `stately` one of each; `exclusive` one in all.
   */
  readonly policy?: 'standard' | 'short' | 'singleton' | 'stately' | 'exclusive';
  /** Jobs of this queue that this process runs at a time; 1 where left out. */
  readonly concurrency?: number;
  /** Tries after the first; 10 where left out. */
  readonly retryLimit?: number;
  /** Seconds before the first retry, doubled each time up to the maximum; 5 and 600 where left out. */
  readonly retryDelaySeconds?: number;
  readonly retryDelayMaxSeconds?: number;
  /** Seconds a job may run before it is aborted and tried again; 900 where left out. */
  readonly deadlineSeconds?: number;
  /** Sends a job at these times: cron with five fields, in the time zone (UTC where left out). */
  readonly schedule?: { readonly cron: string; readonly timeZone?: string; readonly payload: Payload };
}

export interface Job<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the deadline is over or the process stops. */
  readonly signal: AbortSignal;
}

export interface SendOptions {
  /** Jobs with different keys do not count against each other in the queue's policy. */
  readonly key?: string;
  /** Milliseconds since 1970 before which the job does not run. */
  readonly notBefore?: number;
  /** Higher goes first; 0 where left out. */
  readonly priority?: number;
}

/** A job that was given up, kept for 90 days. */
export interface DeadJob {
  readonly id: string;
  readonly payload: unknown;
  /** What the last try ended with. */
  readonly fault: unknown;
  readonly diedAt: Date;
}

/** Where the jobs of a queue go that failed for good. */
export function deadLetterName(queue: string): string {
  return `${queue}.dead`;
}
