import { expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { findLink, type TargetClient } from '../src/index.ts';
import { person } from './support/person.ts';
import { type Workbench, workbench } from './support/workbench.ts';

/** The target of a run that stands still before its first create until it is let go. */
function held(bench: Workbench): { readonly target: TargetClient; readonly reached: Promise<void>; letGo(): void } {
  const { client } = bench.target;
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const target: TargetClient = {
    ...client,
    async create(...args) {
      reached.resolve();
      await gate.promise;
      return client.create(...args);
    },
  };
  return { target, reached: reached.promise, letGo: () => gate.resolve() };
}

forEachDatabase((_, open) => {
  test('two requests for one person at once make one account', async () => {
    const bench = await workbench(await open());
    bench.source.put('ann', person('ann'));
    const { target, reached, letGo } = held(bench);
    const first = bench.onDemand('ann', { target });
    await reached;
    expect(await bench.onDemand('ann')).toMatchObject({ result: 'Failure', errorCode: 'Conflict' });
    letGo();
    expect(await first).toMatchObject({ result: 'Success', entry: { action: 'create' } });
    expect(bench.target.writes()).toHaveLength(1);
    expect(await bench.onDemand('ann')).toMatchObject({ errorCode: 'RedundantExport' });
  });

  test('two that both looked before either wrote make one account', async () => {
    const bench = await workbench(await open());
    bench.source.put('ann', person('ann'));
    const { client } = bench.target;
    let looking = 0;
    const both = Promise.withResolvers<void>();
    const target: TargetClient = {
      ...client,
      async find(...args) {
        const found = await client.find(...args);
        looking += 1;
        if (looking === 2) both.resolve();
        await both.promise;
        return found;
      },
    };
    const results = await Promise.all([bench.onDemand('ann', { target }), bench.onDemand('ann', { target })]);
    expect(results.map(({ result }) => result).sort()).toEqual(['Failure', 'Success']);
    expect(bench.target.writes()).toHaveLength(1);
  });

  test('a cycle leaves alone whom a request is provisioning, and the next one finds it done', async () => {
    const bench = await workbench(await open());
    bench.source.put('ann', person('ann'));
    bench.source.put('bob', person('bob'));
    const { target, reached, letGo } = held(bench);
    const request = bench.onDemand('ann', { target });
    await reached;
    expect((await bench.cycle()).counts).toMatchObject({ created: 1, failed: 1 });
    letGo();
    expect(await request).toMatchObject({ result: 'Success' });
    expect((await bench.cycle()).counts).toMatchObject({ read: 0, failed: 0 });
    expect(bench.target.writes()).toHaveLength(2);
    expect(await findLink(bench.database.drizzle, bench.key, 'ann')).toMatchObject({ intent: null, state: 'active' });
  });

  test('a run that hung while another took its cycle over commits nothing any more', async () => {
    const bench = await workbench(await open());
    for (let number = 100; number < 220; number++) bench.source.put(`p${number}`, person(`p${number}`));
    const { target, reached, letGo } = held(bench);
    const hung = bench.cycle({ target });
    const ended = expect(hung).rejects.toMatchObject({ code: 'ENGINE_CYCLE_TAKEN' });
    await reached;
    expect(await bench.cycle()).toMatchObject({ resumed: true, counts: { read: 120, created: 120 } });
    letGo();
    await ended;
    expect(await bench.target.all()).toHaveLength(120);
    const created = (await bench.log()).filter(({ action, status }) => action === 'create' && status === 'success');
    expect(created).toHaveLength(120);
    expect((await bench.cycle()).counts).toMatchObject({ read: 0, failed: 0 });
  });
});
