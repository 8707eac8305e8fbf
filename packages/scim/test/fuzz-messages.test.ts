import {
  isObject,
  PATCH_OP_URN,
  parseJson,
  parsePatch,
  printJson,
  readSearchRequest,
  replaceWith,
  type ScimProfile,
  type ScimValue,
  serialiseResource,
  validateResource,
} from '@joinery/scim';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzMs, mutated, prototypeIsClean, share, withinASecond } from '../../../testing/fuzz-runs.ts';
import { almostUser, names, value } from './fuzz-values.ts';
import { problemOf } from './problem-of.ts';
import { CORE, ENT, GROUP, groups, strictGroups, strictUsers, users } from './server-under-test.ts';

const profile = fc.constantFrom<ScimProfile>('entra', 'strict');
const meta = { created: '2021-01-01T00:00:00Z', lastModified: '2021-01-01T00:00:00Z', version: 'W/"1"' };

test(
  'any body is accepted or refused with 400, and what is accepted reads back as itself',
  () => {
    let accepted = 0;
    fc.assert(
      fc.property(almostUser, profile, (body, reading) => {
        const type = reading === 'strict' ? strictUsers : users;
        const code = withinASecond(() =>
          problemOf(() => {
            const resource = validateResource(body, type);
            accepted += 1;
            expect(validateResource(resource, type)).toEqual(resource);
            const stored = parseJson(serialiseResource({ ...resource, id: '1' }, type, meta));
            expect(isObject(stored) && Object.keys(stored).slice(0, 2)).toEqual(['schemas', 'id']);
            expect(isObject(stored) && Object.keys(stored).at(-1)).toBe('meta');
          }),
        );
        expect([undefined, 'SCIM_VALUE_INVALID', 'SCIM_BODY_SYNTAX', 'SCIM_REQUIRED_MISSING']).toContain(code);
        expect(prototypeIsClean()).toBe(true);
      }),
      share(0.15),
    );
    expect(accepted).toBeGreaterThan(share(0.15).numRuns / 20);
  },
  fuzzMs,
);

const paths = fc.constantFrom(
  ...['active', 'title', 'name', 'name.givenName', 'emails', 'emails.value', 'emails[type eq "work"]', 'password'],
  ...['emails[type eq "work"].value', 'emails[primary eq true].type', 'roles', 'roles[primary eq "True"].value'],
  ...['addresses[type eq "work" and primary eq true].locality', 'manager', `${ENT}:manager.value`, `${ENT}.department`],
  ...[ENT, CORE, `${CORE}:name`, 'userName', 'groups', 'nonsense', 'emails[', 'meta.created', '', 'members', GROUP],
  ...[
    'members[value eq "u1"]',
    'members[value eq "u1" or value eq "u2"]',
    'members[display sw "A"].type',
    'displayName',
  ],
);
const pieces = '[ ] . : " \\ and or not( eq pr $ref __proto__ urn: \ud800'
  .split(' ')
  .flatMap((each) => [each, ` ${each} `]);
const fitting = fc.constantFrom<ScimValue>(
  ...['n', 'False', true, { value: 'v', type: 'work' }, [{ value: 'u9' }], [{ value: 'u1' }], { givenName: 'n' }, 'u2'],
);
const operation = fc.record(
  {
    op: fc.oneof({ weight: 40, arbitrary: fc.constantFrom('add', 'Replace', 'REMOVE', 'delete') }, value),
    path: fc.oneof({ weight: 4, arbitrary: paths }, mutated(paths, pieces)),
    value: fc.oneof(
      { weight: 2, arbitrary: value },
      { weight: 4, arbitrary: fitting },
      fc.dictionary(fc.oneof(names, paths), value, { maxKeys: 3, noNullPrototype: true }),
    ),
  },
  { requiredKeys: ['op'], noNullPrototype: true },
);

const user = validateResource(
  {
    userName: 'u',
    emails: [
      { type: 'work', value: 'w', primary: true },
      { type: 'home', value: 'h' },
    ],
    [ENT]: { manager: 'm1' },
  },
  users,
);
const group = validateResource({ displayName: 'G', members: ['u1', 'u2', 'u3'] }, groups);

test(
  'any PATCH or PUT is accepted or refused with 400, and writes to nothing but its own result',
  () => {
    const frozen = printJson([user, group]);
    let applied = 0;
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 3 }), fc.nat(3), profile, (list, which, reading) => {
        const person = which > 0;
        const [entra, strict] = person ? [users, strictUsers] : [groups, strictGroups];
        const type = reading === 'strict' ? strict : entra;
        const current = person ? user : group;
        const body: ScimValue = { schemas: [PATCH_OP_URN], Operations: list.map((each) => ({ ...each })) };
        const code = withinASecond(() =>
          problemOf(() => {
            const { resource, changed, changes } = parsePatch(body, type).apply(current);
            if (changed) applied += 1;
            expect(changes.length > 0).toBe(changed);
            expect(resource === current).toBe(!changed);
            expect(validateResource(resource, type)).toEqual(resource);
          }),
        );
        const put = problemOf(() =>
          replaceWith(
            Object.fromEntries(list.map((each, at) => [each.path ?? String(at), each.value ?? null])),
            type,
          ).apply(current),
        );
        for (const each of [code, put]) expect(each === undefined || /^SCIM_(?!TARGET)/.test(each), each).toBe(true);
        expect(printJson([user, group])).toBe(frozen);
        expect(prototypeIsClean()).toBe(true);
      }),
      share(0.2),
    );
    expect(applied).toBeGreaterThan(share(0.2).numRuns / 40);
  },
  fuzzMs,
);

test(
  'a PATCH of one operation, applied twice, is applied once',
  () => {
    let applied = 0;
    fc.assert(
      fc.property(operation, (each) => {
        const code = problemOf(() => {
          const change = parsePatch({ schemas: [PATCH_OP_URN], Operations: [{ ...each }] }, users);
          const once = change.apply(user);
          if (once.changed) applied += 1;
          const twice = changesItsFilter(each.path ?? '', each.value ?? null) ? once : change.apply(once.resource);
          expect(twice.resource).toEqual(once.resource);
          if (twice !== once) expect(twice.changed).toBe(false);
        });
        expect(code === undefined || code.startsWith('SCIM_'), code).toBe(true);
      }),
      share(0.03),
    );
    expect(applied).toBeGreaterThan(share(0.03).numRuns / 40);
  },
  fuzzMs,
);

test('any search request is read or refused', () => {
  const search = fc.dictionary(
    fc.constantFrom(
      'schemas',
      'filter',
      'attributes',
      'excludedAttributes',
      'sortBy',
      'SORTORDER',
      'startIndex',
      'count',
    ),
    fc.oneof(value, fc.constant<ScimValue>(['urn:ietf:params:scim:api:messages:2.0:SearchRequest'])),
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(search, (body) => {
      const code = problemOf(() => readSearchRequest(body));
      expect([undefined, 'SCIM_BODY_SYNTAX', 'SCIM_QUERY_INVALID']).toContain(code);
    }),
    share(0.01),
  );
});

/** A change of what the filter itself speaks of: the second time it finds another element, and rightly so. */
function changesItsFilter(path: string, each: ScimValue): boolean {
  return /\]\s*$|\]\.(?:type|primary|value)/i.test(path) || (isObject(each) && /\]/.test(printJson(each)));
}
