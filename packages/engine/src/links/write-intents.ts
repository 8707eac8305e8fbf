import { insertBatch, type Queries } from '@joinery/store';
import { sql } from 'drizzle-orm';
import type { JobKey } from '../job/job.ts';
import type { Plan } from '../plan/model.ts';
import { links } from '../tables.ts';
import { intents } from './link.ts';

/** Records what is about to be written: for a new object a link without a target, for a connected one its intent. */
export async function writeIntents(
  queries: Queries,
  job: JobKey,
  cycleId: string,
  plans: readonly Plan[],
): Promise<void> {
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
      'intent',
      'cycleId',
    ],
    rows: plans.map((plan) => ({
      tenantId: job.tenantId,
      jobId: job.jobId,
      sourceType: plan.mapping.sourceObjectName,
      sourceId: plan.entry.id,
      targetType: plan.mapping.targetObjectName,
      targetId: plan.targetId,
      displayName: plan.entry.displayName,
      state: plan.link?.state ?? 'active',
      intent: intents.find((intent) => intent === plan.action) ?? null,
      cycleId,
    })),
    onConflict: sql`on conflict (tenant_id, job_id, source_type, source_id)
      do update set intent = excluded.intent, target_id = excluded.target_id, cycle_id = excluded.cycle_id`,
  });
}
