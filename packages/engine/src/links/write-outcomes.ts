import { insertBatch, type Queries } from '@joinery/store';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { JobKey } from '../job/job.ts';
import type { Conclusion } from '../plan/conclude.ts';
import { links } from '../tables.ts';
import { isAnyOf, ofJob } from './read-links.ts';

/** Settles the links of one source object type after their writes: connected, kept, or gone. */
export async function writeOutcomes(
  queries: Queries,
  job: JobKey,
  sourceType: string,
  cycleId: string,
  conclusions: readonly Conclusion[],
): Promise<void> {
  await connect(queries, job, cycleId, conclusions);
  const ofType = and(ofJob(job), eq(links.sourceType, sourceType));
  const idsWhere = (test: (conclusion: Conclusion) => boolean): string[] =>
    conclusions.filter(test).map(({ plan }) => plan.entry.id);

  const removed = idsWhere(({ linkAfter }) => linkAfter.kind === 'remove');
  if (removed.length > 0) await queries.delete(links).where(and(ofType, isAnyOf(links.sourceId, removed)));

  // A write that was refused for certain leaves nothing to remember: neither its intent nor, for a create, its link.
  const refused = idsWhere(({ plan, status, inDoubt }) => plan.write !== null && status === 'failure' && !inDoubt);
  if (refused.length > 0) {
    const ofRefused = and(ofType, isAnyOf(links.sourceId, refused));
    await queries.delete(links).where(and(ofRefused, isNull(links.targetId)));
    await queries
      .update(links)
      .set({ intent: null, claimedUntil: null })
      .where(and(ofRefused, isNotNull(links.targetId)));
  }

  // Nobody works on it any more; the intent stays until a match or a read tells what came of it.
  const inDoubt = idsWhere(({ inDoubt }) => inDoubt);
  if (inDoubt.length > 0) {
    const ofInDoubt = and(ofType, isAnyOf(links.sourceId, inDoubt));
    await queries.update(links).set({ claimedUntil: null }).where(ofInDoubt);
  }

  // Seen in this cycle, though nothing changed: the sweep at its end must not take the object for one that is gone.
  const seen = idsWhere(({ plan, linkAfter }) => plan.link !== null && linkAfter.kind === 'keep');
  if (seen.length > 0)
    await queries
      .update(links)
      .set({ cycleId })
      .where(and(ofType, isAnyOf(links.sourceId, seen)));
}

async function connect(
  queries: Queries,
  job: JobKey,
  cycleId: string,
  conclusions: readonly Conclusion[],
): Promise<void> {
  const rows = conclusions.flatMap(({ plan, linkAfter, targetId }) =>
    linkAfter.kind !== 'set'
      ? []
      : [
          {
            tenantId: job.tenantId,
            jobId: job.jobId,
            sourceType: plan.mapping.sourceObjectName,
            sourceId: plan.entry.id,
            targetType: plan.mapping.targetObjectName,
            targetId: linkAfter.targetId ?? targetId,
            displayName: plan.entry.displayName,
            state: linkAfter.state,
            cycleId,
          },
        ],
  );
  await insertBatch(queries, links, {
    columns: [
      'tenantId',
      'jobId',
      'sourceType',
      'sourceId',
      'targetType',
      'targetId',
      'displayName',
      'state',
      'cycleId',
    ],
    rows,
    onConflict: sql`on conflict (tenant_id, job_id, source_type, source_id)
      do update set target_id = excluded.target_id, display_name = excluded.display_name, state = excluded.state,
        target_type = excluded.target_type, intent = null, match = null, claimed_until = null, cycle_id = excluded.cycle_id`,
  });
}
