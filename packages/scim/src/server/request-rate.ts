import { problem } from '@joinery/problems';
import { type Clock, systemClock } from '@joinery/runtime';
import type { FastifyRequest } from 'fastify';

export interface RequestRateOptions {
  /** Requests that a caller may send each second, for as long as it likes. Entra's provisioning wants at least 25 (dialect sheet 1.1). */
  readonly perSecond: number;
  /** Requests at once after a pause; twice `perSecond` by default. */
  readonly burst?: number;
  /** Who is counted together; by default all callers are. */
  readonly callerOf?: (request: FastifyRequest) => string;
  readonly clock?: Clock;
}

interface Bucket {
  left: number;
  filledAt: number;
}

/** Callers that are remembered before those are forgotten who may send a whole burst again. */
const callersBeforeSweep = 1000;

/**
 * Makes the server's option `admit` from a rate, as one token bucket for each caller. Who is over it gets 429 with Retry-After.
 * @returns a function that throws SCIM_TOO_MANY_REQUESTS
 */
export function requestRate(options: RequestRateOptions): (request: FastifyRequest) => void {
  const { perSecond, burst = perSecond * 2, callerOf = () => '', clock = systemClock } = options;
  const buckets = new Map<string, Bucket>();
  let sweepAbove = callersBeforeSweep;
  const filled = ({ left, filledAt }: Bucket, now: number): number =>
    Math.min(burst, left + ((now - filledAt) / 1000) * perSecond);

  return (request) => {
    const caller = callerOf(request);
    const now = clock.monotonic();
    const bucket = buckets.get(caller) ?? { left: burst, filledAt: now };
    bucket.left = filled(bucket, now);
    bucket.filledAt = now;
    buckets.set(caller, bucket);
    if (buckets.size > sweepAbove) {
      for (const [name, each] of buckets) if (filled(each, now) >= burst) buckets.delete(name);
      sweepAbove = Math.max(callersBeforeSweep, buckets.size * 2);
    }
    if (bucket.left < 1) {
      throw problem('SCIM_TOO_MANY_REQUESTS', `More than ${perSecond} requests a second arrive.`, {
        retryAfterSeconds: (1 - bucket.left) / perSecond,
      });
    }
    bucket.left -= 1;
  };
}
