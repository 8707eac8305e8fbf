import type { Queries } from '@joinery/store';
import { sql } from 'drizzle-orm';

/**
 * Tells the database's planner how the links are spread. Of a table, or of a job, that it knows nothing about it takes one row a
 * job for granted and reads a page's links by reading all of the job's: an initial cycle would take time by the square of its users.
 * PostgreSQL looks by itself, but minutes later; PGlite never does. Where somebody else is looking at this moment, that is enough.
 */
export async function analyzeLinks(queries: Queries): Promise<void> {
  await queries.execute(sql`analyze (skip_locked) engine_link`);
}
