import type { Host } from '@joinery/host';
import { expect, test } from 'vitest';
import { type Json, type ScimCaller, URN } from './support/caller.ts';
import { fixtureHost } from './support/fixture-host.ts';
import { caller, TestHome } from './support/home.ts';
import { TREE, TreeTarget } from './support/tree-target.ts';

const dn = (name: string): string => `CN=${name},OU=People`;

async function tree(connector = TREE): Promise<{ target: TreeTarget; home: TestHome; host: Host; scim: ScimCaller }> {
  const target = new TreeTarget();
  target.put('person', 'ann', dn('Ann'));
  target.put('person', 'bob', dn('Bob'), { manager: ['cn=ANN,ou=people'] });
  target.put('group', 'g1', 'CN=Crew,OU=Groups', { cn: ['Crew'], member: [dn('Ann'), dn('Bob'), dn('Gone')] });
  const home = await TestHome.create({ kinds: [target.kind], connectors: [connector] });
  const host = await home.start();
  return { target, home, host, scim: caller(host, 'tree') };
}

async function idOf(scim: ScimCaller, uid: string): Promise<string> {
  return (await scim.find(`uid eq "${uid}"`)).body.Resources[0]?.id;
}

async function members(scim: ScimCaller): Promise<string[]> {
  return (await scim.get('/Groups')).body.Resources[0].members?.map((each: Json) => each.value);
}

test('references by DN are ids, whatever the spelling of the DN', async () => {
  const { target, scim } = await tree();
  const [ann, bob] = [await idOf(scim, 'ann'), await idOf(scim, 'bob')];
  expect((await scim.get(`/Users/${bob}`)).body[URN].manager).toBe(ann);
  expect(await members(scim)).toEqual([ann, bob]);
  expect((await scim.set(ann, 'manager', bob)).status).toBe(200);
  expect(target.node('ann')?.values.get('manager')).toEqual([dn('Bob')]);
  expect((await scim.set(bob, 'title', 'Boss')).status).toBe(200);
  expect(target.node('bob')?.values.get('manager')).toEqual(['cn=ANN,ou=people']);
});

test('a group in the target learns of members as differences; a member that nobody here knows stays', async () => {
  const { target, scim } = await tree();
  const ann = await idOf(scim, 'ann');
  const group = (await scim.get('/Groups')).body.Resources[0].id;
  await scim.request('PATCH', `/Groups/${group}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'Remove', path: 'members', value: [{ value: ann }] }],
  });
  expect(target.entries.at(-1)?.attributeChanges).toEqual([
    { name: 'member', modificationType: 'Update', valueChanges: [{ value: dn('Ann'), modificationType: 'Delete' }] },
  ]);
  expect(target.node('g1')?.values.get('member')).toEqual([dn('Bob'), dn('Gone')]);
});

test('a new DN is a rename in the target; the id stays, and so does every membership', async () => {
  const { target, host, scim } = await tree();
  const ann = await idOf(scim, 'ann');
  const renamed = await scim.set(ann, '-dn-', 'CN=Ann Other,OU=People');
  expect(renamed).toMatchObject({
    status: 200,
    body: { id: ann, [URN]: { '-dn-': 'CN=Ann Other,OU=People', _distinguishedName: 'CN=Ann Other,OU=People' } },
  });
  expect(target.entries.at(-1)).toMatchObject({
    objectModificationType: 'Update',
    dn: 'CN=Ann Other,OU=People',
    previousDn: dn('Ann'),
    attributeChanges: [],
  });
  await host.run('tree', 'full');
  expect(await members(scim)).toEqual([ann, await idOf(scim, 'bob')]);
  expect(await host.run('tree', 'full')).toMatchObject({ adds: 0, updates: 0, deletes: 0 });
});

test('who is renamed can be taken out of a group at once, and a group that is written next names them as they are called now', async () => {
  const { target, scim } = await tree();
  const [ann, bob] = [await idOf(scim, 'ann'), await idOf(scim, 'bob')];
  const group = (await scim.get('/Groups')).body.Resources[0].id;
  await scim.set(ann, '-dn-', 'CN=Ann Other,OU=People');
  expect(await members(scim)).toEqual([ann, bob]);
  expect((await scim.get(`/Users/${bob}`)).body[URN].manager).toBe(ann);
  const removed = await scim.request('PATCH', `/Groups/${group}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'Remove', path: `members[value eq "${ann}"]` }],
  });
  expect(removed.status).toBe(204);
  expect(target.node('g1')?.values.get('member')).toEqual([dn('Bob'), dn('Gone')]);
  await scim.set(bob, 'manager', bob);
  expect((await scim.set(bob, '-dn-', dn('Robert'))).body[URN].manager).toBe(bob);
});

test('a reference of one value takes the place of one that nobody here knows', async () => {
  const { target, host, scim } = await tree();
  target.node('bob')?.values.set('manager', [dn('Gone')]);
  await host.run('tree', 'full');
  await scim.set(await idOf(scim, 'bob'), 'title', 'Boss');
  expect(target.node('bob')?.values.get('manager')).toEqual([dn('Gone')]);
  await scim.set(await idOf(scim, 'bob'), 'manager', await idOf(scim, 'ann'));
  expect(target.node('bob')?.values.get('manager')).toEqual([dn('Ann')]);
});

test('a new anchor keeps the id, also over imports and restarts, and its old anchor is free for somebody else', async () => {
  const { target, home, host, scim } = await tree();
  const ann = await idOf(scim, 'ann');
  const renamed = await scim.set(ann, 'uid', 'anna');
  expect(renamed).toMatchObject({ status: 200, body: { id: ann, [URN]: { uid: 'anna' } } });
  expect(target.entries.at(-1)).toMatchObject({
    anchorAttributes: [{ name: 'uid', value: 'ann' }],
    attributeChanges: [{ name: 'uid' }],
  });
  expect(await host.run('tree', 'full')).toMatchObject({ adds: 0, updates: 0, deletes: 0, unchanged: 3 });
  expect(await idOf(scim, 'anna')).toBe(ann);
  expect(await idOf(scim, 'ann')).toBeUndefined();

  const other = await scim.create({ uid: 'ann', '-dn-': dn('Second Ann') });
  expect(other.status).toBe(201);
  expect(other.body.id).not.toBe(ann);
  expect((await scim.get(`/Users/${other.body.id}`)).body[URN].uid).toBe('ann');
  await scim.set(ann, 'title', 'Engineer');
  expect(target.node('anna')?.values.get('title')).toEqual(['Engineer']);
  expect(target.node('ann')?.values.get('title')).toBeUndefined();

  await host.close();
  const again = caller(await home.start(), 'tree');
  expect(await idOf(again, 'anna')).toBe(ann);
  expect(await idOf(again, 'ann')).toBe(other.body.id);
  expect((await again.get(`/Users/${ann}`)).body[URN]).toMatchObject({ uid: 'anna', title: 'Engineer' });
  expect(await members(again)).toContain(ann);
});

test('a rename there and back leaves what was there', async () => {
  const { host, scim } = await tree();
  const ann = await idOf(scim, 'ann');
  for (const uid of ['anna', 'ann', 'anne', 'ann']) {
    expect((await scim.set(ann, 'uid', uid)).body).toMatchObject({ id: ann, [URN]: { uid } });
  }
  expect(await host.run('tree', 'full')).toMatchObject({ adds: 0, deletes: 0 });
  expect(await idOf(scim, 'ann')).toBe(ann);
  expect((await scim.delete(ann)).status).toBe(204);
  expect((await scim.create({ uid: 'ann', '-dn-': dn('Ann') })).body.id).toBe(ann);
});

test('an anchor or DN that another object has is refused, and nothing is written', async () => {
  const { target, scim } = await tree();
  const ann = await idOf(scim, 'ann');
  expect(await scim.set(ann, 'uid', 'bob')).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
  expect((await scim.set(ann, 'uid', '')).status).toBe(400);
  expect((await scim.patch(ann, { op: 'Remove', path: `${URN}:uid` })).status).toBe(400);
  expect((await scim.set(ann, '-dn-', 'ann@contoso.example')).body.detail).toContain('Invalid LDAP style');
  expect(target.entries).toEqual([]);
});

test('a rename whose outcome was lost is decided by asking for both names, and keeps the id', async () => {
  const { target, host, scim } = await tree();
  const ann = await idOf(scim, 'ann');
  target.afterPut = () => {
    target.afterPut = () => {};
    throw new Error('the line broke after the rename');
  };
  expect(await scim.set(ann, 'uid', 'anna')).toMatchObject({ status: 200, body: { id: ann } });
  expect(target.entries).toHaveLength(1);
  await host.run('tree', 'full');
  expect(await idOf(scim, 'anna')).toBe(ann);
});

test('who is called what another one was called at first can go without being taken for that one', async () => {
  const { target, home, host, scim } = await tree();
  const [ann, bob] = [await idOf(scim, 'ann'), await idOf(scim, 'bob')];
  for (const [id, uid] of [
    [ann, 'tmp'],
    [bob, 'ann'],
    [ann, 'bob'],
  ] as const) {
    expect((await scim.set(id, 'uid', uid)).status).toBe(200);
  }
  expect((await scim.delete(ann)).status).toBe(204);
  const carl = await scim.create({ uid: 'bob', '-dn-': dn('Carl') });
  expect(carl.status).toBe(201);
  expect(carl.body.id).not.toBe(bob);
  expect(await host.run('tree', 'full')).toMatchObject({ adds: 0, updates: 0, deletes: 0 });
  expect([await idOf(scim, 'ann'), await idOf(scim, 'bob')]).toEqual([bob, carl.body.id]);

  target.nodes.splice(
    target.nodes.findIndex(({ dn: name }) => name === dn('Carl')),
    1,
  );
  await host.run('tree', 'full');
  await host.run('tree', 'full');
  target.put('person', 'bob', dn('Dora'));
  await host.run('tree', 'full');
  expect((await scim.get(`/Users/${bob}`)).body[URN]).toMatchObject({ uid: 'ann', '-dn-': dn('Bob') });
  expect(await idOf(scim, 'bob')).not.toBe(bob);

  target.nodes.splice(0);
  await host.run('tree', 'full');
  await host.accept('tree');
  await host.close();
  const again = caller(await home.start(), 'tree');
  const both = [];
  for (const uid of ['ann', 'bob']) both.push((await again.create({ uid, '-dn-': dn(uid) })).status);
  expect(both).toEqual([201, 201]);
});

test.each([
  ['done', [['anna', 'ann-id']]],
  ['not done', [['ann', 'ann-id']]],
  [
    'not done, and somebody else has come who is called so',
    [
      ['ann', 'ann-id'],
      ['anna', 'other'],
    ],
  ],
])(
  'a rename whose outcome was lost, and that nothing but an import can decide, keeps the id: %s',
  async (_, people) => {
    const { target, host, scim } = await fixtureHost(
      { without: ['lookup'], traits: { rename: true } },
      {},
      { prepare: (fixture) => fixture.put('ann') },
    );
    const ann = Buffer.from('Sann').toString('base64url');
    target.onPut = () => {
      throw new Error('the line broke');
    };
    expect((await scim.set(ann, 'id', 'anna')).status).toBe(503);
    target.objects.clear();
    for (const [id] of people.toReversed()) target.put(String(id));
    await host.run('fixture', 'full');
    const found = (await scim.get('/Users')).body.Resources.map((each: Json) => [
      each[URN].id,
      each.id === ann ? 'ann-id' : 'other',
    ]);
    expect(found.sort()).toEqual(people);
    expect(await host.run('fixture', 'full')).toMatchObject({ adds: 0, updates: 0, deletes: 0 });
    expect((await scim.get(`/Users/${ann}`)).status).toBe(200);
  },
);

test('H-56 without the feature neither anchor nor DN can change', async () => {
  const { target, scim } = await tree({ ...TREE, features: new Set(['objectTypes', 'groups', 'references']) });
  const ann = await idOf(scim, 'ann');
  expect((await scim.set(ann, 'uid', 'anna')).body).toMatchObject({ status: '400', scimType: 'mutability' });
  expect((await scim.set(ann, '-dn-', dn('Anna'))).body).toMatchObject({ status: '400', scimType: 'mutability' });
  expect(target.entries).toEqual([]);
});

test('a target of DNs that is told none is refused at the start, with what to tick', async () => {
  const target = new TreeTarget();
  const types = TREE.types.map((type) => ({
    ...type,
    attributes: type.attributes.filter(({ name }) => name !== '-dn-'),
  }));
  const home = await TestHome.create({ kinds: [target.kind], connectors: [{ ...TREE, types }] });
  const host = await home.start();
  expect(host.connectors[0]).toMatchObject({ state: 'failed', problem: { code: 'HOST_CONFIGURATION_INVALID' } });
  expect(host.connectors[0]?.problem?.detail).toMatch(/"person" has none: tick "dnAutogenerated"/);
});
