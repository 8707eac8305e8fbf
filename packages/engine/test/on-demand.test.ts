import { expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import { findLink } from '../src/index.ts';
import { person } from './support/person.ts';
import { tutorialMappings } from './support/schema.ts';
import { ecma } from './support/target.ts';
import { workbench } from './support/workbench.ts';

forEachDatabase((_, open) => {
  test('E-81 one person on demand: previewed without a trace, created, then RedundantExport', async () => {
    const bench = await workbench(await open());
    bench.source.put('ann', person('ann'));
    const preview = await bench.preview('ann');
    expect(preview).toMatchObject({ result: 'Success', entry: { action: 'create' } });
    expect(bench.target.writes()).toEqual([]);
    expect(await bench.log()).toEqual([]);
    expect(await findLink(bench.database.drizzle, bench.key, 'ann')).toBeUndefined();

    const created = await bench.onDemand('ann');
    expect(created).toMatchObject({
      result: 'Success',
      errorCode: null,
      entry: { action: 'create', status: 'success' },
    });
    // The same plan: what was carried out has the steps of the preview, and the export after them.
    expect(created.entry.details.steps.slice(0, -1)).toEqual(preview.entry.details.steps);
    expect(created.entry.details.steps.at(-1)).toMatchObject({ name: 'EntryExportAdd', type: 'export' });
    expect(created.entry.details.modifiedProperties).toEqual(preview.entry.details.modifiedProperties);

    const again = await bench.onDemand('ann');
    expect(again).toMatchObject({ result: 'Skipped', errorCode: 'RedundantExport' });
    expect(again.errorMessage).toContain('already match');
    expect((await bench.log())[0]?.details.initiatedBy).toBe('Ada');
    expect((await bench.cycle()).counts).toMatchObject({ created: 0, skipped: 1 });
  });

  test('on demand disables who was unassigned, and says why others are left alone', async () => {
    const bench = await workbench(await open());
    bench.source.put('ann', person('ann'));
    bench.source.put('off', { ...person('off'), accountEnabled: false });
    await bench.onDemand('ann');
    bench.source.put('ann', { assigned: false });
    expect(await bench.onDemand('ann')).toMatchObject({ result: 'Success', entry: { action: 'disable' } });
    expect(await bench.onDemand('off')).toMatchObject({ result: 'Skipped', errorCode: 'NotEffectivelyEntitled' });
    await expect(bench.onDemand('nobody')).rejects.toMatchObject({ code: 'ENGINE_OBJECT_UNKNOWN' });
    bench.target.intercept = () => ({ status: 401, body: '' });
    bench.source.put('ann', { assigned: true });
    await expect(bench.onDemand('ann')).rejects.toMatchObject({ code: 'ENGINE_TARGET_DOWN' });
  });

  test('E-83 a secret is in no row of the database, whatever the target says back', async () => {
    const password = { from: 'Redact([employeeId])', to: `${ecma}:export_password` };
    const bench = await workbench(await open(), {
      mappings: [...tutorialMappings.filter(({ to }) => !to.endsWith(':EmployeeId')), password],
    });
    bench.source.put('ann', { attributes: { userPrincipalName: 'ann@contoso.com', employeeId: 'hunter22' } });
    bench.target.intercept = ({ method }) =>
      method === 'POST' ? { status: 400, body: '{"detail":"the password hunter22 is too short"}' } : undefined;
    const refused = await bench.onDemand('ann');
    expect(refused).toMatchObject({ result: 'Failure', errorCode: 'UnprocessableEntity' });
    bench.target.intercept = () => undefined;
    expect((await bench.onDemand('ann')).result).toBe('Success');
    const rows = JSON.stringify(await bench.log());
    expect(rows).toContain('is too short');
    expect(rows).toContain('[Redact]');
    expect(rows).not.toContain('hunter22');
  });
});
