import { expect, test } from 'vitest';
import { Distribution, Metrics, observeProcess } from '../src/index.ts';

test('metrics are printed in the text format, with the numbers of the moment', async () => {
  const metrics = new Metrics();
  let count = 1;
  metrics.counter('a_total', 'Counts a.', ['kind'], () => [{ labels: { kind: 'x"y' }, value: count }]);
  metrics.gauge('b', 'Is b.', [], () => [{ value: -2.5 }]);
  expect(await metrics.text()).toContain('# HELP a_total Counts a.\n# TYPE a_total counter\na_total{kind="x\\"y"} 1\n');
  count = 7;
  const text = await metrics.text();
  expect(text).toContain('a_total{kind="x\\"y"} 7\n');
  expect(text).toContain('# TYPE b gauge\nb -2.5\n');
});

test('a distribution counts each value at the smallest bound that holds it', async () => {
  const metrics = new Metrics();
  const distribution = new Distribution([0.1, 1]);
  for (const value of [0.05, 0.1, 0.5, 3]) distribution.observe(value);
  metrics.histogram('d_seconds', 'Takes time.', ['who'], () => [{ labels: { who: 'x' }, value: distribution }]);
  expect(await metrics.text()).toBe(
    [
      '# HELP d_seconds Takes time.',
      '# TYPE d_seconds histogram',
      'd_seconds_bucket{who="x",le="0.1"} 2',
      'd_seconds_bucket{who="x",le="1"} 3',
      'd_seconds_bucket{who="x",le="+Inf"} 4',
      'd_seconds_sum{who="x"} 3.65',
      'd_seconds_count{who="x"} 4',
      '',
    ].join('\n'),
  );
});

test('two servers of one process do not share their metrics, and a name is taken once', async () => {
  const [one, other] = [new Metrics(), new Metrics()];
  one.gauge('same', 'Is in one.', [], () => [{ value: 1 }]);
  other.gauge('same', 'Is in the other.', [], () => [{ value: 2 }]);
  expect(await one.text()).toContain('same 1');
  expect(await other.text()).toContain('same 2');
  expect(() => one.gauge('same', 'Again.', [], () => [])).toThrow(/already been registered/);
});

test('a process tells of its memory and processor, and of a blocked event loop', async () => {
  const metrics = new Metrics();
  const stop = observeProcess(metrics);
  const lag = async (): Promise<number> =>
    Number(/joinery_event_loop_lag_seconds\{quantile="1"\} (\S+)/.exec(await metrics.text())?.[1]);
  const block = (): void => {
    const end = performance.now() + 200;
    while (performance.now() < end);
  };
  // The first look after a reading only starts the clock, and only a later one tells how long it waited.
  for (let turn = 0; turn < 3; turn++) {
    block();
    await new Promise(setImmediate);
  }
  expect(await lag()).toBeGreaterThan(0.1);
  const text = await metrics.text();
  stop();
  expect(text).toMatch(/process_resident_memory_bytes \d{7,}/);
  expect(text).toMatch(/process_cpu_seconds_total \d/);
  expect(text).toMatch(/nodejs_memory_bytes\{kind="heapUsed"\} \d/);
});
