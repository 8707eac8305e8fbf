import type { ScimProfile } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { ENT, filterUrl, profiles, resourcesOf, type ServerUnderTest, serve } from './server-under-test.ts';

async function withPeople(
  profile: ScimProfile,
): Promise<ServerUnderTest & { readonly joy: string; readonly team: string }> {
  const server = await serve({ profile });
  const joy = await server.create('/Users', {
    userName: 'JYoung@contoso.com',
    externalId: 'Ext-A',
    active: true,
    emails: [
      { type: 'work', value: 'joy@work.example' },
      { type: 'home', value: 'joy+tag@home.example' },
    ],
    [ENT]: { manager: { value: 'm1' }, department: 'Sales' },
  });
  await server.create('/Users', { userName: 'other@contoso.com', externalId: 'ext-a', active: false });
  const team = await server.create('/Groups', { displayName: 'Team Ä', members: [{ value: joy }] });
  return { ...server, joy, team };
}

describe.each(profiles)('connection and matching, profile %s', (profile) => {
  const hits: readonly (readonly [string, string, string, number])[] = [
    ['S-01 an unknown userName answers an empty list', '/Users', 'userName eq "nobody"', 0],
    ['S-02 the placeholder attribute of a fresh mapping answers an empty list', '/Users', 'PLACEHOLDER eq "x"', 0],
    ['S-03 userName matches in any letter case', '/Users', 'userName eq "jyOUNG@CONTOSO.com"', 1],
    ['S-04 the name of a group matches in any letter case, beyond ASCII', '/Groups', 'displayName eq "TEAM ä"', 1],
    ['S-05 externalId matches in its exact case only', '/Users', 'externalId eq "Ext-A"', 1],
    ['S-05 externalId does not match in another case', '/Users', 'externalId eq "EXT-A"', 0],
    [
      'S-06 brackets and sub-attribute speak of one element',
      '/Users',
      'emails[type eq "work"].value eq "joy@work.example"',
      1,
    ],
    [
      'S-06 the value of another element does not match',
      '/Users',
      'emails[type eq "work"].value eq "joy+tag@home.example"',
      0,
    ],
    ['S-11 a disabled user is found', '/Users', 'userName eq "other@contoso.com"', 1],
  ];
  for (const [title, endpoint, filter, count] of hits) {
    test(title, async () => {
      const server = await withPeople(profile);
      const answer = await server.request('GET', filterUrl(endpoint, filter));
      if (profile === 'strict' && filter.includes('].')) {
        // The comparison behind the bracket is Entra's own; in the RFC's grammar it stands inside.
        expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidFilter']);
        return;
      }
      expect(answer.status).toBe(200);
      expect(answer.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:ListResponse']);
      expect(answer.body.totalResults).toBe(count);
      expect(resourcesOf(answer)).toHaveLength(count);
    });
  }

  test('S-07 a reference check by id and manager hits only the right pair', async () => {
    const server = await withPeople(profile);
    const ask = async (manager: string, name: string): Promise<unknown> => {
      const filter = `id eq "${server.joy}" and ${name} eq "${manager}"`;
      return (await server.request('GET', filterUrl('/Users', filter))).body.totalResults;
    };
    expect([await ask('m1', `${ENT}:manager`), await ask('m2', `${ENT}:manager`)]).toEqual([1, 0]);
    // Without the URN it is Entra's way to write it, and an attribute that nobody has to the RFC.
    expect([await ask('m1', 'manager'), await ask('m2', 'manager')]).toEqual([profile === 'strict' ? 0 : 1, 0]);
  });

  test('S-08 a membership check by id and members hits only the right pair', async () => {
    const server = await withPeople(profile);
    const ask = (member: string) =>
      server.request(
        'GET',
        `${filterUrl('/Groups', `id eq "${server.team}" and members eq "${member}"`)}&attributes=id`,
      );
    const hit = await ask(server.joy);
    expect(hit.body.totalResults).toBe(1);
    expect(Object.keys(resourcesOf(hit)[0] ?? {})).toEqual(['schemas', 'id']);
    expect((await ask('someone')).body.totalResults).toBe(0);
  });

  test('S-09 blanks arrive as + or %20, a plus as %2B', async () => {
    const server = await withPeople(profile);
    for (const url of [
      '/Users?filter=emails.value+eq+%22joy%2Btag%40home.example%22',
      '/Users?filter=emails.value%20eq%20%22joy%2Btag%40home.example%22',
    ]) {
      expect((await server.request('GET', url)).body.totalResults).toBe(1);
    }
    const plus = await server.request('GET', '/Users?filter=emails.value+eq+%22joy+tag%40home.example%22');
    expect(plus.body.totalResults).toBe(0);
  });

  test('S-10 unknown query parameters are ignored', async () => {
    const server = await withPeople(profile);
    for (const flag of ['aadOptscim062020', 'aadOptscim062020=', 'x=%zz']) {
      const answer = await server.request('GET', `/Users?${flag}&filter=userName+eq+%22jyoung@contoso.com%22`);
      expect(answer.body.totalResults).toBe(1);
    }
  });

  test('S-12 a deleted user is not found', async () => {
    const server = await withPeople(profile);
    await server.request('DELETE', `/Users/${server.joy}`);
    const answer = await server.request('GET', filterUrl('/Users', 'userName eq "jyoung@contoso.com"'));
    expect([answer.status, answer.body.totalResults]).toEqual([200, 0]);
  });

  test('13a.4 a user without active is found as active', async () => {
    const server = await serve({ profile });
    await server.create('/Users', { userName: 'unsaid' });
    await server.create('/Users', { userName: 'gone', active: false });
    const found = async (filter: string): Promise<unknown> =>
      resourcesOf(await server.request('GET', filterUrl('/Users', filter))).map(({ userName }) => userName);
    expect(await found('active eq true')).toEqual(['unsaid']);
    expect(await found('active ne false')).toEqual(['unsaid']);
    expect(await found('active eq false')).toEqual(['gone']);
    expect(await found('active ne true')).toEqual(['gone']);
    expect(await found('active pr')).toEqual(['gone']);
  });

  test('an address, which no store has, is refused instead of found nowhere', async () => {
    const server = await serve({ profile });
    for (const filter of ['meta.location pr', 'meta.location eq "x"', 'meta[location sw "x"]']) {
      const answer = await server.request('GET', filterUrl('/Users', filter));
      expect([answer.status, answer.body.scimType], filter).toEqual([400, 'invalidFilter']);
    }
  });
});
