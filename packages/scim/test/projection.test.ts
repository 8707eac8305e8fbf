import type { ScimObject } from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { CORE, ENT, profiles, resourcesOf, serve } from './server-under-test.ts';

describe.each(profiles)('projection, profile %s', (profile) => {
  const user: ScimObject = {
    userName: 'u',
    password: 'secret!',
    title: 't',
    name: { givenName: 'g', familyName: 'f' },
    emails: [{ type: 'work', value: 'w' }],
    [ENT]: { department: 'd', manager: { value: 'm' } },
  };
  const cases: readonly (readonly [string, string, ScimObject])[] = [
    [
      'S-120 attributes answers id and what is asked for',
      'attributes=userName,TITLE,nonsense',
      { schemas: [CORE, ENT], userName: 'u', title: 't' },
    ],
    ['S-124 a sub-attribute', 'attributes=name.givenName', { schemas: [CORE, ENT], name: { givenName: 'g' } }],
    [
      'S-124 an attribute of an extension',
      `attributes=${ENT}:department`,
      { schemas: [CORE, ENT], [ENT]: { department: 'd' } },
    ],
    [
      'S-124 a whole extension',
      `attributes=${ENT}`,
      { schemas: [CORE, ENT], [ENT]: { department: 'd', manager: { value: 'm' } } },
    ],
    [
      '4 a value path counts as its attribute',
      `attributes=${encodeURIComponent('emails[type eq "work"]')}`,
      { schemas: [CORE, ENT], emails: [{ type: 'work', value: 'w' }] },
    ],
    ['S-123 the password is not returned even when asked for', 'attributes=password', { schemas: [CORE, ENT] }],
    [
      'excluded attributes go',
      `excludedAttributes=userName,name.familyName,emails,meta,id,${ENT}`,
      { schemas: [CORE, ENT], title: 't', name: { givenName: 'g' } },
    ],
  ];
  for (const [title, query, expected] of cases) {
    test(title, async () => {
      const server = await serve({ profile });
      const id = await server.create('/Users', user);
      const single = await server.request('GET', `/Users/${id}?${query}`);
      expect(single.body).toEqual({ ...expected, id });
      const [listed] = resourcesOf(await server.request('GET', `/Users?${query}`));
      expect(listed).toEqual({ ...expected, id });
    });
  }

  test('S-121 excluded members leave no key, on GET and in lists', async () => {
    const server = await serve({ profile });
    const id = await server.create('/Groups', { displayName: 'G', members: [{ value: 'u' }] });
    const single = await server.request('GET', `/Groups/${id}?excludedAttributes=members`);
    const [listed] = resourcesOf(await server.request('GET', '/Groups?excludedAttributes=members'));
    for (const group of [single.body, listed ?? {}]) {
      expect(Object.keys(group)).toEqual(['schemas', 'id', 'displayName', 'meta']);
      expect(group.meta).toHaveProperty('location');
    }
  });

  test('lists without names are not given', async () => {
    const server = await serve({ profile });
    const id = await server.create('/Users', user);
    const whole = (await server.request('GET', `/Users/${id}`)).body;
    for (const query of ['attributes=', 'attributes=,', 'attributes=&excludedAttributes=', 'excludedAttributes=']) {
      expect((await server.request('GET', `/Users/${id}?${query}`)).body, query).toEqual(whole);
    }
    const narrowed = await server.request('GET', `/Users/${id}?attributes=&excludedAttributes=title`);
    expect(narrowed.body).not.toHaveProperty('title');
  });

  test('S-122 both kinds together are an invalid value', async () => {
    const server = await serve({ profile });
    const answer = await server.request('GET', '/Users?attributes=a&excludedAttributes=b');
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
  });

  test('S-123 the password is in no answer', async () => {
    const server = await serve({ profile });
    const created = await server.request('POST', '/Users', user);
    const id = String(created.body.id);
    const all = [created, await server.request('GET', `/Users/${id}`), await server.request('GET', '/Users')];
    const patched = await server.patch(`/Users/${id}`, { op: 'replace', path: 'password', value: 'secret!2' });
    for (const { text } of [...all, patched]) expect(text).not.toContain('secret!');
  });
});
