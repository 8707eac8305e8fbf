import { problem } from '@joinery/problems';
import type { Clock } from './clock.ts';

/**
 * Runs `work` under the caller's signal and a deadline.
 * @param ms milliseconds until the work is aborted
 * @param what names the work in the error, e.g. `the import of connector CSV`
 * @throws RUNTIME_DEADLINE when the time is over, or whatever reason the caller's signal carries
 */
export async function withDeadline<T>(
  clock: Clock,
  ms: number,
  what: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const cancelTimer = clock.timer(ms, () =>
    controller.abort(problem('RUNTIME_DEADLINE', `${what} did not end within ${ms} ms.`)),
  );
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
  });
  try {
    return await Promise.race([work(controller.signal), aborted]);
  } finally {
    cancelTimer();
    signal.removeEventListener('abort', abort);
  }
}

/** Waits `ms` milliseconds; ends early with the signal's reason. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = clock.timer(ms, () => {
      signal.removeEventListener('abort', aborted);
      resolve();
    });
    const aborted = (): void => {
      stop();
      reject(signal.reason);
    };
    signal.addEventListener('abort', aborted, { once: true });
  });
}
