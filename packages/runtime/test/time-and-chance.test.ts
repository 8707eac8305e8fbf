import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ManualClock, pause, seededRandom, systemClock, systemRandom, withDeadline } from '../src/index.ts';
import { expectProblem } from './expect-problem.ts';

const never = new AbortController().signal;

describe('the clock that is moved by hand', () => {
  test('fires timers in the order of their time, each at its own time, and none that was taken back', () => {
    const clock = new ManualClock(1_000);
    const fired: [string, number][] = [];
    clock.timer(30, () => fired.push(['late', clock.now()]));
    clock.timer(10, () => {
      fired.push(['early', clock.now()]);
      clock.timer(5, () => fired.push(['from a timer', clock.now()]));
    });
    clock.timer(20, () => fired.push(['taken back', clock.now()]))();
    clock.advance(40);
    expect(fired).toEqual([
      ['early', 1_010],
      ['from a timer', 1_015],
      ['late', 1_030],
    ]);
    expect([clock.now(), clock.monotonic()]).toEqual([1_040, 1_040]);
  });
});

describe('the system’s clock', () => {
  test('fires a timer, and not one that was taken back', async () => {
    const start = systemClock.monotonic();
    systemClock.timer(1, () => expect.fail('taken back'))();
    await pause(systemClock, 20, never);
    expect(systemClock.monotonic() - start).toBeGreaterThan(15);
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
  });
});

describe('a timer of the system’s clock that is longer than Node can count', () => {
  test('fires when its time has come and not at once', () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const days = 24 * 3_600_000;
    let fired = 0;
    systemClock.timer(60 * days, () => {
      fired += 1;
    });
    systemClock.timer(60 * days, () => expect.fail('taken back'))();
    vi.advanceTimersByTime(60 * days - 1);
    expect(fired).toBe(0);
    vi.advanceTimersByTime(1);
    expect(fired).toBe(1);
    vi.advanceTimersByTime(60 * days);
    expect(fired).toBe(1);
  });
});

describe('deadlines', () => {
  test('work that ends in time gives its result and leaves no timer', async () => {
    const clock = new ManualClock();
    const seen: AbortSignal[] = [];
    const result = await withDeadline(clock, 100, 'the work', never, async (signal) => {
      seen.push(signal);
      return 7;
    });
    clock.advance(200);
    expect([result, seen[0]?.aborted]).toEqual([7, false]);
  });

  test('work that does not end is left, told by its signal and named in the problem', async () => {
    const clock = new ManualClock();
    let told: unknown;
    const outcome = expectProblem('RUNTIME_DEADLINE', () =>
      withDeadline(clock, 100, 'The import of CSV', never, (signal) => {
        signal.addEventListener('abort', () => {
          told = signal.reason;
        });
        return new Promise(() => {});
      }),
    );
    clock.advance(100);
    const found = await outcome;
    expect(found.detail).toBe('The import of CSV did not end within 100 ms.');
    expect(told).toBe(found);
  });

  test('the caller’s signal ends work and pauses with the caller’s reason, before and while they run', async () => {
    const clock = new ManualClock();
    const reason = new Error('stop');
    const controller = new AbortController();
    const work = withDeadline(clock, 100, 'x', controller.signal, () => new Promise(() => {}));
    const waiting = pause(clock, 100, controller.signal);
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(withDeadline(clock, 100, 'x', controller.signal, async () => 1)).rejects.toBe(reason);
    expect(() => pause(clock, 100, controller.signal)).toThrow(reason);
  });

  test('a fault of the work itself comes through', async () => {
    const fault = new Error('own');
    await expect(withDeadline(new ManualClock(), 1, 'x', never, () => Promise.reject(fault))).rejects.toBe(fault);
  });
});

describe('chance', () => {
  test('the same seed gives the same bytes, another seed others, and the system never the same', () => {
    expect(seededRandom(5).bytes(32)).toEqual(seededRandom(5).bytes(32));
    expect(seededRandom(5).bytes(32)).not.toEqual(seededRandom(6).bytes(32));
    expect(systemRandom.bytes(32)).not.toEqual(systemRandom.bytes(32));
  });

  test('ids are version 4 UUIDs (RFC 9562 5.4)', () => {
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    const random = seededRandom(0);
    for (let n = 0; n < 100; n++) expect(random.uuid()).toMatch(form);
    expect(systemRandom.uuid()).toMatch(form);
  });
});
