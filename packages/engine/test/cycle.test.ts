import { assertTablesMatch } from '@joinery/store';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import {
  deleteLink,
  findLink,
  pauseJob,
  readJob,
  readLastCycle,
  startJob,
  toProvisioningObjectSummary,
} from '../src/index.ts';
import { engineTables } from '../src/tables.ts';
import { person } from './support/person.ts';
import { tutorialMappings } from './support/schema.ts';
import { ecma } from './support/target.ts';
import { type Workbench, workbench } from './support/workbench.ts';

/** What the target holds, by user name without its domain. */
async function accounts(bench: Workbench): Promise<Record<string, unknown>> {
  const all = await bench.target.all();
  return Object.fromEntries(
    all.map((resource) => {
      const block = resource[ecma];
      const name = typeof block === 'object' && block !== null && 'UserName' in block ? String(block.UserName) : '';
      return [name.replace('@contoso.com', ''), block];
    }),
  );
}

forEachDatabase((_, open) => {
  test('the tables are those that the migrations make', async () => {
    const { database } = await workbench(await open());
    await assertTablesMatch(database, engineTables);
  });

  test('E-2 E-3 an initial cycle creates everyone in scope; without a change the next sends nothing', async () => {
    const bench = await workbench(await open());
    for (const name of ['ann', 'bob', 'cleo']) bench.source.put(name, person(name));
    bench.source.put('off', { ...person('off'), assigned: false });
    const { database, key, target, source } = bench;

    const initial = await bench.cycle();
    expect(initial).toMatchObject({ kind: 'initial', settled: true, resumed: false, guard: null });
    expect(initial.counts).toMatchObject({ read: 4, created: 3, skipped: 1, failed: 0 });
    expect(await accounts(bench)).toMatchObject({ ann: { AzureObjectID: 'ann', IsActive: true }, bob: {}, cleo: {} });
    expect(await readJob(database.drizzle, key)).toMatchObject({ state: 'Active', watermark: '4' });
    expect((await readLastCycle(database.drizzle, key))?.counts.created).toBe(3);

    target.requests.length = 0;
    source.fullReads = 0;
    const incremental = await bench.cycle();
    expect(incremental).toMatchObject({ kind: 'incremental', counts: { read: 0 } });
    expect(target.requests).toEqual([]);
    expect(source.fullReads).toBe(0);
  });

  test('an initial cycle tells the planner of its links: a page must not cost more the more links there are', async () => {
    const bench = await workbench(await open());
    for (const name of ['ann', 'bob']) bench.source.put(name, person(name));
    await bench.cycle();
    const known = await bench.database.drizzle.execute(
      sql`select reltuples from pg_class where relname = 'engine_link'`,
    );
    expect(known.rows).toEqual([{ reltuples: 2 }]);
  });

  test('E-12 E-41 a change is one export with what differs; its replay is RedundantExport', async () => {
    const bench = await workbench(await open());
    bench.source.put('ann', person('ann'));
    await bench.cycle();
    bench.target.requests.length = 0;
    bench.source.put('ann', { attributes: { jobTitle: 'Chief' } });
    bench.source.replay('ann');
    expect((await bench.cycle()).counts).toMatchObject({ read: 1, updated: 1 });
    expect(bench.target.writes()).toHaveLength(1);
    expect(bench.target.writes()[0]?.body).toContain('Chief');
    expect(bench.target.writes()[0]?.body).not.toContain('contoso');
    bench.source.replay('ann');
    expect((await bench.cycle()).counts).toMatchObject({ read: 1, updated: 0, skipped: 1 });
    const [newest] = await bench.log();
    expect(newest).toMatchObject({ action: 'other', status: 'skipped', details: { skipReason: 'RedundantExport' } });
  });

  test('E-48 E-51 E-55 leaving disables, purging deletes, returning enables the same object', async () => {
    const bench = await workbench(await open());
    for (const name of ['ann', 'bob', 'cleo']) bench.source.put(name, person(name));
    await bench.cycle();
    bench.source.put('ann', { assigned: false });
    bench.source.put('bob', { presence: 'softDeleted' });
    bench.source.purge('cleo');
    expect(await bench.cycle()).toMatchObject({
      counts: { disabled: 2, deleted: 1 },
      guard: { allow: true, staged: 3, threshold: 500 },
    });
    expect(await accounts(bench)).toEqual({
      ann: expect.objectContaining({ IsActive: false }),
      bob: expect.objectContaining({ IsActive: false }),
    });
    const before = await findLink(bench.database.drizzle, bench.key, 'ann');
    expect(before).toMatchObject({ state: 'released' });
    bench.source.put('ann', { assigned: true });
    bench.source.purge('bob');
    expect((await bench.cycle()).counts).toMatchObject({ updated: 1, deleted: 1 });
    expect(await accounts(bench)).toEqual({ ann: expect.objectContaining({ IsActive: true }) });
    expect(await findLink(bench.database.drizzle, bench.key, 'ann')).toEqual({ ...before, state: 'active' });
    expect(await findLink(bench.database.drizzle, bench.key, 'bob')).toBeUndefined();
  });

  test('E-59 E-61 E-62 at the threshold nothing is taken away, and everything once it is allowed', async () => {
    const bench = await workbench(await open(), { settings: { deleteThreshold: 3 } });
    for (const name of ['ann', 'bob', 'cleo', 'dan']) bench.source.put(name, person(name));
    await bench.cycle();
    bench.target.requests.length = 0;
    bench.source.put('ann', { assigned: false });
    bench.source.put('bob', { assigned: false });
    bench.source.purge('cleo');
    bench.source.put('dan', { attributes: { jobTitle: 'Chief' } });
    expect(await bench.cycle()).toMatchObject({
      counts: { updated: 1, disabled: 0, deleted: 0, held: 3 },
      guard: { allow: false, staged: 3, threshold: 3 },
    });
    expect(bench.target.writes()).toHaveLength(1);
    expect((await bench.log()).slice(0, 3).map(({ action }) => action)).toEqual(Array(3).fill('stagedDelete'));

    // The next cycle counts its own; what was held stays held.
    bench.source.put('dan', { assigned: false });
    expect(await bench.cycle()).toMatchObject({ counts: { disabled: 1 }, guard: { allow: true, staged: 1 } });

    // Who came back before it was allowed is not touched.
    bench.source.put('bob', { assigned: true });
    await bench.restart('ForceDeletes');
    expect(await bench.cycle()).toMatchObject({ kind: 'incremental', counts: { disabled: 1, deleted: 1 } });
    expect(await accounts(bench)).toEqual({
      ann: expect.objectContaining({ IsActive: false }),
      bob: expect.objectContaining({ IsActive: true }),
      dan: expect.objectContaining({ IsActive: false }),
    });
    expect(await readJob(bench.database.drizzle, bench.key)).toMatchObject({ forceDeletes: false });
  });

  test('E-26 E-29 E-32 matching tries priorities in turn, by mapped value, with any character in it', async () => {
    const quoted = 'ann "o\\"@contoso.com';
    const bench = await workbench(await open(), {
      mappings: [
        { from: '[employeeId]', to: `${ecma}:EmployeeId`, match: 1 },
        { from: 'ToLower([userPrincipalName])', to: `${ecma}:UserName`, match: 2 },
      ],
    });
    const { signal } = new AbortController();
    const add = (id: string, name: string) =>
      bench.target.client.create('/Users', { [ecma]: { AzureObjectID: id, UserName: name } }, signal);
    const existing = await add('1', quoted);
    await add('2', 'twin@contoso.com');
    await add('3', 'twin@contoso.com');
    bench.target.requests.length = 0;
    bench.source.put('ann', { attributes: { userPrincipalName: quoted.toUpperCase(), employeeId: '7' } });
    bench.source.put('twin', { attributes: { userPrincipalName: 'twin@contoso.com' } });
    bench.source.put('void', { attributes: {} });

    expect((await bench.cycle()).counts).toMatchObject({ created: 0, updated: 1, failed: 1, skipped: 1 });
    const asked = bench.target.requests.filter(
      ({ method, path }) => method === 'GET' && path.includes('ann') === false,
    );
    expect(asked[0]?.path).toContain('EmployeeId eq "7"');
    expect(bench.target.writes()).toMatchObject([{ method: 'PATCH', path: `/Users/${existing.id}` }]);
    const rows = new Map((await bench.log()).map((row) => [row.sourceId, row]));
    expect(rows.get('twin')).toMatchObject({ status: 'failure', errorCode: 'DuplicateTargetEntries' });
    expect(rows.get('void')).toMatchObject({ status: 'skipped', errorCode: 'ImportSkipped' });
    const tried = rows
      .get('ann')
      ?.details.steps.filter(({ name, type }) => name === 'EntryImport' && type === 'matching');
    expect(tried?.map(({ details }) => details.MatchingAttribute)).toEqual([`${ecma}:EmployeeId`, `${ecma}:UserName`]);
  });

  test('E-71 two people with one matching value, and a refused one, do not stop the others', async () => {
    const bench = await workbench(await open());
    bench.source.put('a1', person('ann'));
    bench.source.put('a2', { attributes: { userPrincipalName: 'ANN@contoso.com' } });
    for (const name of ['bad', 'bob']) bench.source.put(name, person(name));
    bench.target.intercept = ({ method, body }) =>
      method === 'POST' && body?.includes('bad@') === true
        ? { status: 400, body: '{"detail":"no such title"}' }
        : undefined;
    expect((await bench.cycle()).counts).toMatchObject({ created: 2, failed: 2 });
    const rows = new Map((await bench.log()).map((row) => [row.sourceId, row]));
    expect(rows.get('a2')).toMatchObject({ errorCode: 'DuplicateSourceEntries' });
    expect(rows.get('bad')).toMatchObject({ errorCode: 'UnprocessableEntity', status: 'failure' });
    expect(rows.get('bad')?.details.error?.reason).toContain('no such title');
    expect(await findLink(bench.database.drizzle, bench.key, 'bad')).toBeUndefined();
  });

  test('a target that is down stops the cycle where it is; the next run goes on and nobody is created twice', async () => {
    const bench = await workbench(await open());
    for (let number = 100; number < 250; number++) bench.source.put(`p${number}`, person(`p${number}`));
    let posts = 0;
    bench.target.intercept = ({ method }) => {
      if (method === 'POST') posts += 1;
      return posts > 100 ? { status: 503, body: '' } : undefined;
    };
    await expect(bench.cycle()).rejects.toMatchObject({ code: 'ENGINE_TARGET_DOWN' });
    expect(Object.keys(await accounts(bench))).toHaveLength(100);
    bench.target.intercept = () => undefined;
    const result = await bench.cycle();
    expect(result).toMatchObject({ resumed: true, counts: { read: 150, created: 150 } });
    expect(await bench.target.all()).toHaveLength(150);
  });

  test('E-13 an expired watermark reads everything and finds who is gone', async () => {
    const bench = await workbench(await open());
    for (const name of ['ann', 'bob']) bench.source.put(name, person(name));
    await bench.cycle();
    bench.source.purge('bob');
    bench.source.expire();
    expect(await bench.cycle()).toMatchObject({ kind: 'initial', counts: { deleted: 1, skipped: 1 } });
    expect(Object.keys(await accounts(bench))).toEqual(['ann']);
    expect(await bench.cycle()).toMatchObject({ kind: 'incremental', counts: { read: 0 } });
  });

  test('E-6 E-8 E-9 E-31 a new mapping and a restart make the next cycle initial; Full matches again', async () => {
    const bench = await workbench(await open());
    const { database, key } = bench;
    bench.source.put('ann', person('ann'));
    await bench.cycle();
    const link = await findLink(database.drizzle, key, 'ann');
    await bench.schema({ mappings: tutorialMappings.filter(({ to }) => !to.endsWith(':Email')) });
    bench.target.requests.length = 0;
    expect(await bench.cycle()).toMatchObject({ kind: 'initial', counts: { skipped: 1 } });
    expect(bench.target.requests.map(({ path }) => path)).toEqual([`/Users/${link?.targetId}`]);
    expect(await findLink(database.drizzle, key, 'ann')).toEqual(link);

    await bench.restart('Full');
    expect(await findLink(database.drizzle, key, 'ann')).toBeUndefined();
    bench.target.requests.length = 0;
    expect(await bench.cycle()).toMatchObject({ kind: 'initial', counts: { created: 0 } });
    expect(bench.target.requests[0]?.path).toContain('UserName eq "ann@contoso.com"');
    expect(await findLink(database.drizzle, key, 'ann')).toEqual(link);

    await bench.target.client.delete('/Users', link?.targetId ?? '', new AbortController().signal);
    bench.source.replay('ann');
    await bench.cycle();
    expect((await bench.log())[0]).toMatchObject({ errorCode: 'InvalidAnchor' });
    await deleteLink(database.drizzle, key, link?.targetId ?? '');
    bench.source.replay('ann');
    expect((await bench.cycle()).counts).toMatchObject({ created: 1 });
  });

  test('E-4 E-5 a paused job begins no cycle, and goes on without a full read once started', async () => {
    const bench = await workbench(await open());
    bench.source.put('ann', person('ann'));
    await bench.cycle();
    await pauseJob(bench.database.drizzle, bench.key);
    await expect(bench.cycle()).rejects.toMatchObject({ code: 'ENGINE_JOB_PAUSED' });
    await startJob(bench.database.drizzle, bench.key);
    expect((await bench.cycle()).kind).toBe('incremental');
  });

  test('E-82 every change has its id, the newest row comes first, and a row prints as Graph has it', async () => {
    const bench = await workbench(await open());
    bench.source.put('ann', person('ann'));
    await bench.cycle();
    bench.clock.advance(60_000);
    bench.source.put('ann', { attributes: { jobTitle: 'Chief' } });
    await bench.cycle();
    const rows = await bench.log();
    expect(rows.map(({ action }) => action)).toEqual(['update', 'create']);
    expect(new Set(rows.map(({ changeId }) => changeId)).size).toBe(2);
    const [row] = rows;
    if (row === undefined) throw new Error('There is no log row.');
    const application = { servicePrincipalId: 'principal', applicationId: 'application', displayName: 'App' };
    expect(toProvisioningObjectSummary(row, application)).toMatchObject({
      activityDateTime: '2026-01-01T00:01:00.000Z',
      provisioningAction: 'update',
      provisioningStatusInfo: { status: 'success', errorInformation: null },
      modifiedProperties: [{ displayName: `${ecma}:Title`, oldValue: 'Clerk', newValue: 'Chief' }],
      sourceIdentity: { id: 'ann', displayName: 'ann', identityType: 'User' },
      targetSystem: { displayName: 'Application' },
    });
    expect(row.details.steps.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'EntryImport import',
      'EntrySynchronizationScoping scoping',
      'EntryImport matching',
      'EntrySynchronizationUpdate processing',
      'EntryExportUpdate export',
    ]);
  });
});
