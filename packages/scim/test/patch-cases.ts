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
}

export const work = { type: 'work', value: 'w@x.example', primary: true };
export const home = { type: 'home', value: 'h@x.example' };
const m1 = { manager: { value: 'm1' } };

export const userCases: readonly PatchCase[] = [
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
  },
  {
    title: 'S-41 active as text',
    before: { active: true },
    operations: [{ op: 'Replace', path: 'active', value: 'False' }],
    after: { active: false },
  },
  {
    title: 'S-42 active as boolean',
    before: { active: true },
    operations: [{ op: 'Replace', path: 'active', value: false }],
    after: { active: false },
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
  },
  {
    title: 'S-46 replacing in a missing work address creates it too',
    before: { emails: [home] },
    operations: [{ op: 'Replace', path: 'emails[type eq "work"].value', value: 'n@x.example' }],
    after: { emails: [home, { type: 'work', value: 'n@x.example' }] },
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
  },
  {
    title: 'S-48 two clauses create an element with both',
    operations: [{ op: 'Add', path: 'emails[type eq "work" and primary eq true]', value: { value: 'n@x.example' } }],
    after: { emails: [{ type: 'work', primary: true, value: 'n@x.example' }] },
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
  },
  {
    title: 'S-55 a dot after the extension URN',
    operations: [{ op: 'Add', path: `${ENT}.department`, value: 'x' }],
    after: { [ENT]: { department: 'x' } },
  },
  {
    title: 'S-55 an obsolete extension prefix',
    operations: [{ op: 'Add', path: 'urn:scim:schemas:extension:enterprise:1.0.department', value: 'x' }],
    after: { [ENT]: { department: 'x' } },
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
  },
  {
    title: 'S-58 adding a list adds what is not there',
    before: { emails: [work] },
    operations: [{ op: 'add', path: 'emails', value: [{ type: 'WORK', value: 'W@x.example' }, home] }],
    after: { emails: [{ type: 'WORK', value: 'W@x.example', primary: true }, home] },
  },
  {
    title: 'S-59 replacing a list sets it',
    before: { emails: [work] },
    operations: [{ op: 'replace', path: 'emails', value: [home] }],
    after: { emails: [home] },
  },
  {
    title: 'S-60 a new primary resets the old one',
    before: { emails: [work, home] },
    operations: [{ op: 'replace', path: 'emails[type eq "home"].primary', value: 'True' }],
    after: {
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    },
  },
  {
    title: 'S-61 removing what is absent succeeds',
    operations: [{ op: 'Remove', path: 'nickName' }],
    after: { nickName: null },
  },
  {
    title: 'S-62 removing an equal value clears',
    before: { displayName: 'Old' },
    operations: [{ op: 'Remove', path: 'displayName', value: 'OLD' }],
    after: { displayName: null },
  },
  {
    title: 'S-62 removing another value changes nothing',
    before: { displayName: 'New' },
    operations: [{ op: 'Remove', path: 'displayName', value: 'Old' }],
    after: { displayName: 'New' },
  },
  {
    title: 'S-62 removing an empty value clears',
    before: { displayName: 'New' },
    operations: [{ op: 'Remove', path: 'displayName', value: '' }],
    after: { displayName: null },
  },
  {
    title: 'S-63 the last element removed by a filter leaves nothing',
    before: { emails: [home] },
    operations: [{ op: 'remove', path: 'emails[type eq "home"]' }],
    after: { emails: null },
  },
  {
    title: 'S-63 a sub-attribute removed by a filter drops an element that says nothing any more',
    before: { emails: [work, home] },
    operations: [{ op: 'remove', path: 'emails[type eq "home"].value' }],
    after: { emails: [work] },
  },
  {
    title: 'S-64 S-144 null unassigns',
    before: { title: 'x' },
    operations: [{ op: 'Replace', path: 'title', value: null }],
    after: { title: null },
  },
  {
    title: '13a.5 an empty text unassigns',
    before: { title: 'x' },
    operations: [{ op: 'Replace', path: 'title', value: '' }],
    after: { title: null },
  },
  {
    title: 'S-64 null in a value object unassigns',
    before: { name: { givenName: 'a', familyName: 'b' } },
    operations: [{ op: 'replace', path: 'name', value: { givenName: null } }],
    after: { name: { familyName: 'b' } },
  },
  {
    title: 'S-64 null unassigns a list',
    before: { emails: [work] },
    operations: [{ op: 'replace', path: 'emails', value: null }],
    after: { emails: null },
  },
  {
    title: 'S-65 a single object for a list',
    operations: [{ op: 'Add', path: 'emails', value: home }],
    after: { emails: [home] },
  },
  {
    title: 'S-66 several operations on one attribute apply in order',
    operations: [
      { op: 'Add', path: 'title', value: 'a' },
      { op: 'Replace', path: 'title', value: 'b' },
      { op: 'Remove', path: 'title' },
      { op: 'Add', path: 'title', value: 'c' },
    ],
    after: { title: 'c' },
  },
  {
    title: 'a complex attribute keeps the parts that are not named',
    before: { name: { familyName: 'b' } },
    operations: [{ op: 'Add', path: 'name.givenName', value: 'a' }],
    after: { name: { familyName: 'b', givenName: 'a' } },
  },
  // The nine forms of a manager.
  {
    title: 'S-68 manager as a bare text',
    operations: [{ op: 'Add', path: `${ENT}:manager`, value: 'm1' }],
    after: { [ENT]: m1 },
  },
  {
    title: 'S-69 manager as an object',
    operations: [{ op: 'replace', path: `${ENT}:manager`, value: { value: 'm1' } }],
    after: { [ENT]: m1 },
  },
  {
    title: 'S-70 manager as a list of one',
    operations: [{ op: 'Add', path: `${ENT}:manager`, value: [{ $ref: 'http://x/Users/m1', value: 'm1' }] }],
    after: { [ENT]: { manager: { $ref: 'http://x/Users/m1', value: 'm1' } } },
  },
  {
    title: 'S-71 manager by its sub-attribute',
    operations: [{ op: 'Replace', path: `${ENT}:manager.value`, value: 'm1' }],
    after: { [ENT]: m1 },
  },
  {
    title: 'S-72 manager without a path',
    operations: [{ op: 'replace', value: { [`${ENT}:manager`]: 'm1' } }],
    after: { [ENT]: m1 },
  },
  {
    title: 'S-73 manager removed',
    before: { [ENT]: m1 },
    operations: [{ op: 'Remove', path: `${ENT}:manager` }],
    after: { [ENT]: null },
  },
  {
    title: 'S-74 manager with an empty id is unset',
    before: { [ENT]: m1 },
    operations: [{ op: 'replace', path: `${ENT}:manager`, value: { value: '' } }],
    after: { [ENT]: null },
  },
  {
    title: 'S-75 manager as an empty text is unset',
    before: { [ENT]: m1 },
    operations: [{ op: 'Replace', path: `${ENT}:manager`, value: '' }],
    after: { [ENT]: null },
  },
  {
    title: 'S-75 manager as null is unset',
    before: { [ENT]: m1 },
    operations: [{ op: 'Replace', path: `${ENT}:manager`, value: null }],
    after: { [ENT]: null },
  },
  {
    title: 'S-76 manager without the extension in front',
    operations: [{ op: 'Add', path: 'manager', value: [{ value: 'm1' }] }],
    after: { [ENT]: m1 },
  },
  {
    title: 'S-77 another manager leaves nothing of the old one',
    before: { [ENT]: { manager: { value: 'm1', $ref: 'http://x/Users/m1' } } },
    operations: [{ op: 'Replace', path: `${ENT}:manager.value`, value: 'm2' }],
    after: { [ENT]: { manager: { value: 'm2' } } },
  },
  {
    title: 'S-78 any text is a manager',
    operations: [{ op: 'add', path: `${ENT}:manager`, value: { value: 'qwertz 1' } }],
    after: { [ENT]: { manager: { value: 'qwertz 1' } } },
  },
  // Roles.
  {
    title: 'S-93 a role as JSON text is unpacked',
    operations: [
      { op: 'Add', path: 'roles', value: [{ value: '{"id":"1","value":"Admin","displayName":"Administrator"}' }] },
    ],
    after: { roles: [{ value: 'Admin', display: 'Administrator' }] },
  },
  {
    title: 'S-94 the parts of the primary role make one role',
    operations: ['value', 'display', 'type'].map((sub) => ({
      op: 'Add',
      path: `roles[primary eq "True"].${sub}`,
      value: sub,
    })),
    after: { roles: [{ primary: true, value: 'value', display: 'display', type: 'type' }] },
  },
  {
    title: 'S-95 roles are replaced',
    before: { roles: [{ value: 'a', primary: true }] },
    operations: [{ op: 'replace', path: 'roles', value: [{ value: 'b', primary: 'True', display: 'B' }] }],
    after: { roles: [{ value: 'b', primary: true, display: 'B' }] },
  },
];
