import { Problem } from '@joinery/problems';
import type { ScimValue } from '@joinery/scim';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTargetPath } from '../src/target/path.ts';
import { readTarget } from '../src/target/read.ts';
import { buildResource } from '../src/target/resource.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const build = (values: Record<string, ScimValue>) =>
  buildResource(
    core,
    Object.entries(values).map(([text, value]) => ({ path: parseTargetPath(text), value })),
  );

test('E-45 a complex path builds exactly one array element per type', () => {
  expect(
    build({
      'emails[type eq "work"].value': 'a@b.c',
      'addresses[type eq "work"].locality': 'Oslo',
      'addresses[type eq "work"].country': 'NO',
      'addresses[type eq "other"].country': 'SE',
      'roles[primary eq "True"].value': 'admin',
      'name.givenName': 'Ann',
      'name.familyName': 'B',
      [`${core}:title`]: 'Clerk',
      [`${enterprise}:department`]: 'Sales',
    }),
  ).toEqual({
    schemas: [core, enterprise],
    emails: [{ type: 'work', value: 'a@b.c', primary: true }],
    addresses: [
      { type: 'work', locality: 'Oslo', country: 'NO' },
      { type: 'other', country: 'SE' },
    ],
    roles: [{ primary: true, value: 'admin' }],
    name: { givenName: 'Ann', familyName: 'B' },
    title: 'Clerk',
    [enterprise]: { department: 'Sales' },
  });
});

test('what a path writes it reads again, whatever case the target answers in', () => {
  const paths = ['title', 'name.givenName', 'emails[type eq "work"].value', `${enterprise}:costCenter`, '-dn-'];
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...paths), { minLength: 1 }),
      fc.string({ minLength: 1 }),
      (texts, value) => {
        const resource = build(Object.fromEntries(texts.map((text) => [text, `${text}${value}`])));
        for (const text of texts) expect(readTarget(resource, parseTargetPath(text))).toBe(`${text}${value}`);
      },
    ),
  );
  expect(readTarget({ EMAILS: [{ Type: 'Work', Value: 'x' }] }, parseTargetPath('emails[type eq "work"].value'))).toBe(
    'x',
  );
});

test.each(['', '[', 'emails[type eq "work"]', 'emails[type co "work"].value', `${enterprise}:`, 'a b'])(
  'a target attribute name that is no path is refused: %j',
  (text) => {
    const attempt = () => parseTargetPath(text);
    expect(attempt).toThrow(Problem);
    expect(attempt).toThrow(expect.objectContaining({ code: 'ENGINE_TARGET_ATTRIBUTE_INVALID' }));
  },
);
