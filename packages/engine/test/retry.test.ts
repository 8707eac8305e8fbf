import { problem } from '@joinery/problems';
import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { nextAttempt } from '../src/escrow/schedule.ts';
import { findLink, readJob } from '../src/index.ts';
import { person } from './support/person.ts';
import { tutorialMappings } from './support/schema.ts';
import { ecma, type SeenRequest } from './support/target.ts';
import { type Workbench, workbench } from './support/workbench.ts';

const hour = 3_600_000;

/** The target refuses writes to whom `body` names, and works otherwise. */
function refuse(bench: Workbench, status: number, named: string): void {
  bench.target.intercept = ({ method, body, path }: SeenRequest) =>
    method !== 'GET' && `${path} ${body}`.includes(named) ? { status, body: '' } : undefined;
}

async function activeOf(bench: Workbench): Promise<Record<string, unknown>> {
  const all = JSON.parse(JSON.stringify(await bench.target.all()));
  return Object.fromEntries(
    all.map((user: Record<string, Record<string, unknown>>) => [user[ecma]?.AzureObjectID, user[ecma]?.IsActive]),
  );
}

describe('when an object that failed is tried again', () => {
  const firstFailedAt = new Date(0);
  const data = problem('ENGINE_VALUE_INVALID', 'No number.');

  test('a fault of the data: 6, 12, 24 hours after the first, then daily for 28 days', () => {
    const hours = [1, 2, 3, 4, 5].map((failures) => {
      const at = nextAttempt({ failures, firstFailedAt }, data, firstFailedAt);
      return (at?.getTime() ?? 0) / hour;
    });
    expect(hours).toEqual([6, 12, 24, 48, 72]);
    expect(nextAttempt({ failures: 30, firstFailedAt }, data, new Date(28 * 24 * hour))).toBeNull();
  });

  test('a fault that may pass by itself: with the next cycle', () => {
    const busy = problem('ENGINE_OBJECT_BUSY', 'Busy.');
    expect(nextAttempt({ failures: 7, firstFailedAt }, busy, new Date(hour))).toEqual(new Date(hour));
  });
});

forEachDatabase((_, open) => {
  test('a create, an update and a disable that failed for a moment are made up for by the next cycle, with nothing in the feed', async () => {
    const bench = await workbench(await open());
    for (const name of ['ann', 'bob']) bench.source.put(name, person(name));
    await bench.cycle();
    bench.source.put('ann', { assigned: false });
    bench.source.put('bob', { attributes: { jobTitle: 'Chief' } });
    bench.source.put('cleo', person('cleo'));
    bench.target.intercept = ({ method }) => (method === 'GET' ? undefined : { status: 503, body: '' });
    expect((await bench.cycle()).counts).toMatchObject({ failed: 3, disabled: 0 });
    expect(await activeOf(bench)).toEqual({ ann: true, bob: true });

    bench.target.intercept = () => undefined;
    expect(await bench.cycle()).toMatchObject({
      kind: 'incremental',
      counts: { created: 1, updated: 1, disabled: 1, failed: 0 },
      guard: { allow: true, staged: 1 },
    });
    expect(await activeOf(bench)).toEqual({ ann: false, bob: true, cleo: true });
    bench.target.requests.length = 0;
    expect((await bench.cycle()).counts.read).toBe(0);
    expect(bench.target.requests).toEqual([]);
  });

  test('E-10 what the target refuses waits its hours, is told once an attempt, and Escrows lets go of it', async () => {
    const bench = await workbench(await open());
    bench.source.put('ann', person('ann'));
    refuse(bench, 400, 'ann');
    expect((await bench.cycle()).counts.failed).toBe(1);
    expect((await bench.cycle()).counts.read).toBe(0);
    await bench.clock.advance(6 * hour);
    expect((await bench.cycle()).counts).toMatchObject({ read: 1, failed: 1 });
    expect((await bench.cycle()).counts.read).toBe(0);
    await bench.restart('Escrows');
    await bench.clock.advance(100 * hour);
    bench.target.intercept = () => undefined;
    expect(await bench.cycle()).toMatchObject({ kind: 'incremental', counts: { read: 0 } });
    bench.source.replay('ann');
    expect((await bench.cycle()).counts.created).toBe(1);
  });

  test('a target that stops in a page with a purge in it stops the cycle; nobody is failed or lost', async () => {
    const bench = await workbench(await open());
    for (const name of ['ann', 'bob', 'cleo']) bench.source.put(name, person(name));
    await bench.cycle();
    bench.source.purge('ann');
    bench.source.put('bob', { attributes: { jobTitle: 'Chief' } });
    bench.target.intercept = () => ({ status: 500, body: '<html>' });
    await expect(bench.cycle()).rejects.toMatchObject({ code: 'ENGINE_TARGET_DOWN' });
    bench.target.intercept = () => undefined;
    expect((await bench.cycle()).counts).toMatchObject({ updated: 1, deleted: 1, failed: 0 });
  });

  test('a purged person is in the log by name, deleted and held back alike', async () => {
    const bench = await workbench(await open(), { settings: { deleteThreshold: 2 } });
    for (const name of ['ann', 'bob', 'cleo']) {
      bench.source.put(name, { attributes: { ...person(name).attributes, displayName: `Dr. ${name}` } });
    }
    await bench.cycle();
    bench.source.purge('ann');
    await bench.cycle();
    expect((await bench.log())[0]).toMatchObject({ action: 'delete', sourceId: 'ann', sourceName: 'Dr. ann' });
    for (const name of ['bob', 'cleo']) bench.source.purge(name);
    await bench.cycle();
    const held = (await bench.log()).slice(0, 2);
    expect(held.map(({ action, sourceName }) => `${action} ${sourceName}`).sort()).toEqual([
      'stagedDelete Dr. bob',
      'stagedDelete Dr. cleo',
    ]);
  });

  describe('a create whose answer never came', () => {
    /** The account is made, the answer is lost. */
    async function inDoubt(bench: Workbench): Promise<void> {
      const { client } = bench.target;
      const lossy = {
        ...client,
        create: async (...args: Parameters<typeof client.create>) => {
          await client.create(...args);
          throw problem('SCIM_TARGET_UNREACHABLE', 'The connection broke.');
        },
      };
      bench.source.put('ann', person('ann'));
      expect((await bench.cycle({ target: lossy })).counts.failed).toBe(1);
      expect(await findLink(bench.database.drizzle, bench.key, 'ann')).toMatchObject({ targetId: null });
    }

    test('is found by the values it was sent with when the person is gone for good', async () => {
      const bench = await workbench(await open());
      await inDoubt(bench);
      bench.source.purge('ann');
      expect((await bench.cycle()).counts).toMatchObject({ deleted: 1 });
      expect(await bench.target.all()).toEqual([]);
      expect(await findLink(bench.database.drizzle, bench.key, 'ann')).toBeUndefined();
    });

    test('is deleted when the person leaves and the target cannot disable', async () => {
      const bench = await workbench(await open(), { settings: { targetCanDisable: false } });
      await inDoubt(bench);
      bench.source.put('ann', { assigned: false });
      expect((await bench.cycle()).counts).toMatchObject({ deleted: 1 });
      expect(await bench.target.all()).toEqual([]);
    });

    test('is taken up by the next cycle without a change, and told as the create it was', async () => {
      const bench = await workbench(await open());
      await inDoubt(bench);
      expect((await bench.cycle()).counts).toMatchObject({ created: 1, failed: 0 });
      expect(bench.target.writes()).toHaveLength(1);
    });
  });

  test('a mapping saved during the very first cycle leaves the job active, with an initial cycle next', async () => {
    const bench = await workbench(await open());
    bench.source.put('ann', person('ann'));
    const { client } = bench.target;
    const target = {
      ...client,
      create: async (...args: Parameters<typeof client.create>) => {
        await bench.schema({ mappings: tutorialMappings.slice(0, 2) });
        return client.create(...args);
      },
    };
    expect(await bench.cycle({ target })).toMatchObject({ settled: false });
    expect(await readJob(bench.database.drizzle, bench.key)).toMatchObject({ state: 'Active', watermark: null });
    expect(await bench.cycle()).toMatchObject({ kind: 'initial', settled: true });
  });
});
