import type { AttributeChange, AttributeValue, CSEntryChange, ObjectModificationType } from '@joinery/connector';
import { expect, test } from 'vitest';
import { type ScimCaller, URN } from './support/caller.ts';
import type { FixtureTarget } from './support/fixture-connector.ts';
import { fixtureHost } from './support/fixture-host.ts';
import { csv, person, TestHome, TUTORIAL } from './support/home.ts';

const delta = { runProfiles: { delta: {} } } as const;
const { signal } = new AbortController();

function entry(
  operation: ObjectModificationType,
  id: string,
  changes: Readonly<Record<string, AttributeValue | AttributeChange>> = {},
  more: Partial<CSEntryChange> = {},
): CSEntryChange {
  return {
    identifier: `${operation} ${id}`,
    objectType: 'user',
    objectModificationType: operation,
    anchorAttributes: [{ name: 'id', value: id }],
    attributeChanges: Object.entries(changes).map(([name, value]) =>
      isChange(value)
        ? { ...value, name }
        : {
            name,
            modificationType: operation === 'Update' ? 'Replace' : 'Add',
            valueChanges: [{ value, modificationType: 'Add' }],
          },
    ),
    ...more,
  };
}

function isChange(value: AttributeValue | AttributeChange): value is AttributeChange {
  return typeof value === 'object' && 'valueChanges' in value;
}

/** The extension's attributes of every user, by anchor. */
async function users(scim: ScimCaller): Promise<Record<string, unknown>> {
  const { body } = await scim.get('/Users?count=1000');
  return Object.fromEntries(body.Resources.map((each: Record<string, { id: string }>) => [each[URN]?.id, each[URN]]));
}

function prepared(...ids: readonly string[]): { readonly prepare: (target: FixtureTarget) => void } {
  return {
    prepare: (target) => {
      for (const id of ids) target.put(id, { title: 'Pilot', userName: id });
    },
  };
}

test('H-32 a delta makes changes outside visible: what was added, replaced and deleted, and nothing else is touched', async () => {
  const { target, host, scim } = await fixtureHost({ delta: true }, delta, prepared('a', 'b', 'c'));
  target.changes.push(
    entry('Add', 'd', { title: 'New' }),
    entry('Replace', 'a', { title: 'Captain' }),
    entry('Delete', 'b'),
  );
  expect(await host.run('fixture', 'delta')).toMatchObject({
    kind: 'deltaImport',
    outcome: 'finished',
    adds: 1,
    updates: 1,
    deletes: 1,
    unchanged: 0,
    watermark: '3',
  });
  expect(await users(scim)).toEqual({
    a: { id: 'a', title: 'Captain' },
    c: { id: 'c', title: 'Pilot', userName: 'c' },
    d: { id: 'd', title: 'New' },
  });
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(3);
  expect(target.imports).toBe(1);
  expect(await host.run('fixture', 'delta')).toMatchObject({ adds: 0, updates: 0, deletes: 0, watermark: '3' });
  expect(target.deltas).toEqual(['0', '3']);
});

test('an Update says what changed: other attributes stay, values of a list come and go, an attribute is deleted', async () => {
  const { target, host, scim } = await fixtureHost({ delta: true }, delta, {
    prepare: (made) => made.put('a', { title: 'Pilot', userName: 'ann', objectClass: ['x', 'y'] }),
  });
  const list: AttributeChange = {
    name: 'objectClass',
    modificationType: 'Update',
    valueChanges: [
      { value: 'z', modificationType: 'Add' },
      { value: 'x', modificationType: 'Delete' },
    ],
  };
  const none: AttributeChange = { name: 'userName', modificationType: 'Delete', valueChanges: [] };
  target.changes.push(entry('Update', 'a', { title: 'Captain', objectClass: list, userName: none }));
  expect(await host.run('fixture', 'delta')).toMatchObject({ outcome: 'finished', updates: 1, renames: 0 });
  expect(await users(scim)).toEqual({ a: { id: 'a', title: 'Captain', objectClass: ['y', 'z'] } });
});

test('a partial change of somebody who refers to somebody leaves the reference, and a new reference is an id for callers', async () => {
  const attributes = [{ name: 'id' }, { name: 'title' }, { name: 'manager', type: 'Reference' }] as const;
  const { target, host, scim } = await fixtureHost(
    { delta: true, attributes },
    { ...delta, attributes },
    {
      prepare: (made) => {
        made.put('a');
        made.put('b', { manager: 'a' });
      },
    },
  );
  const idOf = (anchor: string): string => Buffer.from(`S${anchor}`).toString('base64url');
  target.changes.push(entry('Update', 'b', { title: 'Pilot' }), entry('Add', 'c', { manager: 'b' }));
  expect(await host.run('fixture', 'delta')).toMatchObject({ outcome: 'finished', adds: 1, updates: 1 });
  expect(await users(scim)).toMatchObject({ b: { title: 'Pilot', manager: idOf('a') }, c: { manager: idOf('b') } });
});

test('a delta that tells of one object several times ends with its last word, whatever page it stands on', async () => {
  const { target, host, scim } = await fixtureHost({ delta: true }, { ...delta, pageSize: 2 }, prepared('a', 'b', 'c'));
  target.changes.push(
    entry('Update', 'a', { title: '1' }),
    entry('Update', 'a', { userName: 'anna' }),
    entry('Update', 'a', { title: '3' }),
    entry('Add', 'd', { title: '1' }),
    entry('Delete', 'b'),
    entry('Update', 'd', { userName: 'dora' }),
    entry('Add', 'b', { title: 'back' }),
    entry('Replace', 'c', { title: '1' }),
    entry('Delete', 'c'),
    entry('Add', 'e', { title: '1' }),
    entry('Delete', 'e'),
  );
  expect(await host.run('fixture', 'delta')).toMatchObject({ outcome: 'finished', failed: 0 });
  expect(await users(scim)).toEqual({
    a: { id: 'a', title: '3', userName: 'anna' },
    b: { id: 'b', title: 'back' },
    d: { id: 'd', title: '1', userName: 'dora' },
  });
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(3);
});

test('another DN of the same object is a rename: the id stays', async () => {
  const { target, host, scim } = await fixtureHost(
    { delta: true, traits: { distinguishedNameStyle: 'Ldap' } },
    { ...delta, attributes: [{ name: 'id' }, { name: 'title' }, { name: '-dn-' }] },
    {
      prepare: (made) => {
        made.put('a', { title: 'Pilot' });
        made.objects.set('a', { values: new Map([['id', ['a']]]), dn: 'cn=a,ou=one' });
      },
    },
  );
  const id = (await scim.get('/Users')).body.Resources[0].id;
  target.changes.push(entry('Update', 'a', {}, { dn: 'cn=a,ou=two', previousDn: 'cn=a,ou=one' }));
  expect(await host.run('fixture', 'delta')).toMatchObject({ outcome: 'finished', updates: 1, renames: 1 });
  expect((await scim.get(`/Users/${id}`)).body[URN]).toMatchObject({ id: 'a', '-dn-': 'cn=a,ou=two' });
});

test('another anchor of the same object keeps its id, over full imports too, and its old anchor is free for somebody else', async () => {
  const { target, home, host, scim } = await fixtureHost(
    { delta: true, traits: { rename: true } },
    delta,
    prepared('ann', 'bob'),
  );
  const { id } = (await scim.find('userName eq "ann"')).body.Resources[0];
  target.changes.push(
    entry('Update', 'ann', { id: 'anna', title: 'Captain' }),
    entry('Update', 'anna', { userName: 'anna' }),
    entry('Add', 'ann', { title: 'New' }),
  );
  expect(await host.run('fixture', 'delta')).toMatchObject({ outcome: 'finished', adds: 1, updates: 1, deletes: 0 });
  const expected = { id: 'anna', title: 'Captain', userName: 'anna' };
  expect((await scim.get(`/Users/${id}`)).body[URN]).toEqual(expected);
  target.objects.delete('ann');
  target.put('anna', { title: 'Captain', userName: 'anna' });
  target.put('ann', { title: 'New' });
  expect(await host.run('fixture', 'full')).toMatchObject({ adds: 0, updates: 0, deletes: 0, unchanged: 3 });
  await host.close();
  const { scim: again } = await home.call('fixture');
  expect((await again.get(`/Users/${id}`)).body[URN]).toEqual(expected);
  expect((await again.set(id, 'title', 'Major')).status).toBe(200);
  expect(target.value('anna', 'title')).toEqual(['Major']);
});

test('an object that takes the anchor of another one which is still there is left to the next full import', async () => {
  const { target, host, scim } = await fixtureHost({ delta: true }, delta, prepared('a', 'b'));
  target.changes.push(entry('Update', 'a', { id: 'b' }));
  expect(await host.run('fixture', 'delta')).toMatchObject({
    outcome: 'finishedWithErrors',
    watermark: '0',
    errors: [{ object: 'user id a', code: 'HOST_DELTA_ANCHOR_TAKEN' }],
  });
  expect(Object.keys(await users(scim))).toEqual(['a', 'b']);
});

test('an object of a delta that cannot be read keeps its content, and the next delta starts where this one did', async () => {
  const { target, host, scim } = await fixtureHost({ delta: true }, delta, prepared('a', 'b'));
  target.changes.push(
    entry('Replace', 'a', { number: 'not a number' }),
    entry('Replace', 'b', { title: 'Captain' }),
    entry('Delete', 'a', {}, { errorCodeImport: 'ImportErrorCustomContinueRun', errorDetail: 'locked' }),
  );
  const report = await host.run('fixture', 'delta');
  expect(report).toMatchObject({ outcome: 'finishedWithErrors', updates: 1, deletes: 0, failed: 2, watermark: '0' });
  expect(report.errors.map(({ object }) => object)).toEqual(['user id a', 'user id a']);
  expect(await users(scim)).toMatchObject({ a: { title: 'Pilot' }, b: { title: 'Captain' } });
  target.changes.splice(0, 3, entry('Replace', 'a', { number: 7n }), entry('Replace', 'b', { title: 'Captain' }));
  expect(await host.run('fixture', 'delta')).toMatchObject({
    outcome: 'finished',
    updates: 1,
    unchanged: 1,
    watermark: '2',
  });
  expect(target.deltas).toEqual(['0', '0']);
});

test('a watermark that the target does not know any more leads to a full import', async () => {
  const { target, host, scim } = await fixtureHost({ delta: true }, delta, prepared('a'));
  target.changes.push(entry('Add', 'b'));
  await host.run('fixture', 'delta');
  target.changes.length = 0;
  target.put('c');
  const report = await host.run('fixture', 'delta');
  expect(report).toMatchObject({
    kind: 'fullImport',
    outcome: 'finished',
    why: expect.stringContaining('does not know'),
  });
  expect(report.before).toMatchObject({ kind: 'deltaImport', problem: { code: 'CONNECTOR_WATERMARK_INVALID' } });
  expect(Object.keys(await users(scim))).toEqual(['a', 'c']);
  const history = await host.history('fixture', 2, signal);
  expect(history.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['fullImport', 'finished'],
    ['deltaImport', 'failed'],
  ]);
});

test('an Update of an object that is not known is reported, and its delta does not count as read', async () => {
  const { target, host } = await fixtureHost({ delta: true }, delta, prepared('a'));
  target.changes.push(entry('Update', 'x', { title: 'Pilot' }));
  expect(await host.run('fixture', 'delta')).toMatchObject({
    outcome: 'finishedWithErrors',
    watermark: '0',
    errors: [{ object: 'user id x', code: 'HOST_DELTA_OBJECT_UNKNOWN' }],
  });
});

test('the guard counts what a delta deletes and blanks, and what it accepts is run as a delta again', async () => {
  const ids = Array.from({ length: 100 }, (_, number) => `id-${number}`);
  const { target, host, scim } = await fixtureHost({ delta: true }, delta, prepared(...ids));
  const blank: AttributeChange = { name: 'title', modificationType: 'Delete', valueChanges: [] };
  target.changes.push(
    ...ids.slice(0, 11).map((id) => entry('Delete', id)),
    ...ids.slice(20, 31).map((id) => entry('Update', id, { title: blank })),
  );
  expect(await host.run('fixture', 'delta')).toMatchObject({
    outcome: 'heldBack',
    watermark: '0',
    held: [
      { guard: 'deletes', count: 11 },
      { guard: 'blanks', attribute: 'title', count: 11 },
    ],
  });
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(100);
  expect(await host.accept('fixture')).toMatchObject({
    kind: 'deltaImport',
    outcome: 'finished',
    deletes: 11,
    watermark: '22',
  });
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(89);
});

test('the CSV connector: a full import, then deltas that survive restarts, and a full one when its memory is gone', async () => {
  const home = await TestHome.create({ connectors: [{ ...TUTORIAL, ...delta }] });
  await home.write(csv(person(1), person(2), person(3)));
  const { host } = await home.call();
  await home.write(csv(person(1).replace('Engineer', 'Pilot'), person(2), person(4)));
  expect(await host.run('CSV', 'delta')).toMatchObject({
    kind: 'deltaImport',
    adds: 1,
    updates: 1,
    deletes: 1,
    unchanged: 0,
  });
  await host.close();
  const { host: again, scim } = await home.call();
  await home.write(csv(person(2), person(4)));
  expect(await again.run('CSV', 'delta')).toMatchObject({ kind: 'deltaImport', adds: 0, updates: 0, deletes: 1 });
  expect((await scim.get('/Users?count=0')).body.totalResults).toBe(2);
  await home.write('no database', 'CSV', 'seen-rows-1.sqlite');
  expect(await again.run('CSV', 'delta')).toMatchObject({ kind: 'fullImport', outcome: 'finished', unchanged: 2 });
});

test('what is exported is no change that a delta of the CSV connector undoes or reports as different', async () => {
  const home = await TestHome.create({ connectors: [{ ...TUTORIAL, ...delta }] });
  await home.write(csv(person(1)));
  const { host, scim } = await home.call();
  const id = Buffer.from('Sid-1').toString('base64url');
  expect((await scim.set(id, 'Title', 'Pilot')).status).toBe(200);
  expect((await scim.create({ AzureObjectID: 'id-2', UserName: 'bo' })).status).toBe(201);
  expect(await host.run('CSV', 'delta')).toMatchObject({
    outcome: 'finished',
    adds: 0,
    updates: 0,
    unchanged: 2,
    differing: 0,
  });
  expect((await scim.find('Title eq "Pilot"')).body.totalResults).toBe(1);
});

test('full, then delta: what changed while the full import ran is there too, as two runs of the history', async () => {
  const { target, host, scim } = await fixtureHost(
    { delta: true },
    { ...delta, pageSize: 1, runProfiles: { fullThenDelta: { pageSize: 10 } } },
    prepared('a', 'b'),
  );
  target.onOpenImport = () => {
    if (target.imports === 2 && target.changes.length === 0) target.put('c');
  };
  target.onImportPage = () => {
    if (target.changes.length === 0) target.changes.push(entry('Add', 'd', { title: 'New' }));
  };
  const report = await host.run('fixture', 'fullThenDelta');
  expect(report).toMatchObject({ kind: 'deltaImport', profile: 'fullThenDelta', adds: 1 });
  expect(report.before).toMatchObject({ kind: 'fullImport', profile: 'fullThenDelta', adds: 1, unchanged: 2 });
  expect(Object.keys(await users(scim))).toEqual(['a', 'b', 'c', 'd']);
});

test('a connector that cannot import changes says so', async () => {
  const { host } = await fixtureHost();
  await expect(host.run('fixture', 'delta')).rejects.toMatchObject({ code: 'HOST_IMPORT_UNSUPPORTED' });
});
