import { problem } from '@joinery/problems';
import type { BatchRun, RunOptions } from '../apply/batch-run.ts';
import { Claims } from '../apply/claims.ts';
import { planBatch } from '../apply/plan-batch.ts';
import { runBatch } from '../apply/run-batch.ts';
import { compileJob } from '../job/compile.ts';
import type { CompiledJob } from '../job/compiled.ts';
import type { JobKey } from '../job/job.ts';
import { readJob } from '../job/store.ts';
import { logEntryOf } from '../logs/entry-of.ts';
import type { LogEntry } from '../logs/record.ts';
import { conclude } from '../plan/conclude.ts';
import type { SourceEntry } from '../source/entry.ts';

export interface OnDemandOptions extends RunOptions {
  /** Who asked, for the log. */
  readonly initiatedBy: string;
}

/** One object to provision. */
export interface OnDemandSubject {
  /** The source anchor. */
  readonly objectId: string;
  /** Compared without case. */
  readonly objectTypeName: string;
  /** The synchronization rule to use; the job's first for the type where left out. */
  readonly ruleId?: string;
}

/** The answer to an on-demand request; `key` and `value` of the wire are made of it (engine sheet 5). */
export interface OnDemandResult {
  readonly result: 'Success' | 'Skipped' | 'Failure' | 'Warning';
  /** The skip reason, e.g. `RedundantExport`, or the error code of a failure. */
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** The row of the provisioning log, with every step. */
  readonly entry: LogEntry;
}

/**
 * Provisions one object now: import, scope, match, action, by the same plan as a cycle. What was unassigned is disabled at
 * once: the deletion guard counts what a cycle does, not what a person asks for.
 * @throws ENGINE_JOB_UNKNOWN, ENGINE_RULE_UNKNOWN, ENGINE_OBJECT_UNKNOWN, ENGINE_TARGET_DOWN when the connection test fails,
 *   and what `compileJob` throws
 */
export async function provisionOnDemand(
  key: JobKey,
  subject: OnDemandSubject,
  options: OnDemandOptions,
): Promise<OnDemandResult> {
  const { run, entry } = await prepare(key, subject, options);
  const { log, down } = await runBatch(run, [entry], 'execute', Promise.resolve(), async () => {});
  if (down !== null)
    throw problem('ENGINE_TARGET_DOWN', `The connection test failed: ${down.message}`, { cause: down });
  return resultOf(log[0], subject);
}

/**
 * What `provisionOnDemand` would do, with nothing written to target, links or log. Its row ends before the export step.
 * @throws as `provisionOnDemand`, without ENGINE_TARGET_DOWN
 */
export async function previewOnDemand(
  key: JobKey,
  subject: OnDemandSubject,
  options: OnDemandOptions,
): Promise<OnDemandResult> {
  const { run, entry } = await prepare(key, subject, options);
  const [planned] = await planBatch(run, [entry], run.claims.open());
  const conclusion = planned === undefined ? undefined : conclude(planned.plan, null, planned.askedMs);
  return resultOf(conclusion === undefined ? undefined : logEntryOf(run.log, conclusion), subject);
}

async function prepare(
  key: JobKey,
  subject: OnDemandSubject,
  options: OnDemandOptions,
): Promise<{ readonly run: BatchRun; readonly entry: SourceEntry }> {
  const { database, source, target, clock, random, logger, signal, initiatedBy } = options;
  const job = await readJob(database.drizzle, key);
  const compiled = ofRule(compileJob(job.schema), subject.ruleId);
  const [entry] = await source.readSome(subject.objectTypeName, [subject.objectId], signal);
  if (entry === undefined) throw unknownObject(subject);
  // Who asks for one object wants to read why nothing happened.
  const settings = { ...job.settings, logOutOfScope: true };
  const run: BatchRun = {
    database,
    target,
    job,
    compiled,
    settings,
    context: { settings, expressions: { ...options.expressions, clock, random } },
    runner: null,
    log: { cycleId: random.uuid(), initiatedBy, clock, random },
    claims: new Claims(1),
    clock,
    random,
    logger,
    signal,
  };
  return { run, entry };
}

function ofRule(compiled: CompiledJob, ruleId: string | undefined): CompiledJob {
  if (ruleId === undefined) return compiled;
  const objectMappings = compiled.objectMappings.filter((mapping) => mapping.ruleId === ruleId);
  if (objectMappings.length > 0) return { objectMappings };
  throw problem('ENGINE_RULE_UNKNOWN', `The job has no enabled synchronization rule ${ruleId}.`);
}

const results = { success: 'Success', skipped: 'Skipped', failure: 'Failure', warning: 'Warning' } as const;

function resultOf(entry: LogEntry | undefined, subject: OnDemandSubject): OnDemandResult {
  if (entry === undefined) throw unknownObject(subject);
  const { error, skipReason, steps } = entry.details;
  const skipped =
    skipReason === null ? null : (steps.findLast((step) => step.status !== 'success')?.description ?? null);
  return {
    result: results[entry.status],
    errorCode: error?.errorCode ?? skipReason,
    errorMessage: error?.reason ?? skipped,
    entry,
  };
}

function unknownObject({ objectTypeName, objectId }: OnDemandSubject) {
  return problem(
    'ENGINE_OBJECT_UNKNOWN',
    `The source has no ${objectTypeName} ${objectId} that a mapping of the job takes.`,
  );
}
