import { home, type PatchCase, work } from './patch-cases.ts';
import { ENT } from './server-under-test.ts';

/** Lists, primary marks, removal, null and order (dialect sheet 2.3). */
export const valueCases: readonly PatchCase[] = [
  {
    title: 'S-58 adding a list adds what is not there',
    before: { emails: [work] },
    operations: [{ op: 'add', path: 'emails', value: [{ type: 'WORK', value: 'W@x.example' }, home] }],
    after: { emails: [{ type: 'WORK', value: 'W@x.example', primary: true }, home] },
  },
  {
    title: 'S-58 elements that a change makes the same become one',
    before: { emails: [work, home] },
    operations: [
      { op: 'add', path: 'emails', value: [{ type: 'work', value: 'v@x.example' }] },
      { op: 'replace', path: 'emails.value', value: 'z@x.example' },
    ],
    after: {
      emails: [
        { ...work, value: 'z@x.example' },
        { ...home, value: 'z@x.example' },
      ],
    },
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
    strict: 'invalidValue',
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
    strict: 'invalidValue',
  },
  {
    title: 'S-62 removing another value changes nothing',
    before: { displayName: 'New' },
    operations: [{ op: 'Remove', path: 'displayName', value: 'Old' }],
    after: { displayName: 'New' },
    strict: 'invalidValue',
  },
  {
    title: 'S-62 removing an empty value clears',
    before: { displayName: 'New' },
    operations: [{ op: 'Remove', path: 'displayName', value: '' }],
    after: { displayName: null },
    strict: 'invalidValue',
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
    strict: { title: '' },
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
    strict: 'invalidValue',
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
  {
    title: '2.3 an object without members changes nothing',
    before: { name: { givenName: 'g' }, emails: [{ type: 'work', value: 'w' }], [ENT]: { department: 'd' } },
    operations: [
      { op: 'replace', path: 'name', value: {} },
      { op: 'replace', path: ENT, value: {} },
      { op: 'replace', value: { [ENT]: {} } },
      { op: 'replace', path: 'emails[type eq "work"]', value: {} },
    ],
    after: { name: { givenName: 'g' }, emails: [{ type: 'work', value: 'w' }], [ENT]: { department: 'd' } },
  },
  {
    title: '2.3 an element of which nothing is said is not created',
    operations: [
      { op: 'replace', path: 'emails[type eq "work"]', value: {} },
      { op: 'replace', path: 'emails[type eq "work"]', value: { value: null } },
    ],
    after: { emails: null },
    strict: 'noTarget',
  },
];
