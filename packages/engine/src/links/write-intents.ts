import type { Queries } from '@joinery/store';
import { sql } from 'drizzle-orm';
import type { JobKey } from '../job/job.ts';
import type { MatchQuery } from '../match/queries.ts';
import type { Plan } from '../plan/model.ts';
import { intents } from './link.ts';

/** What is about to be written. */
export interface Announcement {
  readonly plan: Plan;
  /** What a create was preceded by. */
  readonly match: readonly MatchQuery[];
}

/** Which run announces. */
export interface Announcer {
  readonly cycleId: string;
  /** Of a cycle: nothing is announced once another run has taken the cycle over. null: provision on demand. */
  readonly runner: string | null;
}

/**
 * Minutes that objects stay with a run that says nothing more: as long as their requests take when each runs into its deadline of a
 * minute, eight at a time; three for a single object, so that nobody waits long for the dead.
 */
function claimMinutes(objects: number): number {
  return 2 + Math.ceil(objects / 8);
}

/**
 * Records what is about to be written: for a new object a link without a target, for a connected one its intent. The row is
 * at once the claim on the object: what another run is writing for, or has connected since this one read the link, is not announced
 * and must not be written (design decision 4: one object is never worked by two at once).
 * @returns the source ids that were announced
 */
export async function writeIntents(
  queries: Queries,
  job: JobKey,
  { cycleId, runner }: Announcer,
  announcements: readonly Announcement[],
): Promise<ReadonlySet<string>> {
  const rows = announcements.map(({ plan, match }) => ({
    source_type: plan.mapping.sourceObjectName,
    source_id: plan.entry.id,
    target_type: plan.mapping.targetObjectName,
    target_id: plan.targetId,
    display_name: plan.entry.displayName,
    state: plan.link?.state ?? 'active',
    intent: intents.find((intent) => intent === plan.action) ?? null,
    match: plan.write?.kind === 'create' ? match : null,
  }));
  const announced = await queries.execute<{ source_id: string }>(sql`
    insert into engine_link as link (tenant_id, job_id, source_type, source_id, target_type, target_id, display_name, state,
      intent, match, cycle_id, claimed_until)
    select ${job.tenantId}, ${job.jobId}, batch.*, ${cycleId}, now() + make_interval(mins => ${claimMinutes(rows.length)}::int)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as batch (source_type text, source_id text, target_type text,
      target_id text, display_name text, state text, intent text, match jsonb)
    where ${runner}::text is null or exists (
      select from engine_cycle where tenant_id = ${job.tenantId} and id = ${cycleId} and runner = ${runner})
    on conflict (tenant_id, job_id, source_type, source_id)
      do update set intent = excluded.intent, target_type = excluded.target_type, target_id = excluded.target_id,
        match = excluded.match, cycle_id = excluded.cycle_id, claimed_until = excluded.claimed_until
      where (link.target_id is null or link.target_id is not distinct from excluded.target_id)
        and (link.claimed_until is null or link.claimed_until < now() or link.cycle_id = excluded.cycle_id)
    returning source_id`);
  return new Set(announced.rows.map(({ source_id }) => source_id));
}
