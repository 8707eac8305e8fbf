import type { Queries } from '@joinery/store';
import { and, eq, or } from 'drizzle-orm';
import type { JobKey } from '../job/job.ts';
import { links } from '../tables.ts';
import { ofJob } from './read-links.ts';

/**
 * Forgets a connection by source id or target id; neither object is touched, and a later cycle may connect them again
 * (engine sheet 24). Forgetting what is not there is no error.
 */
export async function deleteLink(queries: Queries, job: JobKey, objectId: string): Promise<void> {
  await queries.delete(links).where(and(ofJob(job), or(eq(links.sourceId, objectId), eq(links.targetId, objectId))));
}

/** Forgets every connection of a job: restart with `Full` (engine sheet 17). */
export async function deleteLinks(queries: Queries, job: JobKey): Promise<void> {
  await queries.delete(links).where(ofJob(job));
}
