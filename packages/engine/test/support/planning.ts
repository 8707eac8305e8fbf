import { ManualClock, seededRandom } from '@joinery/runtime';
import type { ScimObject } from '@joinery/scim';
import {
  assessObject,
  compileJob,
  defaultJobSettings,
  type JobSettings,
  type Link,
  type Plan,
  planObject,
  type SourceEntry,
} from '../../src/index.ts';
import type { Found } from '../../src/match/found.ts';
import { type TestSchema, testSchema } from './schema.ts';
import { ecma } from './target.ts';

export interface PlanDraft extends TestSchema {
  readonly entry?: Partial<Omit<SourceEntry, 'attributes'>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly link?: Partial<Link> | null;
  readonly settings?: Partial<JobSettings>;
  /** The target's object as its extension block has it: matched where there is no link, read where there is. */
  readonly current?: ScimObject;
  readonly found?: Found;
}

/** The plan for one object, made from facts alone. */
export function planFor(draft: PlanDraft): Plan {
  const [mapping] = compileJob(testSchema(draft)).objectMappings;
  if (mapping === undefined) throw new Error('The schema of the test has no enabled object mapping.');
  const entry: SourceEntry = {
    objectType: 'User',
    id: 'ann',
    displayName: 'Ann',
    presence: 'present',
    accountEnabled: true,
    assigned: true,
    ...draft.entry,
    attributes: new Map(Object.entries({ objectId: 'ann', userPrincipalName: 'ann@contoso.com', ...draft.attributes })),
  };
  const link: Link | null =
    draft.link === undefined || draft.link === null
      ? null
      : {
          sourceType: 'User',
          sourceId: 'ann',
          targetType: 'User',
          targetId: 't1',
          match: [],
          displayName: 'Ann',
          state: 'active',
          intent: null,
          ...draft.link,
        };
  const context = {
    settings: { ...defaultJobSettings, ...draft.settings },
    expressions: { clock: new ManualClock(), random: seededRandom(1) },
  };
  const assessment = assessObject(context, mapping, entry, link);
  return planObject(assessment, draft.found ?? foundFor(assessment.inquiry.kind, draft.current));
}

function foundFor(inquiry: 'none' | 'read' | 'match', current: ScimObject | undefined): Found {
  if (inquiry === 'none') return { kind: 'notAsked' };
  if (current === undefined) return { kind: 'unmatched', attempts: [] };
  const resource = { id: 't1', [ecma]: current };
  return inquiry === 'read'
    ? { kind: 'read', id: 't1', resource }
    : { kind: 'matched', id: 't1', resource, attempts: [], owner: null };
}

/** The PATCH of a plan as `op path value`, the extension left out. */
export function patchOf(plan: Plan): readonly string[] {
  if (plan.write?.kind !== 'patch') return [];
  return plan.write.changes.map((change) => {
    const path = change.path.replace(`${ecma}:`, '');
    return change.op === 'remove' ? `remove ${path}` : `${change.op} ${path} ${JSON.stringify(change.value)}`;
  });
}

/** The extension block of a plan's create. */
export function createdBy(plan: Plan): unknown {
  return plan.write?.kind === 'create' ? plan.write.resource[ecma] : undefined;
}
