import type { Host } from '@joinery/host';
import { ManualClock } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { caller } from './support/home.ts';
import { until } from './support/until.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A wall clock that can be set, beside timers and a monotonic clock that go on as they went. */
class SetClock extends ManualClock {
  #offset = 0;

  override now(): number {
    return super.now() + this.#offset;
  }
  set(ms: number): void {
    this.#offset += ms;
  }
}

async function durations(host: Host): Promise<number[]> {
  const lines = await host.history('fixture', 20, AbortSignal.timeout(5_000));
  return lines.map(({ startedAt, endedAt }) => endedAt - startedAt);
}

describe.each([
  ['forward by a day', DAY],
  ['back by a day', -DAY],
])('a wall clock that is set %s', (_, jump) => {
  test('brings no import of its own, and the timer goes on as it went', async () => {
    const clock = new SetClock(Date.now());
    const { target, host } = await fixtureHost({}, { autosyncMinutes: 120 }, { clock });
    clock.advance(60 * MINUTE);
    clock.set(jump);
    clock.advance(59 * MINUTE);
    expect(target.imports).toBe(1);
    clock.advance(MINUTE);
    for (let imports = 2; imports < 5; imports += 1) {
      await until(() => expect(target.imports).toBe(imports));
      await host.settled('fixture');
      clock.advance(119 * MINUTE);
      expect(target.imports).toBe(imports);
      clock.advance(MINUTE);
    }
  });

  test('while the host is stopped lets it import at its start, or when the timer is over, and once', async () => {
    const clock = new SetClock(Date.now());
    const { target, home, host } = await fixtureHost({}, { autosyncMinutes: 120 }, { clock });
    await host.close();
    clock.set(jump);
    const again = await home.start();
    expect(target.imports).toBe(jump > 0 ? 2 : 1);
    clock.advance(120 * MINUTE);
    await until(() => expect(target.imports).toBe(jump > 0 ? 3 : 2));
    await again.settled('fixture');
  });

  test('in the middle of an import and of exports leaves no run that lasts a day or less than nothing', async () => {
    const clock = new SetClock(Date.now());
    const { target, host, scim } = await fixtureHost({}, {}, { clock });
    const page = gate();
    target.onImportPage = () => page.opened;
    const importing = host.run('fixture', 'full');
    await until(() => expect(target.imports).toBe(2));
    expect((await scim.create({ id: 'a' })).status).toBe(201);
    clock.set(jump);
    clock.advance(3_000);
    page.open();
    expect(await importing).toMatchObject({ outcome: 'finished' });
    expect((await scim.create({ id: 'b' })).status).toBe(201);
    clock.advance(MINUTE);
    await until(async () => expect(await durations(host)).toEqual([3_000, 3_000, 0]));
  });

  test('changes nothing about who is let in, how often, and what is found out about a write in doubt', async () => {
    const clock = new SetClock(Date.now());
    const { target, host, scim } = await fixtureHost(
      {},
      {},
      { clock, overrides: { requestsPerSecond: 10, requestBurst: 10 } },
    );
    const get = async (token?: string): Promise<number> =>
      (await caller(host, 'fixture', token).get('/Users?count=0')).status;
    target.afterPut = () => {
      target.afterPut = () => {};
      target.onLookup = () => {
        target.onLookup = () => {};
        throw new Error('connection lost');
      };
      throw new Error('connection lost');
    };
    expect((await scim.create({ id: 'a', userName: 'ann' })).status).toBe(503);
    clock.set(jump);
    const statuses = [];
    for (let request = 0; request < 12; request += 1) statuses.push(await get());
    expect(statuses).toEqual([...Array<number>(9).fill(200), 429, 429, 429]);
    clock.advance(1_000);
    expect(await get()).toBe(200);
    expect(await get('another token')).toBe(401);
    clock.advance(4_000);
    await until(async () => expect(host.connectors[0]?.inDoubt).toEqual([]));
    clock.advance(1_000);
    expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(1);
  });
});
