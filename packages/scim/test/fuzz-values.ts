import { isList, isObject, type ScimDraft, type ScimObject, type ScimValue } from '@joinery/scim';
import fc from 'fast-check';
import { CORE, ENT } from './server-under-test.ts';

/** Values of every type, many of them nearly right somewhere. */
export const value: fc.Arbitrary<ScimValue> = fc.letrec<{ value: ScimValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<ScimValue>(
      ...['', 'x', 'True', 'work', '2021-01-01T00:00:00Z', 'YQ==', '{"value":"Admin"}', '{"value":', 'bulkId:a', '١'],
      ...[1, 1.5, -0, 1e308, true, false, null, 2n ** 70n],
    ),
    fc.string({ unit: 'binary', maxLength: 3 }).map(storable),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'value',
        'type',
        'Primary',
        'primary',
        '$ref',
        'display',
        'givenName',
        'constructor',
        'prototype',
        '',
      ),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

/** What is left of a text after our JSON parser: it lets neither lone surrogates nor U+0000 through. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

/** Names that a body may have as members: attributes, schemas, and what objects have by birth. */
export const names: fc.Arbitrary<string> = fc.constantFrom(
  ...['active', 'name', 'emails', 'roles', 'addresses', 'photos', 'title', 'meta', 'groups', 'members', 'displayName'],
  ...['schemas', 'id', 'x509Certificates', 'manager', 'password', ENT, CORE, ENT.toUpperCase(), 'urn:x:y', 'USERNAME'],
  ...['toString', 'constructor', 'hasOwnProperty', 'valueOf', ''],
);

const right: ScimObject = {
  schemas: [CORE, ENT],
  userName: 'u',
  active: true,
  name: { givenName: 'g', familyName: 'f' },
  emails: [
    { type: 'work', value: 'w', primary: true },
    { type: 'home', value: 'h' },
  ],
  addresses: [{ type: 'work', locality: 'l' }],
  roles: [{ value: 'r', primary: true }],
  [ENT]: { department: 'd', manager: { value: 'm' } },
};

/** A right user in which some place holds something else: wrong types everywhere. */
export const almostUser: fc.Arbitrary<ScimObject> = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(40), value), { maxLength: 3 }),
    fc.dictionary(names, value, { maxKeys: 2, noNullPrototype: true }),
  )
  .map(([changes, more]) => ({
    ...changes.reduce<ScimObject>((user, [place, each]) => replacedAt(user, { left: place }, each), right),
    ...more,
  }));

/** The object with the value at its n-th place, in depth-first order. */
function replacedAt(object: ScimObject, place: { left: number }, each: ScimValue): ScimObject {
  const draft: ScimDraft = {};
  for (const [name, present] of Object.entries(object)) draft[name] = replaced(present, place, each);
  return draft;
}

function replaced(present: ScimValue, place: { left: number }, each: ScimValue): ScimValue {
  place.left -= 1;
  if (place.left === -1) return each;
  if (isList(present)) return present.map((item) => replaced(item, place, each));
  return isObject(present) ? replacedAt(present, place, each) : present;
}
