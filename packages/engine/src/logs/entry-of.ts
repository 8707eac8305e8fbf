import type { Clock, Random } from '@joinery/runtime';
import type { Conclusion } from '../plan/conclude.ts';
import type { PlanError } from '../plan/model.ts';
import { withoutSecrets } from '../plan/redact.ts';
import type { LogEntry, LogError } from './record.ts';

/** What every log row of a run shares. */
export interface LogRun {
  readonly cycleId: string;
  readonly initiatedBy: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** The log row of an object that was dealt with. */
export function logEntryOf(run: LogRun, conclusion: Conclusion): LogEntry {
  const { plan, status, steps, error, targetId, durationMs } = conclusion;
  const { mapping, entry } = plan;
  return {
    id: run.random.uuid(),
    cycleId: run.cycleId,
    changeId: run.random.uuid(),
    activityAt: new Date(run.clock.now()),
    action: plan.action,
    status,
    sourceType: mapping.sourceObjectName,
    sourceId: entry.id,
    sourceName: entry.displayName,
    targetId,
    errorCode: error?.errorCode ?? null,
    durationMs: Math.round(durationMs),
    details: {
      reportableIdentifier: plan.reportableIdentifier,
      error: error === null ? null : logError(error, plan.secrets),
      skipReason: plan.skipReason,
      steps,
      modifiedProperties: plan.modifiedProperties,
      sourceSystem: mapping.source,
      targetSystem: mapping.target,
      targetType: mapping.targetObjectName,
      initiatedBy: run.initiatedBy,
    },
  };
}

/** The row of an action that the deletion guard holds back (engine sheet 15). */
export function stagedEntryOf(run: LogRun, conclusion: Conclusion): LogEntry {
  const entry = logEntryOf(run, conclusion);
  return {
    ...entry,
    action: 'stagedDelete',
    status: 'skipped',
    details: { ...entry.details, skipReason: 'StagedDelete' },
  };
}

function logError({ errorCode, problem }: PlanError, secrets: readonly string[]): LogError {
  return {
    errorCode,
    reason: withoutSecrets(problem.message, secrets),
    errorCategory: problem.retry === 'never' ? 'nonServiceFailure' : 'failure',
    recommendedAction: problem.fix,
  };
}
