import { isProblem, type Problem, problem } from '@joinery/problems';
import type { ScimObject } from '@joinery/scim';
import { errorCodeOf } from '../errors/error-code.ts';
import type { LinkState } from '../links/link.ts';
import { mapAttribute } from '../map/attribute.ts';
import { claimedBy } from '../match/claimed.ts';
import type { Found } from '../match/found.ts';
import { buildResource, type TargetValue } from '../target/resource.ts';
import { type Assessment, mappingsFor } from './assess.ts';
import { changesFor, type HeldBack } from './changes.ts';
import type { LinkAfter, Plan } from './model.ts';
import { logged } from './redact.ts';
import type { ModifiedProperty, PlanAction, Step } from './step.ts';
import { decisionStep, importStep, matchingSteps, refusedStep, scopingStep, skipStep, warningStep } from './trace.ts';

/**
 * Computes what is to happen to one object: the one function behind dry run, provision-on-demand and cycle.
 * Pure: everything it knows is in its arguments, and a fault of mapping or target becomes the plan of a failure.
 * @param assessment what scope and link say
 * @param found the target's answer to `assessment.inquiry`
 */
export function planObject(assessment: Assessment, found: Found): Plan {
  try {
    return decide(assessment, found);
  } catch (error) {
    // Mappings and values fail with problems; anything else is a defect of ours and must not pass for an object's fault.
    if (!isProblem(error)) throw error;
    return failed(assessment, found, error);
  }
}

function decide(assessment: Assessment, found: Found): Plan {
  const { intention, inquiry, fault } = assessment;
  if (intention === 'nothing') return outOfScope(assessment);
  const connected = assessment.link?.targetId ?? null;
  if (intention === 'delete' && connected !== null) return deletion(assessment, [], connected);
  if (fault !== null) throw fault;
  switch (found.kind) {
    case 'failed':
      throw found.problem;
    case 'ambiguous':
      throw problem('ENGINE_MATCH_AMBIGUOUS', `Several objects of the target match ${lastAttempt(found.attempts)}.`);
    case 'vanished':
      return vanished(assessment, found);
    case 'unmatched':
      return intention === 'provision' ? creation(assessment, found) : nothingLeft(assessment, found);
    case 'matched':
      if (found.owner !== null) {
        // Somebody else's: an interrupted create of this one has left nothing.
        if (intention !== 'provision') return nothingLeft(assessment, found);
        throw claimedBy(assessment.mapping, found.owner);
      }
      if (intention === 'delete') return deletion(assessment, matchingSteps(assessment, found), found.id);
      return existing(assessment, found, found.id, found.resource);
    case 'read':
      return existing(assessment, found, found.id, found.resource);
    case 'notAsked':
      if (inquiry.kind !== 'none')
        throw problem('ENGINE_PLAN_INCOMPLETE', 'The target was not asked what the plan needs.');
      return intention === 'delete' ? nothingLeft(assessment, found) : importSkipped(assessment);
  }
}

/** Nothing is asked of the target, and the log says why (engine sheet 7.3: always log a decision). */
function outOfScope(assessment: Assessment): Plan {
  const { entry, link, scope } = assessment;
  const gone = entry.presence === 'deleted';
  const after: LinkAfter =
    link === null || link.targetId === null
      ? { kind: gone ? 'remove' : 'keep' }
      : gone
        ? { kind: 'remove' }
        : scope.concerned
          ? { kind: 'set', targetId: link.targetId, state: stateOutOfScope(assessment) }
          : { kind: 'keep' };
  // A person who never had an account shows as a create that was left out: what administrators search for (engine sheet 24, GOV).
  const action: PlanAction = link === null && !gone ? 'create' : 'other';
  return skipped(assessment, action, 'NotEffectivelyEntitled', after, []);
}

/** Without a value in any matching attribute nothing can be told apart, not even scope (engine sheet 6). */
function importSkipped(assessment: Assessment): Plan {
  const names = assessment.mapping.matching.map((mapping) => mapping.path.text).join(', ');
  const cause = problem('ENGINE_IMPORT_SKIPPED', `The object has no value for any matching attribute (${names}).`);
  return {
    ...base(assessment),
    action: 'other',
    status: 'skipped',
    steps: [{ ...importStep(assessment), status: 'skipped' }],
    skipReason: 'ImportSkipped',
    error: { errorCode: 'ImportSkipped', problem: cause },
  };
}

function deletion(assessment: Assessment, matching: readonly Step[], id: string): Plan {
  return {
    ...base(assessment),
    action: 'delete',
    steps: [...opening(assessment), ...matching, decisionStep(assessment, 'delete')],
    targetId: id,
    write: { kind: 'delete', id },
    linkAfter: { kind: 'remove' },
  };
}

function vanished(assessment: Assessment, found: Found & { kind: 'vanished' }): Plan {
  if (assessment.intention === 'disable') return nothingLeft(assessment, found);
  throw problem('ENGINE_TARGET_VANISHED', `The connected object ${found.id} is no longer in the target.`);
}

/** The account of someone who leaves is gone already: there is nothing to disable and nothing to remember. */
function nothingLeft(assessment: Assessment, found: Found): Plan {
  return skipped(assessment, 'other', 'NotEffectivelyEntitled', { kind: 'remove' }, matchingSteps(assessment, found));
}

function creation(assessment: Assessment, found: Found): Plan {
  const { mapping, context, attributes } = assessment;
  const matching = matchingSteps(assessment, found);
  if (!mapping.flows.add) return skipped(assessment, 'create', 'CreateNotAllowed', { kind: 'keep' }, matching);
  const values: TargetValue[] = [];
  const properties: ModifiedProperty[] = [];
  const secrets: string[] = [];
  for (const attribute of mapping.attributes) {
    const mapped = mapAttribute(attribute, attributes, context.expressions);
    const value = mapped.value ?? mapped.fallback;
    if (value === undefined || value === '') {
      if (attribute.definition.required) throw missing(attribute.path.text);
      continue;
    }
    values.push({ path: attribute.path, value });
    properties.push({ displayName: attribute.path.text, oldValue: null, newValue: logged(value, mapped.secret) });
    if (mapped.secret && typeof value === 'string') secrets.push(value);
  }
  return {
    ...base(assessment),
    action: 'create',
    steps: [...opening(assessment), ...matching, decisionStep(assessment, 'create')],
    modifiedProperties: properties,
    write: { kind: 'create', resource: buildResource(mapping.coreSchema, values) },
    linkAfter: { kind: 'set', targetId: null, state: 'active' },
    secrets,
  };
}

/** An update or a disable of an object that is there: by link, or found by matching just now. */
function existing(assessment: Assessment, found: Found, id: string, resource: ScimObject): Plan {
  const { intention, link, mapping, context, attributes } = assessment;
  const matching = matchingSteps(assessment, found);
  const state: LinkState = intention === 'disable' ? stateOutOfScope(assessment) : 'active';
  const linkAfter: LinkAfter = { kind: 'set', targetId: id, state };
  if (!mapping.flows.update) {
    return { ...skipped(assessment, 'update', 'UpdateNotAllowed', linkAfter, matching), targetId: id };
  }
  const changes = changesFor(mappingsFor(assessment), attributes, context.expressions, resource);
  const warning =
    changes.heldBack.length === 0 ? [] : [warningStep(assessment, heldBackSentence(assessment, changes.heldBack))];
  if (changes.instructions.length === 0) {
    const resumed = link?.intent === 'create' && link.targetId === null;
    const plan = skipped(assessment, 'other', 'RedundantExport', linkAfter, [...matching, ...warning]);
    if (warning.length > 0) return { ...plan, targetId: id, status: 'warning' };
    // A run that was cut off between its write and its outcome: the account is its create, and is told now.
    if (resumed) return resumedCreate(assessment, plan, matching, id);
    return { ...plan, targetId: id };
  }
  const action = intention === 'disable' ? 'disable' : 'update';
  return {
    ...base(assessment),
    action,
    status: warning.length > 0 ? 'warning' : 'success',
    steps: [...opening(assessment), ...matching, decisionStep(assessment, action), ...warning],
    modifiedProperties: changes.modifiedProperties,
    targetId: id,
    write: { kind: 'patch', id, changes: changes.instructions },
    linkAfter,
    secrets: changes.secrets,
  };
}

function resumedCreate(assessment: Assessment, plan: Plan, matching: readonly Step[], id: string): Plan {
  return {
    ...plan,
    action: 'create',
    status: 'success',
    skipReason: null,
    steps: [...opening(assessment), ...matching, decisionStep(assessment, 'resume')],
    targetId: id,
  };
}

function skipped(
  assessment: Assessment,
  action: PlanAction,
  skipReason: string,
  linkAfter: LinkAfter,
  middle: readonly Step[],
): Plan {
  return {
    ...base(assessment),
    action,
    status: 'skipped',
    steps: [...opening(assessment), ...middle, skipStep(assessment, skipReason)],
    skipReason,
    linkAfter,
  };
}

function failed(assessment: Assessment, found: Found, fault: Problem): Plan {
  const matching = matchingSteps(assessment, found);
  const action =
    assessment.intention === 'disable' || assessment.intention === 'delete'
      ? assessment.intention
      : (assessment.link?.targetId ?? null) === null
        ? 'create'
        : 'update';
  return {
    ...base(assessment),
    action,
    status: 'failure',
    steps: [...opening(assessment), ...matching, refusedStep(assessment, fault)],
    error: { errorCode: errorCodeOf(fault), problem: fault },
  };
}

function base(assessment: Assessment): Plan {
  const { entry, mapping, link, reportableIdentifier } = assessment;
  return {
    entry,
    mapping,
    link,
    reportableIdentifier,
    action: 'other',
    status: 'success',
    steps: [],
    modifiedProperties: [],
    skipReason: null,
    error: null,
    targetId: link?.targetId ?? null,
    write: null,
    linkAfter: { kind: 'keep' },
    secrets: [],
  };
}

function opening(assessment: Assessment): readonly Step[] {
  return [importStep(assessment), scopingStep(assessment)];
}

/** Out of assignment or filter the object is let go; out of action by its own state it stays ours (engine sheet 11). */
function stateOutOfScope({ scope }: Assessment): LinkState {
  return scope.entitled && scope.passesFilter ? 'disabled' : 'released';
}

function heldBackSentence({ mapping }: Assessment, heldBack: readonly HeldBack[]): string {
  const parts = heldBack.map(({ attribute, anchor, property }) => {
    const why = anchor ? 'identifies the object' : 'may be set only once';
    return `${attribute} ${why}, so it keeps "${property.oldValue ?? ''}" although the mapping yields "${property.newValue ?? ''}"`;
  });
  return `${parts.join('; ')}. Correct the object in ${mapping.target.name}, or let the mapping flow only when the object is created.`;
}

function lastAttempt(attempts: readonly { readonly attributePath: string; readonly value: string }[]): string {
  const last = attempts.at(-1);
  return last === undefined ? 'the object' : `${last.attributePath} "${last.value}"`;
}

function missing(attribute: string) {
  return problem('ENGINE_VALUE_MISSING', `The target requires ${attribute}, and the mapping yields no value for it.`, {
    place: attribute,
  });
}
