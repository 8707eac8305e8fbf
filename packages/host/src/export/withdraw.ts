import type { Problem } from '@joinery/problems';
import type { Clock, Logger } from '@joinery/runtime';
import type { Space } from '../space/space.ts';
import type { Taken } from './delivery.ts';

/**
 * Ends the journal entries of writes that do not go to the target after all: their callers have left, or the connector has become
 * read-only meanwhile. What cannot be ended stays in the journal, so the next start asks the target about it.
 * @param refusal what callers hear who still wait
 */
export async function withdraw(
  { space, clock, logger }: { readonly space: Space; readonly clock: Clock; readonly logger: Logger },
  batch: readonly Taken[],
  refusal: Problem | undefined,
): Promise<void> {
  const confirmations = batch.map(({ prepared }) => ({ identifier: prepared.entry.identifier }));
  try {
    await space.writer.call('confirm', { confirmations, now: clock.now() });
  } catch (error) {
    logger.warn({ error }, 'the journal could not be told of writes that were not sent');
  }
  for (const { waiting } of batch) if (refusal !== undefined && !waiting.answered) waiting.reject(refusal);
}
