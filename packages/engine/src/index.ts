export type { TargetClient } from './apply/batch-run.ts';
export type { CycleCounts } from './cycle/counts.ts';
export type { Cycle, CycleKind, CyclePhase } from './cycle/cycle.ts';
export { type DeletionGuard, type GuardDecision, thresholdGuard } from './cycle/guard.ts';
export { type CycleOptions, type CycleResult, runCycle } from './cycle/run-cycle.ts';
export { readLastCycle, readUnfinishedCycle } from './cycle/store.ts';
export { compileJob } from './job/compile.ts';
export type { CompiledAttributeMapping, CompiledJob, CompiledObjectMapping } from './job/compiled.ts';
export { objectFromResourceType } from './job/discover.ts';
export { type Job, type JobKey, type JobState, jobStates } from './job/job.ts';
export { parseSynchronizationSchema } from './job/parse-schema.ts';
export { renderSynchronizationSchema } from './job/render-schema.ts';
export { parseResetScope, type ResetFlag, resetFlags, restartJob } from './job/restart.ts';
export type {
  AttributeDefinition,
  AttributeFlowType,
  AttributeMapping,
  AttributeType,
  DirectoryDefinition,
  Filter,
  FilterClause,
  FilterGroup,
  FlowType,
  Mutability,
  ObjectDefinition,
  ObjectMapping,
  SynchronizationRule,
  SynchronizationSchema,
} from './job/schema.ts';
export { defaultJobSettings, type JobSettings, parseJobSettings } from './job/settings.ts';
export {
  createJob,
  deleteJob,
  type JobDraft,
  listJobs,
  pauseJob,
  readJob,
  saveSchema,
  saveSecretsReference,
  saveSettings,
  startJob,
} from './job/store.ts';
export { deleteLink } from './links/delete-link.ts';
export type { Intent, Link, LinkState } from './links/link.ts';
export { countLinks, findLink } from './links/read-links.ts';
export { releaseClaims } from './links/release-claims.ts';
export { type LogQuery, type LogRow, logColumns, readLog } from './logs/read-log.ts';
export type { LogAction, LogDetails, LogEntry, LogError } from './logs/record.ts';
export { type LogApplication, provisioningService, toProvisioningObjectSummary } from './logs/summary.ts';
export { engineMigrations } from './migrations.ts';
export {
  type OnDemandOptions,
  type OnDemandResult,
  type OnDemandSubject,
  previewOnDemand,
  provisionOnDemand,
} from './ondemand/provision-on-demand.ts';
export { type Assessment, assessObject, type PlanContext } from './plan/assess.ts';
export type { Plan, Write } from './plan/model.ts';
export { planObject } from './plan/plan.ts';
export type { ModifiedProperty, PlanAction, Step, StepStatus, StepType } from './plan/step.ts';
export { scopeOperators } from './scope/operator.ts';
export type { SourceEntry } from './source/entry.ts';
export { type ChangePage, deletedEntry, type SourcePage, type SourceReader } from './source/reader.ts';
