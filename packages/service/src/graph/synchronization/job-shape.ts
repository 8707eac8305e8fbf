import { type CycleCounts, type Job, readLastCycle, readUnfinishedCycle } from '@joinery/engine';
import type { Queries } from '@joinery/store';
import { Type } from 'typebox';
import { closedObject, nullableText } from '../shapes.ts';

/** .NET's longest time span: the interval of a job that was never started (engine sheet 2). */
const neverInterval = 'P10675199DT2H48M5.4775807S';
/** .NET's first moment: never. */
const neverTime = '0001-01-01T00:00:00Z';

const ExecutionShape = closedObject({
  activityIdentifier: Type.String(),
  countEntitled: Type.Integer(),
  countEntitledForProvisioning: Type.Integer(),
  countEscrowed: Type.Integer(),
  countEscrowedRaw: Type.Integer(),
  countExported: Type.Integer(),
  countExports: Type.Integer(),
  countImported: Type.Integer(),
  countImportedDeltas: Type.Integer(),
  countImportedReferenceDeltas: Type.Integer(),
  error: Type.Null(),
  state: Type.String(),
  timeBegan: Type.String(),
  timeEnded: Type.String(),
});

const nullableExecution = Type.Union([ExecutionShape, Type.Null()]);

/** `synchronizationJob` (graph sheet 16). */
export const JobShape = closedObject({
  '@odata.context': Type.Optional(Type.String()),
  id: Type.String(),
  templateId: Type.String(),
  schedule: closedObject({ expiration: Type.Null(), interval: Type.String(), state: Type.String() }),
  status: closedObject({
    countSuccessiveCompleteFailures: Type.Integer(),
    escrowsPruned: Type.Boolean(),
    synchronizedEntryCountByType: Type.Array(closedObject({ key: Type.String(), value: Type.Integer() })),
    code: Type.String(),
    lastExecution: nullableExecution,
    lastSuccessfulExecution: nullableExecution,
    lastSuccessfulExecutionWithExports: nullableExecution,
    progress: Type.Array(Type.Never()),
    steadyStateFirstAchievedTime: Type.String(),
    steadyStateLastAchievedTime: Type.String(),
    quarantine: Type.Null(),
    troubleshootingUrl: nullableText,
  }),
  synchronizationJobSettings: Type.Array(closedObject({ name: Type.String(), value: Type.String() })),
});

/** A job with the state of its cycles. What is not counted yet is answered as the original answers for a new job. */
export async function renderJob(queries: Queries, job: Job, intervalMinutes: number) {
  const last = await readLastCycle(queries, job);
  const running = await readUnfinishedCycle(queries, job);
  const execution = last === undefined ? null : renderExecution(last);
  const started = job.state === 'Active' || running !== undefined;
  const scheduleState = job.state === 'Paused' ? 'Paused' : started ? 'Active' : 'Disabled';
  const steady = last === undefined ? neverTime : last.endedAt.toISOString();
  return {
    id: job.jobId,
    templateId: job.templateId,
    schedule: {
      expiration: null,
      interval: scheduleState === 'Disabled' ? neverInterval : `PT${intervalMinutes}M`,
      state: scheduleState,
    },
    status: {
      countSuccessiveCompleteFailures: 0,
      escrowsPruned: false,
      synchronizedEntryCountByType: [],
      code: job.state,
      lastExecution: execution,
      lastSuccessfulExecution: execution?.state === 'Succeeded' ? execution : null,
      lastSuccessfulExecutionWithExports:
        execution?.state === 'Succeeded' && execution.countExported > 0 ? execution : null,
      progress: [],
      steadyStateFirstAchievedTime: steady,
      steadyStateLastAchievedTime: steady,
      quarantine: null,
      troubleshootingUrl: null,
    },
    synchronizationJobSettings:
      job.settings.deleteThreshold === null
        ? []
        : [{ name: 'QuarantineTooManyDeletesThreshold', value: String(job.settings.deleteThreshold) }],
  };
}

function renderExecution(cycle: {
  readonly id: string;
  readonly kind: string;
  readonly counts: CycleCounts;
  readonly startedAt: Date;
  readonly endedAt: Date;
}) {
  const { read, created, updated, disabled, deleted, failed, held } = cycle.counts;
  const exported = created + updated + disabled + deleted;
  return {
    activityIdentifier: cycle.id,
    countEntitled: read,
    countEntitledForProvisioning: read,
    countEscrowed: failed,
    countEscrowedRaw: failed,
    countExported: exported,
    countExports: exported + failed + held,
    countImported: cycle.kind === 'initial' ? read : 0,
    countImportedDeltas: cycle.kind === 'incremental' ? read : 0,
    countImportedReferenceDeltas: 0,
    error: null,
    state: failed > 0 ? 'EntryLevelErrors' : 'Succeeded',
    timeBegan: cycle.startedAt.toISOString(),
    timeEnded: cycle.endedAt.toISOString(),
  };
}
