import { problem } from '@joinery/problems';
import { describe, expect, test } from 'vitest';
import { createdBy, patchOf, planFor } from './support/planning.ts';
import { tutorialMappings } from './support/schema.ts';
import { ecma } from './support/target.ts';

const mappings = tutorialMappings;
const current = { AzureObjectID: 'ann', UserName: 'ann@contoso.com', IsActive: true };
const withoutDisable = tutorialMappings.filter(({ to }) => !to.endsWith('IsActive'));

describe('who gets an account', () => {
  test('E-24 a disabled source user is never created: create, skipped, NotEffectivelyEntitled', () => {
    const plan = planFor({ mappings, entry: { accountEnabled: false } });
    expect(plan).toMatchObject({
      action: 'create',
      status: 'skipped',
      skipReason: 'NotEffectivelyEntitled',
      write: null,
    });
  });

  test('E-23 assignment alone puts someone in scope, and everyone is when all are synchronised', () => {
    expect(planFor({ mappings }).action).toBe('create');
    expect(planFor({ mappings, entry: { assigned: false } }).status).toBe('skipped');
    expect(planFor({ mappings, entry: { assigned: false }, settings: { syncAll: true } }).status).toBe('success');
  });

  test('E-84 someone out of scope shows why, clause by clause', () => {
    const clauses = [{ operatorName: 'EQUALS', sourceOperandName: 'department', targetOperand: { values: ['Sales'] } }];
    const plan = planFor({
      mappings,
      scope: { groups: [{ name: 'sales', clauses }] },
      attributes: { department: 'IT' },
      entry: { assigned: false },
    });
    const scoping = plan.steps.find(({ type }) => type === 'scoping');
    expect(scoping).toMatchObject({
      name: 'EntrySynchronizationScoping',
      status: 'skipped',
      details: {
        Assigned: 'False',
        IsActive: 'True',
        ScopeEvaluationResult: '{"sales department EQUALS Sales":false}',
      },
    });
    expect(plan.steps.at(-1)?.description).toBe(
      "User 'ann@contoso.com' is not provisioned: 1. it is not assigned to the application; 2. it does not pass the scoping filter (sales department EQUALS Sales).",
    );
  });

  test('E-46 without the create flow a match is still updated and a missing object skipped', () => {
    const flowTypes = 'Update, Delete';
    expect(planFor({ mappings, flowTypes })).toMatchObject({ status: 'skipped', write: null });
    expect(patchOf(planFor({ mappings, flowTypes, current: { ...current, IsActive: false } }))).toEqual([
      'replace IsActive true',
    ]);
  });

  test('a read-time filter that is left skips without deprovisioning, a scoping filter disables', () => {
    const clauses = [{ operatorName: 'IS NOT NULL', sourceOperandName: 'department' }];
    const group = [{ name: '', clauses }];
    expect(planFor({ mappings, link: {}, current, scope: { inputFilterGroups: group } })).toMatchObject({
      action: 'other',
      write: null,
      linkAfter: { kind: 'keep' },
    });
    expect(planFor({ mappings, link: {}, current, scope: { groups: group } }).action).toBe('disable');
  });
});

describe('who is who', () => {
  test('E-27 two hits are DuplicateTargetEntries and nothing is written', () => {
    const attempts = [{ attributePath: 'userName', value: 'ann', hits: 2 }];
    const plan = planFor({ mappings, found: { kind: 'ambiguous', attempts } });
    expect(plan).toMatchObject({ status: 'failure', write: null, error: { errorCode: 'DuplicateTargetEntries' } });
  });

  test('two sources for one target object are DuplicateSourceEntries', () => {
    const found = { kind: 'matched', id: 't1', resource: { id: 't1' }, attempts: [], owner: 'bob' } as const;
    expect(planFor({ mappings, found })).toMatchObject({ write: null, error: { errorCode: 'DuplicateSourceEntries' } });
  });

  test('E-28 no value for any matching attribute is ImportSkipped', () => {
    const plan = planFor({ mappings, attributes: { userPrincipalName: '' } });
    expect(plan).toMatchObject({ status: 'skipped', write: null, error: { errorCode: 'ImportSkipped' } });
    expect(plan.steps.map(({ type }) => type)).toEqual(['import']);
  });

  test('E-30 once connected, a change of the matching value is an update', () => {
    const plan = planFor({ mappings, link: {}, attributes: { userPrincipalName: 'ann.b@contoso.com' }, current });
    expect(patchOf(plan)).toEqual(['replace UserName "ann.b@contoso.com"']);
  });

  test('E-31 a connected object that is gone from the target is InvalidAnchor', () => {
    const plan = planFor({ mappings, link: {}, found: { kind: 'vanished', id: 't1' } });
    expect(plan).toMatchObject({ status: 'failure', write: null, error: { errorCode: 'InvalidAnchor' } });
  });

  test('a fault of the target concerns this object and keeps its link', () => {
    const fault = problem('SCIM_TARGET_BUSY', 'Wait.');
    const plan = planFor({ mappings, link: {}, found: { kind: 'failed', problem: fault } });
    expect(plan).toMatchObject({
      status: 'failure',
      error: { errorCode: 'TooManyRequests' },
      linkAfter: { kind: 'keep' },
    });
  });
});

describe('who loses an account', () => {
  test.each([
    ['E-48 unassigned', { assigned: false }, 'released'],
    ['E-50 soft-deleted', { presence: 'softDeleted' }, 'disabled'],
    ['disabled in the source', { accountEnabled: false }, 'disabled'],
  ] as const)('%s: disabled by an update that says so and nothing else', (_, entry, state) => {
    const plan = planFor({ mappings, entry, link: {}, current, attributes: { displayName: 'Mangled' } });
    expect(plan).toMatchObject({ action: 'disable', linkAfter: { kind: 'set', targetId: 't1', state } });
    expect(patchOf(plan)).toEqual(['replace IsActive false']);
  });

  test('E-49 failing the scoping filter disables', () => {
    const scope = {
      groups: [{ name: '', clauses: [{ operatorName: 'IS NOT NULL', sourceOperandName: 'department' }] }],
    };
    expect(patchOf(planFor({ mappings, scope, link: {}, current }))).toEqual(['replace IsActive false']);
  });

  test('E-51 purged: the object is deleted', () => {
    const plan = planFor({ mappings, entry: { presence: 'deleted' }, link: { state: 'disabled' } });
    expect(plan).toMatchObject({
      action: 'delete',
      write: { kind: 'delete', id: 't1' },
      linkAfter: { kind: 'remove' },
    });
  });

  test('E-52 without the delete flow nothing is deleted', () => {
    const plan = planFor({ mappings, flowTypes: 'Add, Update', entry: { presence: 'deleted' }, link: {} });
    expect(plan).toMatchObject({ write: null, status: 'skipped' });
  });

  test('E-47 without the update flow nobody is disabled', () => {
    const plan = planFor({ mappings, flowTypes: 'Add, Delete', entry: { assigned: false }, link: {} });
    expect(plan).toMatchObject({ write: null, status: 'skipped' });
    expect(plan.steps.at(-1)?.description).toContain('does not update objects');
  });

  test('E-53 SkipOutOfScopeDeletions sends nothing and says so', () => {
    const settings = { skipOutOfScopeDeletions: true };
    const plan = planFor({ mappings, settings, entry: { assigned: false }, link: {} });
    expect(plan).toMatchObject({ write: null, status: 'skipped' });
    expect(plan.steps.at(-1)?.description).toContain('SkipOutOfScopeDeletions');
  });

  test('E-54 without a mapping of IsSoftDeleted unassignment does nothing', () => {
    const plan = planFor({ mappings: withoutDisable, entry: { assigned: false }, link: {} });
    expect(plan).toMatchObject({ write: null, status: 'skipped', linkAfter: { kind: 'set', state: 'released' } });
  });

  test('E-55 assigned again: active again, on the same object', () => {
    const plan = planFor({ mappings, link: { state: 'released' }, current: { ...current, IsActive: false } });
    expect(plan).toMatchObject({ action: 'update', linkAfter: { kind: 'set', targetId: 't1', state: 'active' } });
    expect(patchOf(plan)).toEqual(['replace IsActive true']);
  });

  test('E-56 a target that cannot disable loses the object on unassignment', () => {
    const draft = { mappings: withoutDisable, entry: { assigned: false }, link: {} };
    expect(planFor({ ...draft, settings: { targetCanDisable: false } }).write).toEqual({ kind: 'delete', id: 't1' });
  });

  test('E-57 who was let go of is deleted with the source object only where the setting says so', () => {
    const draft = { mappings, entry: { presence: 'deleted' }, link: { state: 'released' } } as const;
    expect(planFor(draft)).toMatchObject({ write: null, linkAfter: { kind: 'remove' } });
    expect(planFor({ ...draft, settings: { deleteAfterUnassign: true } }).action).toBe('delete');
  });

  test('who returns to an account that the target has deleted meanwhile is created anew', () => {
    const plan = planFor({ mappings, link: { state: 'released' }, found: { kind: 'unmatched', attempts: [] } });
    expect(plan).toMatchObject({ action: 'create', linkAfter: { kind: 'set', targetId: null, state: 'active' } });
    expect(createdBy(plan)).toMatchObject({ AzureObjectID: 'ann', IsActive: true });
  });

  test('who leaves while a create of theirs is in doubt is looked for and disabled', () => {
    const draft = { mappings, entry: { assigned: false }, link: { targetId: null, intent: 'create' } } as const;
    expect(patchOf(planFor({ ...draft, current }))).toEqual(['replace IsActive false']);
    expect(planFor(draft)).toMatchObject({ write: null, linkAfter: { kind: 'remove' } });
  });
});

test('a create that an earlier run did not live to record is told as a create', () => {
  const all = { ...current, DisplayName: 'Ann' };
  const plan = planFor({
    mappings,
    attributes: { displayName: 'Ann' },
    link: { targetId: null, intent: 'create' },
    current: all,
  });
  expect(plan).toMatchObject({ action: 'create', status: 'success', write: null, targetId: 't1' });
  expect(planFor({ mappings, attributes: { displayName: 'Ann' }, current: all }).action).toBe('other');
});

test('the extension block is named in the schemas of a create', () => {
  const { write } = planFor({ mappings });
  expect(write).toMatchObject({ resource: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ecma] } });
});
