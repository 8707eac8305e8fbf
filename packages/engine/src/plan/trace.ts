import type { Problem } from '@joinery/problems';
import type { Found } from '../match/found.ts';
import { reasonsAgainst } from '../scope/outcome.ts';
import type { Assessment } from './assess.ts';
import { type Step, step } from './step.ts';

/*
 * The steps of a plan as an administrator reads them. Names, types and detail keys as in public samples (engine sheet 19);
 * the sentences keep the samples' pattern. Names marked unverified there (…Update, …Delete, …Disable) follow it.
 */

const importNames = { present: 'EntryImport', softDeleted: 'EntryImportUpdate', deleted: 'EntryImportDelete' } as const;

export function importStep(assessment: Assessment): Step {
  const { entry, mapping } = assessment;
  const what = label(assessment);
  const description =
    entry.presence === 'deleted'
      ? `Received ${what} change of type (Delete) from ${mapping.source.name}`
      : `Retrieved ${what} from ${mapping.source.name}`;
  return step(importNames[entry.presence], 'import', 'success', description);
}

export function scopingStep(assessment: Assessment): Step {
  const { scope, context, mapping } = assessment;
  const results = Object.fromEntries(scope.clauses.map(({ text, holds }) => [text, holds]));
  return step(
    'EntrySynchronizationScoping',
    'scoping',
    scope.inScope ? 'success' : 'skipped',
    `Determine if ${mapping.sourceObjectName} in scope by evaluating against each scoping filter`,
    {
      IsActive: word(scope.active),
      Assigned: word(scope.assigned),
      IsEffectivelyEntitledForProvisioning: word(scope.active && scope.entitled),
      IsInProvisioningScopeDisplayName: word(scope.inScope),
      ScopeSyncAll: word(context.settings.syncAll),
      ScopeEvaluationResult: JSON.stringify(results),
    },
  );
}

export function matchingSteps(assessment: Assessment, found: Found): readonly Step[] {
  const { mapping, link } = assessment;
  const target = mapping.target.name;
  switch (found.kind) {
    case 'notAsked':
    case 'failed':
      return [];
    case 'read':
      return [
        step('EntryImport', 'matching', 'success', `Retrieved ${label(assessment)} from ${target}`, {
          TargetId: found.id,
        }),
      ];
    case 'vanished':
      return [
        step(
          'EntryImport',
          'matching',
          'failure',
          `The connected object of ${label(assessment)} was not found in ${target}`,
          {
            TargetId: link?.targetId ?? found.id,
          },
        ),
      ];
    case 'matched':
    case 'unmatched':
    case 'ambiguous':
      return found.attempts.map(({ attributePath, value, hits }) =>
        step(
          'EntryImport',
          'matching',
          hits > 1 ? 'failure' : 'success',
          `${hits === 0 ? 'No' : hits === 1 ? 'One' : 'More than one'} object in ${target} matches ${attributePath} "${value}"`,
          { MatchingAttribute: attributePath, MatchingValue: value },
        ),
      );
  }
}

export function decisionStep(
  assessment: Assessment,
  action: 'create' | 'update' | 'disable' | 'delete' | 'resume',
): Step {
  const { mapping } = assessment;
  const what = label(assessment);
  const target = mapping.target.name;
  const source = mapping.source.name;
  switch (action) {
    case 'create':
      return step(
        'EntrySynchronizationAdd',
        'matching',
        'success',
        `${what} will be created in ${target} (${mapping.sourceObjectName} is active and assigned in ${source}, but no matching ${mapping.sourceObjectName} was found in ${target})`,
      );
    case 'update':
      return step('EntrySynchronizationUpdate', 'processing', 'success', `${what} will be updated in ${target}`);
    case 'resume':
      return step(
        'EntrySynchronizationAdd',
        'processing',
        'success',
        `${what} was created in ${target} by a run that was cut off before it could say so`,
      );
    default: {
      const name = action === 'disable' ? 'EntrySynchronizationDisable' : 'EntrySynchronizationDelete';
      const why = reasons(assessment);
      return step(name, 'processing', 'success', `${what} will be ${action}d in ${target}: ${why}`);
    }
  }
}

export function skipStep(assessment: Assessment, skipReason: string): Step {
  const details = { SkipReason: skipReason, ReportableIdentifier: assessment.reportableIdentifier };
  return step('EntrySynchronizationSkip', 'export', 'skipped', skipSentence(assessment, skipReason), details);
}

function skipSentence(assessment: Assessment, skipReason: string): string {
  const { mapping, intention, scope } = assessment;
  const what = label(assessment);
  switch (skipReason) {
    case 'RedundantExport':
      return `The state of the ${mapping.sourceObjectName} in both the source and target systems already match. No change to ${what} currently needs to be made.`;
    case 'CreateNotAllowed':
      return `${what} is not in ${mapping.target.name}, and the mapping does not create objects.`;
    case 'UpdateNotAllowed':
      return `${what} is in ${mapping.target.name}, and the mapping does not update objects.`;
    default:
      break;
  }
  const why = reasons(assessment);
  if (intention === 'disable')
    return `${what} has left scope, and ${mapping.target.name} has no object of it any more: ${why}.`;
  if (assessment.link?.targetId === undefined || assessment.link.targetId === null)
    return `${what} is not provisioned: ${why}.`;
  return `${what} stays as it is in ${mapping.target.name}, ${restraint(assessment)}: ${why}${scope.concerned ? '' : ' (its filter asks for nothing)'}.`;
}

/** Why an object that left scope is left alone. */
function restraint({ context, mapping, entry, link }: Assessment): string {
  if (entry.presence === 'deleted') {
    return mapping.flows.delete && link?.state === 'released'
      ? 'because it was let go of when it left assignment or filter'
      : 'because the mapping does not delete objects';
  }
  if (context.settings.skipOutOfScopeDeletions) return 'because SkipOutOfScopeDeletions is set';
  if (!context.settings.targetCanDisable) return 'because the mapping does not delete objects';
  if (!mapping.flows.update) return 'because the mapping does not update objects, and a disable is an update';
  return 'because no attribute mapping reads IsSoftDeleted';
}

/** A step for what could not be done before anything was sent. */
export function refusedStep(assessment: Assessment, fault: Problem): Step {
  return step(
    'EntrySynchronizationSkip',
    'processing',
    'failure',
    `${label(assessment)} cannot be provisioned: ${fault.message}`,
    { ReportableIdentifier: assessment.reportableIdentifier, Code: fault.code },
  );
}

export function warningStep(assessment: Assessment, sentence: string): Step {
  return step('EntrySynchronizationUpdate', 'processing', 'warning', `${label(assessment)}: ${sentence}`);
}

/** `User 'x'` */
export function label({ mapping, reportableIdentifier }: Pick<Assessment, 'mapping' | 'reportableIdentifier'>): string {
  return `${mapping.sourceObjectName} '${reportableIdentifier}'`;
}

function reasons({ scope, entry }: Assessment): string {
  const list = reasonsAgainst(scope, entry);
  return list.length === 1 ? (list[0] ?? '') : list.map((reason, index) => `${index + 1}. ${reason}`).join('; ');
}

function word(value: boolean): string {
  return value ? 'True' : 'False';
}
