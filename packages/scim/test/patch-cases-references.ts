import type { PatchCase } from './patch-cases.ts';
import { ENT } from './server-under-test.ts';

const m1 = { manager: { value: 'm1' } };

/** Managers and roles (dialect sheet 2.4). */
export const referenceCases: readonly PatchCase[] = [
  // The nine forms of a manager.
  {
    title: 'S-68 manager as a bare text',
    operations: [{ op: 'Add', path: `${ENT}:manager`, value: 'm1' }],
    after: { [ENT]: m1 },
    strict: 'invalidValue',
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
    strict: 'invalidValue',
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
    strict: 'invalidPath',
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
    strict: { [ENT]: { manager: { value: '' } } },
  },
  {
    title: 'S-75 manager as an empty text is unset',
    before: { [ENT]: m1 },
    operations: [{ op: 'Replace', path: `${ENT}:manager`, value: '' }],
    after: { [ENT]: null },
    strict: 'invalidValue',
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
    strict: 'invalidPath',
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
    strict: { roles: [{ value: '{"id":"1","value":"Admin","displayName":"Administrator"}' }] },
  },
  {
    title: 'S-93 text in braces that is no JSON is the value',
    operations: [{ op: 'Add', path: 'roles', value: [{ value: '{admin}' }] }],
    after: { roles: [{ value: '{admin}' }] },
  },
  {
    title: 'S-93 a role as JSON text is unpacked in a value path, too',
    operations: [{ op: 'Add', path: 'roles[primary eq "True"].value', value: '{"value":"A","displayName":"B"}' }],
    after: { roles: [{ primary: true, value: 'A', display: 'B' }] },
    strict: 'invalidFilter',
  },
  {
    title: 'S-94 the parts of the primary role make one role',
    operations: ['value', 'display', 'type'].map((sub) => ({
      op: 'Add',
      path: `roles[primary eq "True"].${sub}`,
      value: sub,
    })),
    after: { roles: [{ primary: true, value: 'value', display: 'display', type: 'type' }] },
    strict: 'invalidFilter',
  },
  {
    title: 'S-95 roles are replaced',
    before: { roles: [{ value: 'a', primary: true }] },
    operations: [{ op: 'replace', path: 'roles', value: [{ value: 'b', primary: 'True', display: 'B' }] }],
    after: { roles: [{ value: 'b', primary: true, display: 'B' }] },
    strict: 'invalidValue',
  },
  {
    title: 'S-76 the dotted spelling of a manager with a bare text',
    operations: [{ op: 'Replace', path: `${ENT}.manager`, value: 'm1' }],
    after: { [ENT]: m1 },
    strict: 'invalidPath',
  },
  {
    title: 'S-74 without a path, an empty manager is unset',
    before: { [ENT]: m1 },
    operations: [{ op: 'replace', value: { [`${ENT}:manager`]: '' } }],
    after: { [ENT]: null },
    strict: 'invalidPath',
  },
  {
    title: 'S-77 the same manager again keeps what stands beside the id',
    before: { [ENT]: { manager: { value: 'm1', $ref: '../Users/m1' } } },
    operations: [{ op: 'replace', path: `${ENT}:manager`, value: { value: 'm1' } }],
    after: { [ENT]: { manager: { value: 'm1', $ref: '../Users/m1' } } },
  },
  {
    title: 'S-94 the parts of an existing primary role are changed in place',
    before: { roles: [{ primary: true, value: 'old', display: 'Old' }, { value: 'second' }] },
    operations: [{ op: 'Replace', path: 'roles[primary eq "True"].value', value: 'new' }],
    after: { roles: [{ primary: true, value: 'new', display: 'Old' }, { value: 'second' }] },
    strict: 'invalidFilter',
  },
];
