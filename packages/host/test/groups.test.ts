import { readFile, rm } from 'node:fs/promises';
import type { NewConnector } from '@joinery/host';
import { describe, expect, test } from 'vitest';
import { type Json, type ScimCaller, URN } from './support/caller.ts';
import { TestHome } from './support/home.ts';

const GROUP_URN = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:Group';
const SITE_URN = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:Site';

/** People, groups of people and groups, and sites with an anchor of two columns, each in a file of its own. */
const STAFF: NewConnector = {
  name: 'CSV',
  connector: 'csv',
  parameters: {
    Anchor: 'Id',
    MoreObjectTypes: 'Group | groups.txt | GroupId\nSite | sites.txt | Country, Number',
    ColumnTypes: 'Members:Reference, Manager:Reference, Number:Integer',
    MultiValued: 'Members:|, Tags:|',
  },
  types: [
    {
      objectType: 'Person',
      anchor: 'Id',
      attributes: [
        { name: 'Id' },
        { name: 'Name' },
        { name: 'Tags', multiValued: true },
        { name: 'Manager', type: 'Reference', refersTo: ['User'] },
      ],
    },
    {
      objectType: 'Group',
      resource: 'Group',
      anchor: 'GroupId',
      queryAttribute: 'Title',
      displayName: 'Title',
      members: 'Members',
      attributes: [
        { name: 'GroupId' },
        { name: 'Title' },
        { name: 'Members', type: 'Reference', multiValued: true, refersTo: ['User', 'Group'] },
      ],
    },
    {
      objectType: 'Site',
      resource: 'Site',
      anchor: ['Country', 'Number'],
      queryAttribute: 'Title',
      attributes: [{ name: 'Country' }, { name: 'Number', type: 'Integer' }, { name: 'Title' }],
    },
  ],
};

const PEOPLE = 'Id;Name;Tags;Manager\nann;Ann;a|b;\nbob;Bob;;ann\ncid;Cid;;bob\n';
const GROUPS = 'GroupId;Title;Members\ng1;Crew;ann|bob\ng2;All;g1|ann|nobody\n';
const SITES = 'Country;Number;Title\nAT;1;Vienna\nAT;2;Graz\n';

async function staff(): Promise<{ home: TestHome; scim: ScimCaller; sync: () => Promise<unknown> }> {
  const home = await TestHome.create({ connectors: [STAFF] });
  await home.write(PEOPLE);
  await home.write(GROUPS, 'CSV', 'groups.txt');
  await home.write(SITES, 'CSV', 'sites.txt');
  const { host, scim } = await home.call();
  return { home, scim, sync: () => host.run('CSV', 'full') };
}

async function ids(scim: ScimCaller): Promise<Record<string, string>> {
  const users = (await scim.get('/Users')).body.Resources.map((each: Json) => [each[URN].Id, each.id]);
  const groups = (await scim.get('/Groups')).body.Resources.map((each: Json) => [each[GROUP_URN].GroupId, each.id]);
  return Object.fromEntries([...users, ...groups]);
}

async function group(scim: ScimCaller, name: string): Promise<Json> {
  const { body } = await scim.get(`/Groups?filter=${encodeURIComponent(`displayName eq "${name}"`)}`);
  return body.Resources[0];
}

const patchGroup = (scim: ScimCaller, id: string, ...operations: readonly Record<string, unknown>[]): Promise<Json> =>
  scim.request('PATCH', `/Groups/${id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: operations,
  });

async function rows(home: TestHome, name: string): Promise<string[]> {
  return (await readFile(home.file('CSV', name), 'utf8')).trimEnd().split('\n').slice(1);
}

describe('several object types of one connector', () => {
  test('each is a resource type with an endpoint, a schema and a count of its own', async () => {
    const { scim } = await staff();
    const types = (await scim.get('/ResourceTypes')).body.Resources;
    expect(types.map((each: Json) => [each.name, each.endpoint])).toEqual([
      ['User', '/Users'],
      ['Group', '/Groups'],
      ['Site', '/Sites'],
    ]);
    for (const [path, count] of [
      ['/Users', 3],
      ['/Groups', 2],
      ['/Sites', 2],
    ]) {
      expect((await scim.get(String(path))).body).toMatchObject({ totalResults: count });
    }
    const { body } = await scim.get('/Schemas');
    const columns = (urn: string): string[] =>
      body.Resources.find((each: Json) => each.id === urn).attributes.map((each: Json) => each.name);
    expect(columns(GROUP_URN)).toEqual(['GroupId']);
    expect(columns(SITE_URN)).toEqual(['Country', 'Number', 'Title']);
  });

  test('an object is found below its own endpoint only', async () => {
    const { scim } = await staff();
    const { ann, g1 } = await ids(scim);
    expect((await scim.get(`/Groups/${g1}`)).status).toBe(200);
    expect((await scim.get(`/Users/${g1}`)).status).toBe(404);
    expect((await scim.get(`/Groups/${ann}`)).status).toBe(404);
    expect((await scim.get(`/Users?filter=${encodeURIComponent(`id eq "${g1}"`)}`)).body.totalResults).toBe(0);
    expect((await scim.request('DELETE', `/Users/${g1}`)).status).toBe(404);
    expect((await scim.request('PATCH', `/Users/${g1}`, { Operations: [] })).status).not.toBe(200);
  });

  test('a user and a group of the same anchor are two objects with two ids', async () => {
    const { home, scim, sync } = await staff();
    await home.write(`${GROUPS}ann;Fans of Ann;ann\n`, 'CSV', 'groups.txt');
    await sync();
    const [fans, people] = [await group(scim, 'Fans of Ann'), await scim.find('Id eq "ann"')];
    expect(fans.id).not.toBe(people.body.Resources[0].id);
    expect(fans.members).toEqual([{ value: people.body.Resources[0].id, type: 'User' }]);
  });

  test('H-28 an anchor of two columns makes one id, under which the object is read, changed and deleted', async () => {
    const { home, scim } = await staff();
    const made = await scim.request('POST', '/Sites', { [SITE_URN]: { Country: 'D/E=,', Number: 7, Title: 'Ulm' } });
    expect(made.status).toBe(201);
    expect((await scim.request('POST', '/Sites', { [SITE_URN]: { Country: 'D/E=,', Number: 7 } })).status).toBe(409);
    expect((await scim.request('POST', '/Sites', { [SITE_URN]: { Country: 'D/E=,', Number: 8 } })).status).toBe(201);
    const changed = await scim.request('PATCH', `/Sites/${made.body.id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: `${SITE_URN}:Title`, value: 'Neu-Ulm' }],
    });
    expect(changed.status).toBe(200);
    expect(await rows(home, 'sites.txt')).toEqual(['AT;1;Vienna', 'AT;2;Graz', 'D/E=,;7;Neu-Ulm', 'D/E=,;8;']);
    expect((await scim.request('DELETE', `/Sites/${made.body.id}`)).status).toBe(204);
    expect(await rows(home, 'sites.txt')).toEqual(['AT;1;Vienna', 'AT;2;Graz', 'D/E=,;8;']);
  });
});

describe('groups', () => {
  test('show their members as ids of users and groups; who is not known is not shown', async () => {
    const { scim } = await staff();
    const { ann, bob, g1 } = await ids(scim);
    expect(await group(scim, 'Crew')).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group', GROUP_URN],
      displayName: 'Crew',
      members: [
        { value: ann, type: 'User' },
        { value: bob, type: 'User' },
      ],
      [GROUP_URN]: { GroupId: 'g1' },
    });
    expect((await group(scim, 'All')).members).toEqual([
      { value: g1, type: 'Group' },
      { value: ann, type: 'User' },
    ]);
  });

  test('are found by a member', async () => {
    const { scim } = await staff();
    const { ann, bob } = await ids(scim);
    const holding = async (id: string | undefined): Promise<string[]> =>
      (await scim.get(`/Groups?filter=${encodeURIComponent(`members.value eq "${id}"`)}`)).body.Resources.map(
        (each: Json) => each.displayName,
      );
    expect(await holding(ann)).toEqual(['Crew', 'All']);
    expect(await holding(bob)).toEqual(['Crew']);
    expect(await holding('nobody')).toEqual([]);
  });

  test('are created with members, and take and give members by PATCH; what callers cannot see stays', async () => {
    const { home, scim } = await staff();
    const { ann, bob, cid, g1, g2 } = await ids(scim);
    const made = await scim.request('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'New',
      members: [{ value: cid }, { value: g1 }],
      [GROUP_URN]: { GroupId: 'g3' },
    });
    expect(made).toMatchObject({ status: 201, body: { members: [{ value: cid }, { value: g1, type: 'Group' }] } });
    expect((await patchGroup(scim, g2 ?? '', { op: 'Add', path: 'members', value: [{ value: bob }] })).status).toBe(
      204,
    );
    expect((await patchGroup(scim, g2 ?? '', { op: 'Remove', path: `members[value eq "${ann}"]` })).status).toBe(204);
    expect(await rows(home, 'groups.txt')).toEqual(['g1;Crew;ann|bob', 'g2;All;g1|nobody|bob', 'g3;New;cid|g1']);
    expect((await group(scim, 'All')).members).toEqual([
      { value: g1, type: 'Group' },
      { value: bob, type: 'User' },
    ]);
    expect((await patchGroup(scim, g1 ?? '', { op: 'Remove', path: 'members' })).status).toBe(204);
    expect((await rows(home, 'groups.txt'))[0]).toBe('g1;Crew;');
  });

  test('refuse a member that does not exist or is of the wrong kind, in words, and nothing is written', async () => {
    const { home, scim } = await staff();
    const { g1 } = await ids(scim);
    const site = (await scim.get('/Sites')).body.Resources[0].id;
    for (const [value, words] of [
      ['U25vYm9keQ', 'There is no object with the id "U25vYm9keQ".'],
      ['not an id', 'There is no object'],
      [site, 'takes no Site'],
    ]) {
      const refused = await patchGroup(scim, g1 ?? '', { op: 'Add', path: 'members', value: [{ value }] });
      expect(refused).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
      expect(refused.body.detail).toContain(words);
    }
    expect((await rows(home, 'groups.txt'))[0]).toBe('g1;Crew;ann|bob');
  });

  test('lose a member who is deleted from sight, and get back who is created again', async () => {
    const { scim } = await staff();
    const { ann, bob } = await ids(scim);
    expect((await scim.delete(bob ?? '')).status).toBe(204);
    expect((await group(scim, 'Crew')).members).toEqual([{ value: ann, type: 'User' }]);
    const again = await scim.create({ Id: 'bob' });
    expect(again.body.id).toBe(bob);
    expect((await group(scim, 'Crew')).members).toEqual([
      { value: ann, type: 'User' },
      { value: bob, type: 'User' },
    ]);
  });

  test('an import that finds everything as it was changes nothing, references included', async () => {
    const { scim, sync } = await staff();
    const before = await group(scim, 'All');
    expect(await sync()).toMatchObject({ adds: 0, updates: 0, deletes: 0, unchanged: 7 });
    expect(await group(scim, 'All')).toEqual(before);
  });

  test('people who arrive with a later import become members where they were named before', async () => {
    const { home, scim, sync } = await staff();
    await home.write(`${PEOPLE}nobody;Nobody;;\n`);
    await sync();
    expect((await group(scim, 'All')).members).toHaveLength(3);
  });
});

describe('references', () => {
  test('a manager is the id of a user, both ways', async () => {
    const { home, scim } = await staff();
    const { ann, bob, cid } = await ids(scim);
    const user = async (id: string | undefined): Promise<Json> => (await scim.get(`/Users/${id}`)).body[URN];
    expect((await user(bob)).Manager).toBe(ann);
    expect((await user(ann)).Manager).toBeUndefined();
    expect((await scim.set(bob ?? '', 'Manager', cid)).body[URN].Manager).toBe(cid);
    expect((await rows(home, 'InputFile.txt'))[1]).toBe('bob;Bob;;cid');
    expect((await scim.find(`Manager eq "${bob}"`)).body.Resources.map((each: Json) => each[URN].Id)).toEqual(['cid']);
    const removed = await scim.patch(bob ?? '', { op: 'Remove', path: `${URN}:Manager` });
    expect(removed.body[URN].Manager).toBeUndefined();
    expect((await rows(home, 'InputFile.txt'))[1]).toBe('bob;Bob;;');
  });

  test('without the feature a reference is the text that the target has', async () => {
    const [people] = STAFF.types;
    if (people === undefined) throw new Error('The test needs people.');
    const plain = {
      ...STAFF,
      features: new Set<never>(),
      types: [people].map(({ attributes, ...type }) => ({
        ...type,
        attributes: attributes.map(({ refersTo: _, ...each }) => each),
      })),
    };
    const home = await TestHome.create({ connectors: [plain] });
    await home.write(PEOPLE);
    await home.write(GROUPS, 'CSV', 'groups.txt');
    await home.write(SITES, 'CSV', 'sites.txt');
    const { scim } = await home.call();
    expect((await scim.find('Manager eq "ann"')).body.Resources[0][URN]).toMatchObject({ Id: 'bob', Manager: 'ann' });
    expect((await scim.get('/Groups')).status).toBe(404);
    expect((await scim.get('/ServiceProviderConfig')).body.bulk.supported).toBe(false);
  });

  test('H-48 several values of one cell are a list, both ways', async () => {
    const { home, scim } = await staff();
    const { ann } = await ids(scim);
    expect((await scim.get(`/Users/${ann}`)).body[URN].Tags).toEqual(['a', 'b']);
    await scim.patch(ann ?? '', { op: 'Add', path: `${URN}:Tags`, value: ['c|d'] });
    expect((await rows(home, 'InputFile.txt'))[0]).toBe('ann;Ann;a|b|c\\|d;');
  });
});

test('bulk carries several writes in one request, in their order', async () => {
  const { home, scim } = await staff();
  expect((await scim.get('/ServiceProviderConfig')).body.bulk.supported).toBe(true);
  const answer = await scim.request('POST', '/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: [
      { method: 'POST', path: '/Users', bulkId: 'u', data: { [URN]: { Id: 'dan', Name: 'Dan' } } },
      {
        method: 'POST',
        path: '/Groups',
        bulkId: 'g',
        data: { displayName: 'Both', members: [{ value: 'bulkId:u' }], [GROUP_URN]: { GroupId: 'g9' } },
      },
      { method: 'POST', path: '/Users', bulkId: 'again', data: { [URN]: { Id: 'dan' } } },
    ],
  });
  expect(answer.body.Operations.map((each: Json) => each.status)).toEqual(['201', '201', '409']);
  expect((await rows(home, 'groups.txt')).at(-1)).toBe('g9;Both;dan');
});

test('a file of one type that is missing fails the import of all, and nobody of it is taken for deleted', async () => {
  const { home, scim, sync } = await staff();
  await rm(home.file('CSV', 'groups.txt'));
  expect(await sync()).toMatchObject({ outcome: 'failed', deletes: 0 });
  expect((await scim.get('/Groups')).body.totalResults).toBe(2);
  await home.write(GROUPS, 'CSV', 'groups.txt');
  expect(await sync()).toMatchObject({ outcome: 'finished', unchanged: 7 });
});
