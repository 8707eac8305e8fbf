import type { ScimObject } from '@joinery/scim';
import { CORE, ENT } from './server-under-test.ts';

/** An operation as a client sends it. */
export type Operation = Readonly<Record<string, unknown>>;

/** What a user is, what is done to it, and what it is then. */
export interface PatchCase {
  readonly title: string;
  readonly before?: ScimObject;
  readonly operations: readonly Operation[];
  /** Members of the resource afterwards; null stands for an absent one. */
  readonly after: Readonly<Record<string, unknown>>;
  /** How the profile `strict` differs: the scimType of its refusal, or what the members are. Without it, both do the same. */
  readonly strict?: string | Readonly<Record<string, unknown>>;
}

export const work = { type: 'work', value: 'w@x.example', primary: true };
export const home = { type: 'home', value: 'h@x.example' };

/** Operations, paths, values and lists (dialect sheet 2.1 to 2.3, 2.6). */
export const attributeCases: readonly PatchCase[] = [
  ...['add', 'Add', 'ADD', 'replace', 'Replace', 'REPLACE'].map((op) => ({
    title: `S-30 op ${op}`,
    operations: [{ op, path: 'title', value: 'x' }],
    after: { title: 'x' },
  })),
  {
    title: 'S-30 op Remove',
    before: { title: 'x' },
    operations: [{ op: 'Remove', path: 'title' }],
    after: { title: null },
  },
  {
    title: '2.2 op delete',
    before: { title: 'x' },
    operations: [{ op: 'delete', path: 'title' }],
    after: { title: null },
    strict: 'invalidSyntax',
  },
  {
    title: 'S-41 active as text',
    before: { active: true },
    operations: [{ op: 'Replace', path: 'active', value: 'False' }],
    after: { active: false },
    strict: 'invalidValue',
  },
  {
    title: 'S-42 active as boolean',
    before: { active: true },
    operations: [{ op: 'Replace', path: 'active', value: false }],
    after: { active: false },
  },
  {
    title: '13a.4 active is removed like any other attribute',
    before: { active: false },
    operations: [{ op: 'Remove', path: 'active' }],
    after: { active: null },
  },
  {
    title: 'S-44 the work address is replaced and stays primary',
    before: { emails: [work, home] },
    operations: [{ op: 'Replace', path: 'emails[type eq "work"].value', value: 'n@x.example' }],
    after: { emails: [{ ...work, value: 'n@x.example' }, home] },
  },
  {
    title: 'S-45 adding to a missing work address creates it',
    operations: [{ op: 'Add', path: 'emails[type eq "work"].value', value: 'n@x.example' }],
    after: { emails: [{ type: 'work', value: 'n@x.example' }] },
    strict: 'noTarget',
  },
  {
    title: 'S-46 replacing in a missing work address creates it too',
    before: { emails: [home] },
    operations: [{ op: 'Replace', path: 'emails[type eq "work"].value', value: 'n@x.example' }],
    after: { emails: [home, { type: 'work', value: 'n@x.example' }] },
    strict: 'noTarget',
  },
  {
    title: 'S-47 five parts of a new address make one element',
    operations: ['streetAddress', 'locality', 'region', 'postalCode', 'country'].map((sub) => ({
      op: 'Add',
      path: `addresses[type eq "work"].${sub}`,
      value: sub,
    })),
    after: {
      addresses: [
        {
          type: 'work',
          streetAddress: 'streetAddress',
          locality: 'locality',
          region: 'region',
          postalCode: 'postalCode',
          country: 'country',
        },
      ],
    },
    strict: 'noTarget',
  },
  {
    title: 'S-48 two clauses create an element with both',
    operations: [{ op: 'Add', path: 'emails[type eq "work" and primary eq true]', value: { value: 'n@x.example' } }],
    after: { emails: [{ type: 'work', primary: true, value: 'n@x.example' }] },
    strict: 'noTarget',
  },
  {
    title: 'S-48 a value object merges into the match',
    before: { emails: [work] },
    operations: [{ op: 'Replace', path: 'emails[type eq "work" and primary eq true]', value: { display: 'd' } }],
    after: { emails: [{ ...work, display: 'd' }] },
  },
  {
    title: 'S-49 the type is found in any letter case',
    before: { emails: [work] },
    operations: [{ op: 'replace', path: 'emails[type eq "WORK"].value', value: 'n@x.example' }],
    after: { emails: [{ ...work, value: 'n@x.example' }] },
  },
  {
    title: 'S-50 S-51 dotted and URN-qualified keys without a path',
    operations: [
      {
        op: 'replace',
        value: {
          displayName: 'Bjfe',
          'name.givenName': 'Kkom',
          'name.familyName': 'Unua',
          [`${ENT}:employeeNumber`]: 'Aklq',
          [`${ENT}:manager`]: 'm9',
        },
      },
    ],
    after: {
      displayName: 'Bjfe',
      name: { givenName: 'Kkom', familyName: 'Unua' },
      [ENT]: { employeeNumber: 'Aklq', manager: { value: 'm9' } },
      schemas: [CORE, ENT],
    },
    strict: 'invalidPath',
  },
  {
    title: 'S-52 a bare extension URN as key merges',
    before: { [ENT]: { department: 'a', division: 'b' } },
    operations: [{ op: 'replace', value: { [ENT]: { department: 'x' } } }],
    after: { [ENT]: { department: 'x', division: 'b' } },
  },
  {
    title: 'S-52 an extension URN as path merges',
    before: { [ENT]: { division: 'b' } },
    operations: [{ op: 'Add', path: ENT, value: { department: 'x' } }],
    after: { [ENT]: { department: 'x', division: 'b' } },
  },
  {
    title: 'S-52 an extension is removed whole, and with it its URN in schemas',
    before: { [ENT]: { department: 'a' } },
    operations: [{ op: 'remove', path: ENT }],
    after: { [ENT]: null, schemas: [CORE] },
  },
  {
    title: 'S-53 a value path as key without a path',
    operations: [{ op: 'Add', value: { 'emails[type eq "work"].value': 'n@x.example' } }],
    after: { emails: [{ type: 'work', value: 'n@x.example' }] },
    strict: 'invalidPath',
  },
  {
    title: 'S-54 the core URN in front',
    operations: [{ op: 'Add', path: `${CORE}:name.givenName`, value: 'G' }],
    after: { name: { givenName: 'G' } },
  },
  {
    title: 'S-54 the core URN with a value path',
    operations: [{ op: 'Add', path: `${CORE}:emails[type eq "work"].value`, value: 'w' }],
    after: { emails: [{ type: 'work', value: 'w' }] },
    strict: 'noTarget',
  },
  {
    title: 'S-55 a dot after the extension URN',
    operations: [{ op: 'Add', path: `${ENT}.department`, value: 'x' }],
    after: { [ENT]: { department: 'x' } },
    strict: 'invalidPath',
  },
  {
    title: 'S-55 an obsolete extension prefix',
    operations: [{ op: 'Add', path: 'urn:scim:schemas:extension:enterprise:1.0.department', value: 'x' }],
    after: { [ENT]: { department: 'x' } },
    strict: 'invalidPath',
  },
  {
    title: 'S-56 path and URN in mixed case land in the spelling of the schema',
    operations: [
      { op: 'Add', path: 'NICKNAME', value: 'n' },
      { op: 'Add', path: `${ENT.toUpperCase()}:DEPARTMENT`, value: 'x' },
    ],
    after: { nickName: 'n', [ENT]: { department: 'x' } },
  },
  {
    title: 'S-57 a filter value with colon, dot, bracket and quotation mark',
    operations: [{ op: 'Add', path: 'ims[value eq "a:b.c]d\\"e"].type', value: 'xmpp' }],
    after: { ims: [{ value: 'a:b.c]d"e', type: 'xmpp' }] },
    strict: 'noTarget',
  },
  {
    title: '2.3 a list as key without a path',
    before: { emails: [work] },
    operations: [{ op: 'add', value: { nickName: 'x', emails: [home] } }],
    after: { nickName: 'x', emails: [work, home] },
  },
  {
    title: 'S-54 the core URN as path',
    operations: [{ op: 'Replace', path: CORE, value: { title: 't' } }],
    after: { title: 't' },
  },
  {
    title: 'S-54 the core URN as key without a path',
    operations: [{ op: 'Replace', value: { [CORE]: { title: 't' } } }],
    after: { title: 't' },
  },
  {
    title: 'S-57 a filter value that holds a URN',
    operations: [{ op: 'Add', path: `ims[value eq "${ENT}:x"].type`, value: 'xmpp' }],
    after: { ims: [{ value: `${ENT}:x`, type: 'xmpp' }] },
    strict: 'noTarget',
  },
  {
    title: 'S-48 two clauses that nothing matches are created by replace too',
    before: { emails: [home] },
    operations: [{ op: 'Replace', path: 'emails[type eq "work" and primary eq true].value', value: 'n@x.example' }],
    after: { emails: [home, { type: 'work', primary: true, value: 'n@x.example' }] },
    strict: 'noTarget',
  },
  {
    title: '2.4 the office name goes into an address of another type',
    operations: [{ op: 'Add', path: 'addresses[type eq "other"].formatted', value: 'Office 1' }],
    after: { addresses: [{ type: 'other', formatted: 'Office 1' }] },
    strict: 'noTarget',
  },
  {
    title: '2.3 a value path on primary, as text',
    before: { emails: [home, work] },
    operations: [{ op: 'Replace', path: 'emails[primary eq "True"].value', value: 'n@x.example' }],
    after: { emails: [home, { ...work, value: 'n@x.example' }] },
    strict: 'invalidFilter',
  },
  {
    title: '2.3 a bare text as the value of a value path is its value',
    operations: [{ op: 'Add', path: 'emails[type eq "work"]', value: 'n@x.example' }],
    after: { emails: [{ type: 'work', value: 'n@x.example' }] },
    strict: 'invalidValue',
  },
  {
    title: 'S-60 a second primary in an added list resets the first',
    before: { emails: [work] },
    operations: [{ op: 'add', path: 'emails', value: [{ ...home, primary: true }] }],
    after: {
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    },
  },
  {
    title: 'S-61 a sub-attribute is removed, its neighbours stay',
    before: { name: { givenName: 'a', familyName: 'b' } },
    operations: [{ op: 'remove', path: 'name.familyName' }],
    after: { name: { givenName: 'a' } },
  },
  {
    title: 'S-61 a list is removed',
    before: { emails: [work, home] },
    operations: [{ op: 'Remove', path: 'emails' }],
    after: { emails: null },
  },
  {
    title: 'S-62 a list with a value loses the elements that it names',
    before: { emails: [work, home] },
    operations: [{ op: 'Remove', path: 'emails', value: [{ value: 'H@x.example' }] }],
    after: { emails: [work] },
    strict: 'invalidValue',
  },
  {
    title: 'S-63 removing by a filter that nothing matches succeeds',
    before: { emails: [work] },
    operations: [{ op: 'remove', path: 'emails[type eq "home"]' }],
    after: { emails: [work] },
  },
  {
    title: 'S-63 a sub-attribute removed by a filter leaves the others of its element',
    before: { emails: [{ ...home, display: 'd' }] },
    operations: [{ op: 'remove', path: 'emails[type eq "home"].display' }],
    after: { emails: [home] },
  },
  {
    title: '2.6 a number becomes the text of a text attribute',
    operations: [{ op: 'replace', path: `${ENT}:employeeNumber`, value: 701_984 }],
    after: { [ENT]: { employeeNumber: '701984' } },
    strict: 'invalidValue',
  },
  {
    title: '10.1 words that are no addresses are references all the same',
    operations: [
      { op: 'replace', path: 'profileUrl', value: 'random words' },
      { op: 'replace', path: 'photos[type eq "photo"].value', value: 'p' },
    ],
    after: { profileUrl: 'random words', photos: [{ type: 'photo', value: 'p' }] },
    strict: 'noTarget',
  },
];
