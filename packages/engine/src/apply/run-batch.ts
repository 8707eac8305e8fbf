import { type Problem, problem } from '@joinery/problems';
import type { Transaction } from '@joinery/store';
import { settleEscrow } from '../escrow/escrow.ts';
import { failPoint } from '../fail-points.ts';
import { readOwners, targetKeyText } from '../links/read-links.ts';
import { writeIntents } from '../links/write-intents.ts';
import { writeOutcomes } from '../links/write-outcomes.ts';
import { logEntryOf, stagedEntryOf } from '../logs/entry-of.ts';
import type { LogEntry } from '../logs/record.ts';
import { writeLog } from '../logs/write-log.ts';
import { claimedBy } from '../match/claimed.ts';
import { queriesOf } from '../plan/assess.ts';
import { type Conclusion, conclude } from '../plan/conclude.ts';
import type { Plan } from '../plan/model.ts';
import { planObject } from '../plan/plan.ts';
import type { SourceEntry } from '../source/entry.ts';
import type { BatchRun } from './batch-run.ts';
import type { BatchClaims } from './claims.ts';
import { inFlight } from './in-flight.ts';
import { type PlannedObject, planBatch } from './plan-batch.ts';
import { stage, unstage } from './staged.ts';
import { targetDown } from './target-down.ts';
import { send } from './write.ts';

/**
 * What happens to disables and deletes: `stage` puts them aside, `execute` carries them out, `hold` logs them as staged and
 * leaves them on the stage.
 */
export type BatchMode = 'stage' | 'execute' | 'hold';

export interface BatchResult {
  readonly conclusions: readonly Conclusion[];
  /** Disables and deletes that were put aside or held back. */
  readonly staged: readonly Plan[];
  readonly log: readonly LogEntry[];
  /** The target does not work at all, and this is why; null where it does. */
  readonly down: Problem | null;
}

/**
 * Takes objects of one source type from their source entries to settled links and log rows: plan, intents, writes,
 * outcomes. Can be cut off anywhere and run again.
 * @param entries at most `batchLimit`, each object once
 * @param turn settles when the outcomes of the batch before are committed; this batch works meanwhile and commits after it
 * @param settle more that belongs into the transaction of the outcomes: the position of the cycle
 */
export async function runBatch(
  run: BatchRun,
  entries: readonly SourceEntry[],
  mode: BatchMode,
  turn: Promise<void>,
  settle: (tx: Transaction, result: BatchResult) => Promise<void>,
): Promise<BatchResult> {
  const claims = run.claims.open();
  const planned = await planBatch(run, entries, claims);
  const aside = planned.filter(({ plan }) => mode !== 'execute' && leaves(plan));
  const ready = planned.filter(({ plan }) => mode === 'execute' || !leaves(plan));

  const announced = await announce(run, ready);
  const carriedOut = await inFlight(announced, run.settings.targetConcurrency, (object) => carryOut(run, object));
  const conclusions = await withoutStolen(run, carriedOut, claims);
  const staged = aside.map(({ plan }) => plan);
  const result: BatchResult = {
    conclusions,
    staged,
    log: logOf(run, mode, conclusions, staged),
    down: await targetDown(run, conclusions),
  };

  await turn;
  failPoint('outcomes.before');
  await run.database.transaction(
    async (tx) => {
      await settleBatch(run, tx, result, mode);
      await settle(tx, result);
    },
    { signal: run.signal },
  );
  failPoint('outcomes.after');
  claims.settled();
  return result;
}

/** Whether a plan takes someone's account away: what the deletion guard counts. */
function leaves({ action, write }: Plan): boolean {
  return write !== null && (action === 'disable' || action === 'delete');
}

/**
 * Commits the intents, so that whoever finds them later knows that these writes may have been done.
 * @returns the objects, with the plan of a failure for those that another run is working on
 */
async function announce(run: BatchRun, objects: readonly PlannedObject[]): Promise<readonly PlannedObject[]> {
  const writing = objects.filter(({ plan }) => plan.write !== null);
  if (writing.length === 0) return objects;
  failPoint('intents.before');
  const announcer = { cycleId: run.log.cycleId, runner: run.runner };
  const announcements = writing.map(({ plan, assessment }) => ({ plan, match: queriesOf(assessment.inquiry) }));
  // One statement, and so a transaction of its own.
  const announced = await writeIntents(run.database.drizzle, run.job, announcer, announcements);
  failPoint('intents.after');
  return objects.map((object) =>
    object.plan.write === null || announced.has(object.plan.entry.id) ? object : busy(object),
  );
}

function busy(object: PlannedObject): PlannedObject {
  const fault = problem('ENGINE_OBJECT_BUSY', 'Another run is provisioning the object at this moment.');
  return { ...object, plan: planObject(object.assessment, { kind: 'failed', problem: fault }) };
}

async function carryOut(run: BatchRun, { plan, askedMs }: PlannedObject): Promise<Conclusion> {
  if (plan.write === null) return conclude(plan, null, askedMs);
  const start = run.clock.monotonic();
  const outcome = await send(run.target, plan.mapping.endpoint, plan.write, run.signal);
  return conclude(plan, outcome, askedMs + run.clock.monotonic() - start);
}

/**
 * Targets exist that answer a create with an object they had already. Where that is another's, the link would break the
 * rule of one owner per target object, and with it the transaction of everyone in the batch.
 */
async function withoutStolen(
  run: BatchRun,
  conclusions: readonly Conclusion[],
  claims: BatchClaims,
): Promise<readonly Conclusion[]> {
  const created = conclusions.filter(isCreated);
  const targets = created.flatMap(({ plan, targetId }) =>
    targetId === null ? [] : [{ targetType: plan.mapping.targetObjectName, targetId }],
  );
  const owners = await readOwners(run.database.drizzle, run.job, targets);
  return conclusions.map((conclusion) => {
    const { plan, targetId, durationMs } = conclusion;
    if (targetId === null || !isCreated(conclusion)) return conclusion;
    const key = targetKeyText({ targetType: plan.mapping.targetObjectName, targetId });
    const owner = owners.get(key) ?? claims.created(key, plan.entry.id);
    if (owner === plan.entry.id) return conclusion;
    return conclude(plan, { kind: 'refused', problem: claimedBy(plan.mapping, owner) }, durationMs);
  });
}

function isCreated({ plan, status }: Conclusion): boolean {
  return plan.write?.kind === 'create' && status !== 'failure';
}

function logOf(
  run: BatchRun,
  mode: BatchMode,
  conclusions: readonly Conclusion[],
  staged: readonly Plan[],
): readonly LogEntry[] {
  const shown = conclusions.filter(
    ({ plan }) => run.settings.logOutOfScope || plan.link !== null || plan.skipReason !== 'NotEffectivelyEntitled',
  );
  const held = mode === 'hold' ? staged : [];
  return [
    ...shown.map((conclusion) => logEntryOf(run.log, conclusion)),
    ...held.map((plan) => stagedEntryOf(run.log, conclude(plan, null, 0))),
  ];
}

async function settleBatch(run: BatchRun, tx: Transaction, result: BatchResult, mode: BatchMode): Promise<void> {
  const { conclusions, staged, log } = result;
  const sourceType = (conclusions[0]?.plan ?? staged[0])?.mapping.sourceObjectName;
  if (sourceType === undefined) return;
  const now = new Date(run.clock.now());
  await settleEscrow(tx, run.job, sourceType, run.log.cycleId, conclusions, now);
  await writeOutcomes(tx, run.job, sourceType, run.log.cycleId, conclusions);
  await writeLog(tx, run.job, log);
  if (mode === 'stage') await stage(tx, run.job, run.log.cycleId, staged);
  // What was staged, now or in an earlier cycle, and is settled must not be executed later; what failed is staged anew when
  // it is tried again. Without a link nothing was staged.
  const settled = conclusions
    .filter(({ plan, status }) => mode === 'execute' || (status !== 'failure' && plan.link !== null))
    .map(({ plan }) => plan.entry.id);
  await unstage(tx, run.job, sourceType, settled);
}
