import type { Queries } from '@joinery/store';
import { isNotNull } from 'drizzle-orm';
import { links } from '../tables.ts';

/**
 * Frees the objects that runs were working on when their process died; what they had announced is still looked into.
 * Only for a process that has the database to itself, before it runs anything: with others, a claim may be a living run's and ends by its time.
 */
export async function releaseClaims(queries: Queries): Promise<void> {
  await queries.update(links).set({ claimedUntil: null }).where(isNotNull(links.claimedUntil));
}
