import { type AttributeDefinition, type JobKey, parseSynchronizationSchema } from '@joinery/engine';
import type { Queries } from '@joinery/store';
import { and, eq } from 'drizzle-orm';
import { discoveryTable } from '../tables.ts';

/** Keeps what a job's target said of itself last. */
export async function saveDiscovery(
  queries: Queries,
  { tenantId, jobId }: JobKey,
  attributes: readonly AttributeDefinition[],
  discoveredAt: Date,
): Promise<void> {
  await queries
    .insert(discoveryTable)
    .values({ tenantId, jobId, attributes, discoveredAt })
    .onConflictDoUpdate({ target: [discoveryTable.tenantId, discoveryTable.jobId], set: { attributes, discoveredAt } });
}

/** What the target said of itself last; undefined where it was never asked. */
export async function readDiscovery(
  queries: Queries,
  { tenantId, jobId }: JobKey,
): Promise<readonly AttributeDefinition[] | undefined> {
  const [row] = await queries
    .select()
    .from(discoveryTable)
    .where(and(eq(discoveryTable.tenantId, tenantId), eq(discoveryTable.jobId, jobId)));
  if (row === undefined) return undefined;
  // The engine's parser reads attributes as part of a schema, so a stored list is put into the smallest one.
  const { directories } = parseSynchronizationSchema({
    directories: [{ name: '-', objects: [{ name: '-', attributes: row.attributes }] }],
  });
  return directories[0]?.objects[0]?.attributes ?? [];
}

export async function deleteDiscovery(queries: Queries, { tenantId, jobId }: JobKey): Promise<void> {
  await queries
    .delete(discoveryTable)
    .where(and(eq(discoveryTable.tenantId, tenantId), eq(discoveryTable.jobId, jobId)));
}
