import { problem } from '@joinery/problems';
import type { BatchRun } from '../apply/batch-run.ts';
import { type BatchMode, runBatch } from '../apply/run-batch.ts';
import type { SourceEntry } from '../source/entry.ts';
import { addCounts } from './counts.ts';
import type { Cycle } from './cycle.ts';
import { saveCycle } from './store.ts';

/** Where a cycle is, as last committed. */
export interface CyclePlace {
  cycle: Cycle;
}

/**
 * Deals with one page and moves the cycle on: one batch per source object type, the cycle's new place committed with the
 * outcomes of the last.
 * @param change what the cycle becomes once the page is done
 * @param turn settles when the page before is committed
 * @throws ENGINE_TARGET_DOWN when the target does not work at all; the cycle stays before the page
 */
export async function runPage(
  run: BatchRun,
  place: CyclePlace,
  entries: readonly SourceEntry[],
  mode: BatchMode,
  change: Partial<Cycle>,
  turn: Promise<void>,
): Promise<void> {
  const batches = byType(entries);
  if (batches.length === 0) {
    await turn;
    const moved = { ...place.cycle, ...change };
    await saveCycle(run.database.drizzle, run.job, moved);
    place.cycle = moved;
    return;
  }
  for (const [index, batch] of batches.entries()) {
    const last = index === batches.length - 1;
    let moved: Cycle | undefined;
    const { down } = await runBatch(run, batch, mode, turn, async (tx, { conclusions, staged, down }) => {
      if (down !== null) {
        // What was done is done and counts; the page is read again, and finds it so.
        const done = conclusions.filter(({ status }) => status === 'success' || status === 'warning');
        moved = { ...place.cycle, counts: addCounts(place.cycle.counts, 0, done) };
        await saveCycle(tx, run.job, moved);
        return;
      }
      // What is executed or held back was read when it was staged.
      const read = mode === 'stage' ? batch.length : 0;
      const counts = addCounts(place.cycle.counts, read, conclusions);
      const held = counts.held + (mode === 'hold' ? staged.length : 0);
      moved = { ...place.cycle, ...(last ? change : {}), counts: { ...counts, held } };
      await saveCycle(tx, run.job, moved);
    });
    if (moved !== undefined) place.cycle = moved;
    if (down !== null) throw problem('ENGINE_TARGET_DOWN', `The cycle stops: ${down.message}`, { cause: down });
  }
}

/** The entries by source object type, each object once: a feed may bring it several times, and the last is its present state. */
function byType(entries: readonly SourceEntry[]): readonly (readonly SourceEntry[])[] {
  const types = new Map<string, Map<string, SourceEntry>>();
  for (const entry of entries) {
    const type = entry.objectType.toLowerCase();
    const ofType = types.get(type) ?? new Map<string, SourceEntry>();
    types.set(type, ofType.set(entry.id, entry));
  }
  return [...types.values()].map((ofType) => [...ofType.values()]);
}
