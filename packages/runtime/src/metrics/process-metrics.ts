import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from './metrics.ts';

/** Milliseconds between two looks at the event loop; what it waits for them longer is its lag. */
const RESOLUTION = 10;

/**
 * Adds what every server process has: processor, memory, the lag of its event loop.
 * @returns ends the observation of the event loop
 */
export function observeProcess(metrics: Metrics): () => void {
  const lag = monitorEventLoopDelay({ resolution: RESOLUTION });
  lag.enable();
  const started = Date.now() / 1000 - process.uptime();
  metrics.gauge(
    'joinery_event_loop_lag_seconds',
    'How much later than planned the event loop came to its work, since the last time this was read.',
    ['quantile'],
    () => {
      const seconds = (nanoseconds: number): number =>
        Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / 1e9 - RESOLUTION / 1000) : 0;
      const samples = [
        { labels: { quantile: '0.5' }, value: seconds(lag.percentile(50)) },
        { labels: { quantile: '0.99' }, value: seconds(lag.percentile(99)) },
        { labels: { quantile: '1' }, value: seconds(lag.max) },
      ];
      lag.reset();
      return samples;
    },
  );
  metrics.counter('process_cpu_seconds_total', 'Processor time of the process, all its threads together.', [], () => {
    const { user, system } = process.cpuUsage();
    return [{ value: (user + system) / 1e6 }];
  });
  metrics.gauge('process_resident_memory_bytes', 'Memory of the process.', [], () => [
    { value: process.memoryUsage.rss() },
  ]);
  metrics.gauge('process_start_time_seconds', 'When the process began, in seconds since 1970.', [], () => [
    { value: started },
  ]);
  metrics.gauge('nodejs_memory_bytes', 'Memory of the main thread, by kind.', ['kind'], () => {
    const { heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
    return Object.entries({ heapTotal, heapUsed, external, arrayBuffers }).map(([kind, value]) => ({
      labels: { kind },
      value,
    }));
  });
  return () => lag.disable();
}
