import {
  isObject,
  PATCH_OP_URN,
  parseJson,
  parsePatch,
  printJson,
  type ScimValue,
  serialiseResource,
  validateResource,
} from '@joinery/scim';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemOf } from './problem-of.ts';
import { CORE, ENT, serve, users } from './server-under-test.ts';

describe('resources', () => {
  const value: fc.Arbitrary<ScimValue> = fc.letrec<{ value: ScimValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<ScimValue>(
        '',
        'x',
        'True',
        'work',
        '2021-01-01T00:00:00Z',
        'YQ==',
        1,
        1.5,
        true,
        false,
        null,
        2n ** 70n,
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom('value', 'type', 'Primary', '$ref', 'display', 'givenName', 'constructor', 'x'),
        tie('value'),
        {
          maxKeys: 4,
          noNullPrototype: true,
        },
      ),
    ),
  })).value;
  const names = [
    'active',
    'name',
    'emails',
    'roles',
    'addresses',
    'photos',
    'title',
    'meta',
    'groups',
    'schemas',
    'x509Certificates',
    'manager',
    ENT,
    CORE,
    'toString',
    'constructor',
  ];

  test('any body is accepted or refused with 400, and what is accepted reads back as itself', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true }), (body) => {
        const code = problemOf(() => {
          const resource = validateResource({ userName: 'u', ...body }, users);
          expect(validateResource(resource, users)).toEqual(resource);
          const meta = { created: '2021-01-01T00:00:00Z', lastModified: '2021-01-01T00:00:00Z', version: 'W/"1"' };
          const stored = parseJson(serialiseResource({ ...resource, id: '1' }, users, meta));
          expect(isObject(stored) && Object.keys(stored)).toEqual([
            'schemas',
            'id',
            ...Object.keys(resource).filter((name) => name !== 'schemas'),
            'meta',
          ]);
        });
        expect([undefined, 'SCIM_VALUE_INVALID', 'SCIM_BODY_SYNTAX']).toContain(code);
      }),
      { numRuns: 5000 },
    );
  });

  const path = fc.constantFrom(
    ...[
      'active',
      'title',
      'name',
      'name.givenName',
      'emails',
      'emails.value',
      'emails[type eq "work"]',
      'emails[type eq "work"].value',
    ],
    ...[
      'emails[primary eq true].type',
      'roles',
      'roles[primary eq "True"].value',
      'addresses[type eq "work"].locality',
      'manager',
    ],
    ...[
      `${ENT}:manager.value`,
      `${ENT}:department`,
      ENT,
      CORE,
      'userName',
      'groups',
      'nonsense',
      'emails[',
      'meta.created',
      '',
    ],
  );
  const operation = fc.record(
    { op: fc.constantFrom('add', 'Replace', 'REMOVE'), path, value },
    { requiredKeys: ['op'] },
  );

  test('any PATCH is accepted or refused with 400; applied twice it is applied once', () => {
    const current = validateResource(
      {
        userName: 'u',
        emails: [
          { type: 'work', value: 'w', primary: true },
          { type: 'home', value: 'h' },
        ],
        [ENT]: { manager: 'm' },
      },
      users,
    );
    const frozen = printJson(current);
    let applied = 0;
    fc.assert(
      fc.property(operation, (each) => {
        const code = problemOf(() => {
          const change = parsePatch({ schemas: [PATCH_OP_URN], Operations: [{ ...each }] }, users);
          const once = change.apply(current);
          if (once.changed) applied += 1;
          const twice = changesItsFilter(each.path ?? '', each.value ?? null) ? once : change.apply(once.resource);
          expect(twice.resource).toEqual(once.resource);
          if (twice !== once) expect(twice.changed).toBe(false);
          expect(validateResource(once.resource, users)).toEqual(once.resource);
        });
        expect(code === undefined || code.startsWith('SCIM_'), code).toBe(true);
        expect(printJson(current)).toBe(frozen);
      }),
      { numRuns: 10_000 },
    );
    expect(applied).toBeGreaterThan(500);
  });
});

describe('the server', () => {
  test('whatever arrives, it answers a SCIM error or a resource, and never 500', async () => {
    const server = await serve();
    const id = await server.create('/Users', { userName: 'u', title: 'kept' });
    const other = await server.create('/Users', { userName: 'other', title: 'untouched' });
    const before = (await server.request('GET', `/Users/${other}`)).text;
    const body = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc
        .json()
        .map((text) => `{"schemas":["${PATCH_OP_URN}"],"Operations":[{"op":"add","path":"emails","value":${text}}]}`),
      fc.json().map((text) => `{"userName":"x","name":${text},"emails":${text}}`),
    );
    const query = fc.constantFrom(
      '',
      '?filter=',
      '?filter=%22',
      '?count=-',
      '?attributes=[',
      '?sortBy=emails',
      '?startIndex=%C3%A9',
      '?&&=&',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET' as const, 'POST' as const, 'PUT' as const, 'PATCH' as const),
        fc.constantFrom('/Users', `/Users/${id}`, '/.search', '/Users/.search', '/Schemas', '/Groups', '/Users/%00'),
        query,
        body,
        async (method, url, tail, payload) => {
          const answer = await server.request(method, url + tail, method === 'GET' ? undefined : payload);
          expect(answer.status, answer.text).toBeLessThan(500);
          if (answer.status >= 400) expect(answer.body).toMatchObject({ status: String(answer.status) });
        },
      ),
      { numRuns: 2000 },
    );
    expect((await server.request('GET', `/Users/${other}`)).text).toBe(before);
  });

  test('a body of ten thousand operations that multiply ends within a second', async () => {
    const server = await serve({ limits: { bodyBytes: 10_000_000 } });
    const emails = Array.from({ length: 5000 }, (_, index) => ({ type: `t${index}`, value: `v${index}` }));
    const id = await server.create('/Users', { userName: 'u', emails });
    for (const path of ['emails[value co "none"]', 'emails[type eq "t1" or type eq "t2"].value', 'emails']) {
      const operations = Array.from({ length: 10_000 }, (_, index) => ({
        op: 'add',
        path,
        value: { value: `${index}`, primary: true },
      }));
      const start = performance.now();
      const answer = await server.patch(`/Users/${id}`, ...operations);
      expect(answer.status).toBe(400);
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });
});

/** A change of what the filter itself speaks of: the second time it finds another element, and rightly so. */
function changesItsFilter(path: string, value: ScimValue): boolean {
  return path.endsWith(']') && /"(?:type|Primary)"/.test(printJson(value));
}
