import { describe, expect, test } from 'vitest';
import { createdBy, patchOf, planFor } from './support/planning.ts';
import { ecma } from './support/target.ts';

const upn = { from: '[userPrincipalName]', to: `${ecma}:UserName`, match: 1 };
const title = { from: '[jobTitle]', to: `${ecma}:Title` };
const matched = { UserName: 'ann@contoso.com' };

describe('what flows when', () => {
  test('E-33 an ObjectAddOnly attribute is sent on create and not on update', () => {
    const mappings = [upn, { ...title, when: 'ObjectAddOnly' }];
    const attributes = { jobTitle: 'Clerk' };
    expect(createdBy(planFor({ mappings, attributes }))).toEqual({ UserName: 'ann@contoso.com', Title: 'Clerk' });
    expect(planFor({ mappings, attributes, current: matched })).toMatchObject({
      write: null,
      skipReason: 'RedundantExport',
    });
  });

  test('E-34 a default value is used on create when the source is null, and not on update', () => {
    const mappings = [upn, { ...title, default: 'Staff' }];
    expect(createdBy(planFor({ mappings }))).toEqual({ UserName: 'ann@contoso.com', Title: 'Staff' });
    expect(patchOf(planFor({ mappings, current: matched }))).toEqual([]);
  });

  test('E-35 the kind None leaves a value alone and fills an empty attribute with its default', () => {
    const mappings = [upn, { from: null, to: `${ecma}:Title`, default: 'Staff' }];
    expect(patchOf(planFor({ mappings, current: { ...matched, Title: 'Chief' } }))).toEqual([]);
    expect(patchOf(planFor({ mappings, current: matched }))).toEqual(['add Title "Staff"']);
  });

  test('E-36 a null source sends nothing on update', () => {
    expect(patchOf(planFor({ mappings: [upn, title], current: { ...matched, Title: 'Clerk' } }))).toEqual([]);
  });

  test('E-37 the value is removed only when both null gates are open', () => {
    const current = { ...matched, Title: 'Clerk' };
    const open = { mappings: [upn, { ...title, nulls: true }], current };
    expect(patchOf(planFor({ ...open, nullable: ['jobTitle'] }))).toEqual(['remove Title']);
    expect(patchOf(planFor(open))).toEqual([]);
    expect(patchOf(planFor({ mappings: [upn, title], current, nullable: ['jobTitle'] }))).toEqual([]);
  });

  test('IgnoreFlowIfNullOrEmpty takes the attribute out of the flow, default and clearing included', () => {
    const mapping = { ...title, from: 'IgnoreFlowIfNullOrEmpty([jobTitle])', default: 'Staff', nulls: true };
    const draft = { mappings: [upn, mapping], nullable: ['jobTitle'] };
    expect(createdBy(planFor(draft))).toEqual({ UserName: 'ann@contoso.com' });
    expect(patchOf(planFor({ ...draft, current: { ...matched, Title: 'Clerk' } }))).toEqual([]);
  });

  test('an empty text is not written over nothing, so that the next run has nothing to do', () => {
    const draft = { mappings: [upn, title], attributes: { jobTitle: '' } };
    expect(createdBy(planFor(draft))).toEqual({ UserName: 'ann@contoso.com' });
    expect(patchOf(planFor({ ...draft, current: matched }))).toEqual([]);
    expect(patchOf(planFor({ ...draft, current: { ...matched, Title: 'Clerk' } }))).toEqual(['replace Title ""']);
  });

  test('AttributeAddOnly, ValueAddOnly and MultiValueAddOnly only add', () => {
    const roles = (when: string) => [upn, { from: 'Split("a,b", ",")', to: `${ecma}:Roles`, when }];
    const single = (when: string) => ({ mappings: [upn, { ...title, when }], attributes: { jobTitle: 'Clerk' } });
    const other = { ...matched, Title: 'Chief', Roles: ['b', 'c'] };
    expect(patchOf(planFor({ ...single('AttributeAddOnly'), current: other }))).toEqual([]);
    expect(patchOf(planFor({ ...single('AttributeAddOnly'), current: matched }))).toEqual(['add Title "Clerk"']);
    expect(patchOf(planFor({ ...single('ValueAddOnly'), current: other }))).toEqual([]);
    expect(patchOf(planFor({ ...single('MultiValueAddOnly'), current: other }))).toEqual(['replace Title "Clerk"']);
    expect(patchOf(planFor({ mappings: roles('AttributeAddOnly'), current: other }))).toEqual([]);
    expect(patchOf(planFor({ mappings: roles('ValueAddOnly'), current: other }))).toEqual(['add Roles ["a"]']);
    expect(patchOf(planFor({ mappings: roles('MultiValueAddOnly'), current: other }))).toEqual(['add Roles ["a"]']);
    expect(patchOf(planFor({ mappings: roles('Always'), current: other }))).toEqual(['replace Roles ["a","b"]']);
  });
});

describe('what counts as a change', () => {
  test('E-40 a change of case alone is sent for a case-exact attribute and for no other', () => {
    const draft = {
      mappings: [upn, title],
      attributes: { jobTitle: 'CLERK' },
      current: { ...matched, Title: 'Clerk' },
    };
    expect(patchOf(planFor(draft))).toEqual([]);
    expect(patchOf(planFor({ ...draft, target: { [`${ecma}:Title`]: { caseExact: true } } }))).toEqual([
      'replace Title "CLERK"',
    ]);
  });

  test('E-41 only what differs is in the PATCH', () => {
    const mappings = [upn, title, { from: '[displayName]', to: `${ecma}:DisplayName` }];
    const attributes = { jobTitle: 'Chief', displayName: 'Ann' };
    const plan = planFor({ mappings, attributes, current: { ...matched, Title: 'Clerk', DisplayName: 'Ann' } });
    expect(patchOf(plan)).toEqual(['replace Title "Chief"']);
    expect(plan.modifiedProperties).toEqual([{ displayName: `${ecma}:Title`, oldValue: 'Clerk', newValue: 'Chief' }]);
  });

  test('E-42 equal states are skipped as RedundantExport with the action other', () => {
    const plan = planFor({ mappings: [upn], current: matched });
    expect(plan).toMatchObject({ action: 'other', status: 'skipped', skipReason: 'RedundantExport', write: null });
    expect(plan.steps.at(-1)).toMatchObject({
      name: 'EntrySynchronizationSkip',
      details: { SkipReason: 'RedundantExport' },
    });
  });

  test('booleans compare as booleans and lists in any order', () => {
    const mappings = [
      upn,
      { from: 'Switch([jobTitle],, "Clerk", "True")', to: `${ecma}:IsActive` },
      { from: 'Split("a,b", ",")', to: `${ecma}:Roles` },
    ];
    const draft = { mappings, attributes: { jobTitle: 'Clerk' } };
    expect(patchOf(planFor({ ...draft, current: { ...matched, IsActive: 'true', Roles: ['B', 'a'] } }))).toEqual([]);
    expect(patchOf(planFor({ ...draft, current: { ...matched, IsActive: false, Roles: ['a'] } }))).toEqual([
      'replace IsActive true',
      'replace Roles ["a","b"]',
    ]);
  });
});

describe('what cannot be mapped', () => {
  test('a list for a single-valued attribute, a text for a boolean and an expression that fails are failures of the object', () => {
    const failure = (from: string, to: string, attributes = {}) =>
      planFor({ mappings: [upn, { from, to: `${ecma}:${to}` }], attributes }).error?.errorCode;
    expect(failure('[jobTitle]', 'IsActive', { jobTitle: 'Clerk' })).toBe('InvalidAttributeSyntax');
    expect(failure('Item(Split([jobTitle], ","), 9)', 'Title', { jobTitle: 'a,b' })).toBe('ExpressionEvaluationFailed');
    expect(failure('IIF([jobTitle] = "x", Split("a,b", ","), "c")', 'Title', { jobTitle: 'x' })).toBe(
      'SchemaPropertyCanOnlyAcceptValue',
    );
  });

  test('a required attribute without a value is MissingValues and nothing is sent', () => {
    const mappings = [upn, { from: '[employeeId]', to: `${ecma}:EmployeeId` }];
    const target = { [`${ecma}:EmployeeId`]: { required: true } };
    expect(planFor({ mappings, target })).toMatchObject({
      status: 'failure',
      write: null,
      error: { errorCode: 'MissingValues' },
    });
    const withDefault = { [`${ecma}:EmployeeId`]: { required: true, defaultValue: 'none' } };
    expect(createdBy(planFor({ mappings, target: withDefault }))).toMatchObject({ EmployeeId: 'none' });
  });

  test('a mapping that would change the anchor of a matched object is held back with a warning that says so', () => {
    const mappings = [upn, title, { from: '[objectId]', to: `${ecma}:AzureObjectID` }];
    const current = { ...matched, AzureObjectID: 'foreign', Title: 'Clerk' };
    const only = planFor({ mappings, attributes: { jobTitle: 'Clerk' }, current });
    expect(only).toMatchObject({ status: 'warning', action: 'other', write: null });
    const both = planFor({ mappings, attributes: { jobTitle: 'Chief' }, current });
    expect(both).toMatchObject({ status: 'warning', action: 'update' });
    expect(patchOf(both)).toEqual(['replace Title "Chief"']);
    expect(both.steps.find(({ status }) => status === 'warning')?.description).toContain(
      `AzureObjectID may be set only once, so it keeps "foreign" although the mapping yields "ann"`,
    );
    expect(
      patchOf(planFor({ mappings, attributes: { jobTitle: 'Clerk' }, current: { ...matched, Title: 'Clerk' } })),
    ).toEqual(['add AzureObjectID "ann"']);
  });
});

describe('E-83 secrets', () => {
  const password = { from: 'Redact([employeeId])', to: `${ecma}:export_password`, when: 'ObjectAddOnly' };
  const shown = { from: 'Redact([employeeId])', to: `${ecma}:Title` };

  test('a redacted value flows and shows as [Redact] everywhere', () => {
    const plan = planFor({ mappings: [upn, password, shown], attributes: { employeeId: 'hunter22' } });
    expect(createdBy(plan)).toMatchObject({ export_password: 'hunter22', Title: 'hunter22' });
    const { write, entry, mapping, secrets, ...visible } = plan;
    expect(JSON.stringify(visible)).not.toContain('hunter22');
    expect(plan.modifiedProperties.filter(({ newValue }) => newValue === '[Redact]')).toHaveLength(2);
  });

  test('an attribute that the target never shows is written on create only, and hidden without Redact too', () => {
    const mappings = [upn, { from: '[employeeId]', to: `${ecma}:export_password` }];
    const attributes = { employeeId: 'hunter22' };
    const plan = planFor({ mappings, attributes });
    expect(plan.modifiedProperties.at(-1)?.newValue).toBe('[Redact]');
    expect(patchOf(planFor({ mappings, attributes, current: matched }))).toEqual([]);
  });
});
