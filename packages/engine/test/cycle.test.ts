import { expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { ecma } from './support/target.ts';
import { person, workbench } from './support/workbench.ts';

forEachDatabase((_, open) => {
  test('E-2 an initial cycle creates everyone in scope and leaves a watermark', async () => {
    const bench = await workbench(await open());
    for (const name of ['ann', 'bob', 'cleo']) bench.source.put(name, person(name));
    const result = await bench.cycle();
    expect(result).toMatchObject({ kind: 'initial', counts: { read: 3, created: 3, failed: 0 }, settled: true });
    const all = await bench.target.all();
    expect(all).toHaveLength(3);
    expect(all[0]).toMatchObject({ [ecma]: { AzureObjectID: 'ann', UserName: 'ann@contoso.com', IsActive: true } });
    const again = await bench.cycle();
    expect(again.kind).toBe('incremental');
  });
});
