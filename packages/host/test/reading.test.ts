import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type ScimCaller, URN } from './support/caller.ts';
import { fixtureHost } from './support/fixture-host.ts';
import { csv, person, TestHome } from './support/home.ts';

async function people(count: number): Promise<{ scim: ScimCaller; home: TestHome }> {
  const home = await TestHome.create();
  await home.write(csv(...Array.from({ length: count }, (_, index) => person(index + 1))));
  return { scim: (await home.call()).scim, home };
}

const SECOND = {
  AzureObjectID: 'id-2',
  IsActive: true,
  DisplayName: 'Person 2',
  EmployeeId: 2,
  Title: 'Engineer',
  UserName: 'user2@contoso.example',
  Email: 'user2@mail.example',
};

test('H-18 the match query of an unfinished mapping is answered with an empty list', async () => {
  const { scim } = await people(2);
  const answer = await scim.get(`/Users?filter=PLACEHOLDER+eq+"${randomUUID()}"`);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ totalResults: 0, Resources: [] });
});

test('H-19 H-20 a filter by the qualified or the bare name finds the one user, case aside', async () => {
  const { scim } = await people(3);
  for (const filter of [
    `${URN}:UserName eq "user2@contoso.example"`,
    'UserName eq "USER2@contoso.example"',
    `${URN}:AzureObjectID eq "ID-2"`,
    'EmployeeId eq 2',
    'id eq "U2lkLTI"'.replace('U2lkLTI', Buffer.from('Sid-2').toString('base64url')),
  ]) {
    const answer = await scim.find(filter);
    expect(answer.status).toBe(200);
    expect(answer.body.totalResults, filter).toBe(1);
    expect(answer.body.Resources[0][URN]).toEqual(SECOND);
    expect(answer.body.Resources[0].meta.location).toContain('/ecma2host_CSV/scim/Users/');
  }
});

test('H-21 each of two matching attributes is answered on its own', async () => {
  const { scim } = await people(3);
  expect((await scim.find('UserName eq "nobody"')).body.totalResults).toBe(0);
  expect((await scim.find('Email eq "user3@mail.example"')).body.totalResults).toBe(1);
});

test('H-22 the whole filter grammar is evaluated; what cannot be is refused, never answered empty', async () => {
  const { scim } = await people(30);
  const count = async (filter: string): Promise<number> => (await scim.find(filter)).body.totalResults;
  expect(await count('UserName sw "user1"')).toBe(11);
  expect(await count('Title eq "engineer" and EmployeeId gt 28')).toBe(2);
  expect(await count('EmployeeId le 2 or UserName eq "user30@contoso.example"')).toBe(3);
  expect(await count('not (IsActive eq true)')).toBe(0);
  expect(await count('IsActive eq "True"')).toBe(30);
  const broken = await scim.find('UserName eq');
  expect(broken.status).toBe(400);
  expect(broken.body).toMatchObject({ scimType: 'invalidFilter', status: '400' });
});

test('H-23 H-28 a user is read by the id of the list answer, whatever the anchor holds', async () => {
  const home = await TestHome.create();
  const anchors = ['a@b.example', 'CN=x,OU=y', 'a/b c', 'ä ß 漢字', '..', 'x%2Fy', '+'];
  await home.write(csv(...anchors.map((anchor, index) => `${anchor};True;Person ${index};${index};;u${index};`)));
  const { scim } = await home.call();
  for (const [index, anchor] of anchors.entries()) {
    const listed = (await scim.find(`UserName eq "u${index}"`)).body.Resources[0];
    const read = await scim.get(`/Users/${listed.id}`);
    expect(read.status).toBe(200);
    expect(read.body).toEqual(listed);
    expect(read.body[URN].AzureObjectID).toBe(anchor);
    const changed = await scim.set(listed.id, 'Title', `Title ${index}`);
    expect(changed.status).toBe(200);
    if (index % 2 === 0) expect((await scim.delete(listed.id)).status).toBe(204);
  }
});

test('H-24 an unknown id is a 404 with a SCIM error body', async () => {
  const { scim } = await people(1);
  const answer = await scim.get('/Users/unknown');
  expect(answer.status).toBe(404);
  expect(answer.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
});

test('H-25 a change made in the target shows after the next import, not before', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const { host, scim } = await home.call();
  await home.write(csv(person(1).replace('Engineer', 'Pilot')));
  const title = async (): Promise<string> =>
    (await scim.find('UserName eq "user1@contoso.example"')).body.Resources[0][URN].Title;
  expect(await title()).toBe('Engineer');
  await host.run('CSV', 'full');
  expect(await title()).toBe('Pilot');
});

test('H-26 H-27 counting takes one resource and pages walk over every user once', async () => {
  const { scim } = await people(2_500);
  const counted = await scim.get('/Users?startIndex=1&count=1');
  expect(counted.body).toMatchObject({ totalResults: 2_500, itemsPerPage: 1 });
  const seen: string[] = [];
  for (let start = 1; start <= 2_500; start += 700) {
    const page = (await scim.get(`/Users?startIndex=${start}&count=700`)).body;
    expect(page.totalResults).toBe(2_500);
    seen.push(...page.Resources.map((each: { id: string }) => each.id));
  }
  expect(seen).toHaveLength(2_500);
  expect(new Set(seen).size).toBe(2_500);
  expect((await scim.get('/Users')).body.itemsPerPage).toBe(100);
  expect((await scim.get('/Users?count=5000')).body.itemsPerPage).toBe(1_000);
});

test('a sorted list puts objects without the attribute last, or first when descending', async () => {
  const home = await TestHome.create();
  await home.write(csv('1;True;Bea;3;;u1;', '2;True;;2;;u2;', '3;True;ada;1;;u3;'));
  const { scim } = await home.call();
  const names = async (order: string): Promise<unknown[]> =>
    (await scim.get(`/Users?sortBy=DisplayName&sortOrder=${order}`)).body.Resources.map(
      (each: Record<string, { DisplayName?: string }>) => each[URN]?.DisplayName,
    );
  expect(await names('ascending')).toEqual(['ada', 'Bea', undefined]);
  expect(await names('descending')).toEqual([undefined, 'Bea', 'ada']);
});

test('64-bit integers and binary values are answered exactly', async () => {
  const { scim } = await fixtureHost(
    {},
    {},
    {
      prepare: (target) => target.put('a', { number: 9_007_199_254_740_993n, blob: Uint8Array.of(0, 255, 16) }),
    },
  );
  const { text } = await scim.find('number eq 9007199254740993');
  expect(text).toContain('"number":9007199254740993');
  expect(text).toContain('"blob":"AP8Q"');
  expect((await scim.find('number eq 9007199254740992')).body.totalResults).toBe(0);
});

test('a filter on an attribute without an index is answered by a search first and by an index later', async () => {
  const { scim } = await people(1_200);
  for (let round = 0; round < 3; round += 1) {
    expect((await scim.find('Email eq "user777@mail.example"')).body.totalResults).toBe(1);
    expect((await scim.find('Email eq "user9999@mail.example"')).body.totalResults).toBe(0);
  }
  expect((await scim.find('Title eq "engineer"')).body).toMatchObject({ totalResults: 1_200, itemsPerPage: 100 });
  expect((await scim.find('Title eq "engineer"')).body).toMatchObject({ totalResults: 1_200, itemsPerPage: 100 });
});
