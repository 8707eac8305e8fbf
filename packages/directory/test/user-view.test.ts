import { compileResourceType, type ScimObject, type ScimValue, userType } from '@joinery/scim';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeUser, decomposeUser } from '../src/scim/user-view.ts';
import type { UserDocument } from '../src/user/user.ts';

const type = compileResourceType(userType);
const id = '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef';
const ENT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const text = fc.constantFrom('', 'a', 'b', 'Ä', 'x@y.example', '+49 30 1');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

function compact(object: Readonly<Record<string, ScimValue | undefined>>): ScimObject {
  const entries = Object.entries(object).filter((entry): entry is [string, ScimValue] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

const elements = (types: readonly string[], subs: readonly string[]) =>
  fc.array(
    fc
      .record({
        type: maybe(fc.constantFrom(...types)),
        primary: maybe(fc.boolean()),
        ...Object.fromEntries(subs.map((sub) => [sub, maybe(text)])),
      })
      .map(compact),
    { minLength: 1, maxLength: 4 },
  );

const resource: fc.Arbitrary<ScimObject> = fc
  .record({
    userName: text,
    externalId: maybe(text),
    active: maybe(fc.boolean()),
    title: maybe(text),
    nickName: maybe(text),
    name: maybe(fc.record({ givenName: text, formatted: maybe(text) }).map(compact)),
    emails: maybe(elements(['work', 'Work', 'home', 'other'], ['value', 'display'])),
    phoneNumbers: maybe(elements(['work', 'mobile', 'fax', 'home'], ['value'])),
    addresses: maybe(elements(['work', 'other', 'home'], ['streetAddress', 'locality', 'formatted'])),
    [ENT]: maybe(
      fc
        .record({
          employeeNumber: text,
          costCenter: maybe(text),
          manager: maybe(fc.constant({ value: 'm', $ref: '../Users/m' })),
        })
        .map(compact),
    ),
  })
  .map(compact);

const change: fc.Arbitrary<Readonly<Record<string, string | readonly string[] | undefined>>> = fc.record(
  {
    jobTitle: maybe(text),
    mail: maybe(text),
    otherMails: maybe(fc.array(text, { minLength: 1, maxLength: 3 })),
    businessPhones: maybe(fc.array(text, { minLength: 1, maxLength: 3 })),
    mobilePhone: maybe(text),
    faxNumber: maybe(text),
    streetAddress: maybe(text),
    city: maybe(text),
    officeLocation: maybe(text),
    department: maybe(text),
  },
  { requiredKeys: [] },
);

function changed(document: UserDocument, changes: Readonly<Record<string, string | readonly string[] | undefined>>) {
  const entries = Object.entries({ ...document, ...changes });
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

describe('one user, seen by Graph and by SCIM', () => {
  test('what SCIM wrote is what SCIM reads', () => {
    fc.assert(
      fc.property(resource, (sent) => {
        const shown = composeUser({ id, ...decomposeUser(sent, type, undefined) }, type);
        const { schemas: _, id: __, ...read } = shown;
        expect(read).toEqual(sent);
      }),
    );
  });

  test('a change on the Graph side is seen by SCIM, and a SCIM write afterwards takes nothing of it back', () => {
    fc.assert(
      fc.property(resource, change, (sent, changes) => {
        const stored = decomposeUser(sent, type, undefined);
        const document = changed(stored.document, { ...changes, usageLocation: 'DE' });
        const shown = composeUser({ ...stored, id, document }, type);
        const again = decomposeUser(shown, type, { ...stored, document });
        expect(again.document).toEqual(document);
        expect(composeUser({ ...again, id }, type)).toEqual(shown);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a change on the Graph side leaves alone what Graph has no word for', () => {
    const sent: ScimObject = {
      userName: 'joy',
      nickName: 'J',
      emails: [
        { value: 'h@x.example', type: 'home', display: 'home' },
        { value: 'w@x.example', type: 'work', primary: true, display: 'desk' },
      ],
      [ENT]: { manager: { value: 'm', $ref: '../Users/m' } },
    };
    const stored = decomposeUser(sent, type, undefined);
    expect(stored.document).toEqual({ userPrincipalName: 'joy', mail: 'w@x.example' });
    const document = { ...stored.document, mail: 'n@x.example', employeeId: '7' };
    expect(composeUser({ ...stored, id, document }, type)).toMatchObject({
      nickName: 'J',
      emails: [
        { value: 'h@x.example', type: 'home', display: 'home' },
        { value: 'n@x.example', type: 'work', primary: true, display: 'desk' },
      ],
      [ENT]: { employeeNumber: '7', manager: { value: 'm', $ref: '../Users/m' } },
    });
  });

  test('a password is nowhere in what is stored', () => {
    const stored = decomposeUser({ userName: 'joy', password: 'Correct-horse-1' }, type, undefined);
    expect(JSON.stringify(stored)).not.toContain('Correct-horse-1');
  });
});
