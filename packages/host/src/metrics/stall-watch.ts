import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '@joinery/runtime';
import type { ConnectorMeter } from './connector-meter.ts';

const LOOK_MS = 1_000;
/** Milliseconds between two samples of the event loop. */
const RESOLUTION_MS = 10;
/** A standstill of the thread that callers notice. */
const STALL_SECONDS = 0.1;

/**
 * Names the connectors whose calls were on their way in this thread while it stood still. What a connector computes after it has
 * waited for something cannot be measured by its calls; this is a suspicion, and with several on their way it is one of each.
 * @returns ends the watch
 */
export function watchStalls(clock: Clock, meters: () => Iterable<ConnectorMeter>): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let stop = (): void => {};
  const look = (): void => {
    const seconds = Math.max(0, delay.max / 1e9 - RESOLUTION_MS / 1000);
    delay.reset();
    for (const meter of meters()) if (meter.wasCalled() && seconds >= STALL_SECONDS) meter.stalls.observe(seconds);
    plan();
  };
  const plan = (): void => {
    stop = clock.timer(LOOK_MS, look);
  };
  plan();
  return () => {
    stop();
    delay.disable();
  };
}
