import { expect, test } from 'vitest';
import type { ScimCaller } from './support/caller.ts';
import { type FixtureTarget, fixtureConnector } from './support/fixture-connector.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { csv, HEADER, person, TestHome } from './support/home.ts';
import { TREE, TreeTarget } from './support/tree-target.ts';

async function total(scim: ScimCaller): Promise<number> {
  return (await scim.get('/Users?count=0')).body.totalResults;
}

function people(count: number): { readonly prepare: (target: FixtureTarget) => void } {
  return {
    prepare: (target) => {
      for (let number = 0; number < count; number += 1) target.put(`id-${number}`, { title: 'Pilot' });
    },
  };
}

function idOf(anchor: string): string {
  return Buffer.from(`S${anchor}`).toString('base64url');
}

const rows = Array.from({ length: 100 }, (_, number) => person(number));

test('an import that would delete more than ten percent is held back with a report that survives a restart', async () => {
  const home = await TestHome.create();
  await home.write(csv(...rows));
  const { host } = await home.call();
  await home.write(csv(...rows.slice(11)));
  const held = await host.run('CSV', 'full');
  const report = {
    outcome: 'heldBack',
    deletes: 11,
    detail: expect.stringContaining('would delete 11 of 100 objects; 10 are allowed'),
    held: [
      { guard: 'deletes', count: 11, of: 100, allowed: 10, examples: rows.slice(0, 11).map((_, n) => idOf(`id-${n}`)) },
    ],
  };
  expect(held).toMatchObject(report);
  const [line] = await host.history('CSV', 1, AbortSignal.timeout(5_000));
  expect(line).toMatchObject(report);
  await host.close();
  const { host: again, scim } = await home.call();
  expect(again.connectors[0]?.lastImport).toMatchObject(report);
  expect(await total(scim)).toBe(100);
  expect(await again.accept('CSV')).toMatchObject({ outcome: 'finished', deletes: 11 });
  expect(await total(scim)).toBe(89);
});

test('an import that finds nobody after one that found somebody is held back, also where few are known', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const { host, scim } = await home.call();
  await home.write(`${HEADER}\n`);
  expect(await host.run('CSV', 'full')).toMatchObject({
    outcome: 'heldBack',
    held: [{ guard: 'empty', count: 1, examples: [idOf('id-1')] }],
  });
  expect(await total(scim)).toBe(1);
  expect(await host.accept('CSV')).toMatchObject({ outcome: 'finished', deletes: 1 });
  expect(await total(scim)).toBe(0);
});

test('an import that blanks an attribute of more than ten percent is held back, and names attribute and objects', async () => {
  const home = await TestHome.create();
  await home.write(csv(...rows));
  const { host, scim } = await home.call();
  await home.write(csv(...rows.map((row, number) => (number < 11 ? row.replace('Engineer', '') : row))));
  expect(await host.run('CSV', 'full')).toMatchObject({
    outcome: 'heldBack',
    updates: 11,
    held: [{ guard: 'blanks', attribute: 'Title', count: 11, of: 100, allowed: 10, examples: { length: 11 } }],
  });
  expect((await scim.find('Title eq "Engineer"')).body.totalResults).toBe(100);
  await home.write(csv(...rows.map((row, number) => (number < 10 ? row.replace('Engineer', '') : row))));
  expect(await host.run('CSV', 'full')).toMatchObject({ outcome: 'finished', updates: 10 });
});

test('attributes are counted one by one, and a value that changes is not lost', async () => {
  const { target, host } = await fixtureHost({}, {}, people(100));
  for (let number = 0; number < 40; number += 1) target.put(`id-${number}`, { title: 'Captain' });
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', updates: 40 });
  for (let number = 0; number < 20; number += 1)
    target.put(`id-${number}`, { title: 'Captain', userName: `u${number}` });
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', updates: 20 });
  for (let number = 0; number < 10; number += 1) target.put(`id-${number}`, { userName: `u${number}` });
  for (let number = 10; number < 20; number += 1) target.put(`id-${number}`, { title: 'Captain' });
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', updates: 20, held: [] });
});

test('an attribute that is taken out of the selection is not blanked, one that the target has lost is', async () => {
  const { target, home, host } = await fixtureHost({}, {}, people(100));
  await host.close();
  await home.configure(fixtureConnector({ attributes: [{ name: 'id' }, { name: 'userName' }] }));
  const again = await home.start();
  expect(again.connectors[0]).toMatchObject({ state: 'serving', lastImport: { outcome: 'finished', updates: 100 } });
  await again.close();
  await home.configure(fixtureConnector());
  const third = await home.start();
  expect(third.connectors[0]?.lastImport).toMatchObject({ outcome: 'finished', updates: 100 });
  for (let number = 0; number < 11; number += 1) target.put(`id-${number}`);
  expect(await third.run('fixture', 'full')).toMatchObject({ outcome: 'heldBack', held: [{ attribute: 'title' }] });
});

test('five may always go, and five may always be blanked', async () => {
  const { target, host, scim } = await fixtureHost({}, {}, people(11));
  for (let number = 0; number < 5; number += 1) target.objects.delete(`id-${number}`);
  for (let number = 5; number < 10; number += 1) target.put(`id-${number}`);
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', deletes: 5, updates: 5 });
  expect(await total(scim)).toBe(6);
});

test('never more than 500 go, however many there are', async () => {
  const { target, host } = await fixtureHost({}, { pageSize: 5_000 }, people(6_000));
  for (let number = 0; number < 501; number += 1) target.objects.delete(`id-${number}`);
  expect(await host.run('fixture', 'full')).toMatchObject({
    outcome: 'heldBack',
    held: [{ count: 501, allowed: 500 }],
  });
  target.put('id-0');
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', deletes: 500 });
});

test('settings of the connector file say what may go', async () => {
  const importGuard = { maxDeletes: 1_000, maxDeletePercent: 50, maxBlankPercent: 100 };
  const { target, host } = await fixtureHost({}, { importGuard }, people(100));
  for (let number = 0; number < 50; number += 1) target.objects.delete(`id-${number}`);
  for (let number = 50; number < 100; number += 1) target.put(`id-${number}`);
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', deletes: 50, updates: 50 });
});

test('an accepted import is held back again when it would lose more than was looked at and the few', async () => {
  const { target, host, scim } = await fixtureHost({}, {}, people(100));
  for (let number = 0; number < 20; number += 1) target.objects.delete(`id-${number}`);
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'heldBack', held: [{ count: 20 }] });
  for (let number = 20; number < 26; number += 1) target.objects.delete(`id-${number}`);
  expect(await host.accept('fixture')).toMatchObject({ outcome: 'heldBack', held: [{ count: 26 }] });
  expect(await total(scim)).toBe(100);
  for (let number = 26; number < 31; number += 1) target.objects.delete(`id-${number}`);
  expect(await host.accept('fixture')).toMatchObject({ outcome: 'finished', deletes: 31 });
});

test('who accepts that some are deleted has not accepted that others are blanked', async () => {
  const { target, host } = await fixtureHost({}, {}, people(100));
  for (let number = 0; number < 20; number += 1) target.objects.delete(`id-${number}`);
  await host.run('fixture', 'full');
  for (let number = 20; number < 40; number += 1) target.put(`id-${number}`);
  expect(await host.accept('fixture')).toMatchObject({
    outcome: 'heldBack',
    held: [{ guard: 'deletes' }, { guard: 'blanks', attribute: 'title' }],
    detail: expect.not.stringContaining('would delete'),
  });
  expect(await host.accept('fixture')).toMatchObject({ outcome: 'finished', deletes: 20, updates: 20 });
});

test('an import that is cancelled by the end of the host leaves the content, and is in the history', async () => {
  const { target, home, host } = await fixtureHost({}, { pageSize: 10 }, people(100));
  target.objects.clear();
  for (let number = 100; number < 150; number += 1) target.put(`id-${number}`);
  const second = gate();
  target.onImportPage = (page) => {
    if (page === 2) second.open();
    return page === 2 ? new Promise(() => {}) : undefined;
  };
  const running = host.run('fixture', 'full');
  await second.opened;
  await host.close();
  expect(await running).toMatchObject({ outcome: 'cancelled' });
  target.onImportPage = () => {};
  const { host: again, scim } = await home.call('fixture');
  expect(await total(scim)).toBe(100);
  expect((await again.history('fixture', 1, AbortSignal.timeout(5_000)))[0]?.outcome).toBe('cancelled');
});

test('a run that brings more than its profile allows fails and changes nothing', async () => {
  const { target, host, scim } = await fixtureHost(
    {},
    { pageSize: 2, runProfiles: { full: { objectLimit: 5 } } },
    people(5),
  );
  target.put('id-5');
  expect(await host.run('fixture', 'full')).toMatchObject({
    outcome: 'failed',
    problem: { code: 'HOST_IMPORT_OVER_LIMIT', detail: expect.stringContaining('"objectLimit" is 5') },
  });
  expect(await total(scim)).toBe(5);
});

test('an import that brings nothing of one type is held back, however many there are of another', async () => {
  const target = new TreeTarget();
  for (let number = 0; number < 100; number += 1) target.put('person', `p${number}`, `CN=P${number},OU=People`);
  for (let number = 0; number < 6; number += 1) target.put('group', `g${number}`, `CN=G${number},OU=G`, { cn: ['G'] });
  const home = await TestHome.create({ kinds: [target.kind], connectors: [TREE] });
  const host = await home.start();
  target.nodes.splice(100);
  expect(await host.run('tree', 'full')).toMatchObject({
    outcome: 'heldBack',
    detail: expect.stringContaining('brought nothing of the type "Group"; 6 would be deleted'),
    held: [{ guard: 'empty', type: 'Group', count: 6, of: 6 }],
  });
  expect(host.connectors[0]?.objects).toBe(106);
  expect(await host.accept('tree')).toMatchObject({ outcome: 'finished', deletes: 6 });
  expect(host.connectors[0]?.objects).toBe(100);
});

test('an import that would lose most objects of one type is held back, however many there are of another', async () => {
  const target = new TreeTarget();
  for (let number = 0; number < 400; number += 1) target.put('person', `p${number}`, `CN=P${number},OU=People`);
  for (let number = 0; number < 30; number += 1) target.put('group', `g${number}`, `CN=G${number},OU=G`, { cn: ['G'] });
  const home = await TestHome.create({ kinds: [target.kind], connectors: [TREE] });
  const host = await home.start();
  target.nodes.splice(401);
  expect(await host.run('tree', 'full')).toMatchObject({
    outcome: 'heldBack',
    detail: expect.stringContaining('would delete 29 of 30 objects of the type "Group"; 5 are allowed'),
    held: [{ guard: 'deletes', type: 'Group', count: 29, of: 30, allowed: 5 }],
  });
  expect(await host.accept('tree')).toMatchObject({ outcome: 'finished', deletes: 29 });
});
