import { problem } from '@joinery/problems';
import type { Clock } from '@joinery/runtime';
import type { Transaction } from '@joinery/store';
import { clearStage } from '../apply/staged.ts';
import { clearEscrow } from '../escrow/escrow.ts';
import { deleteLinks } from '../links/delete-link.ts';
import type { JobKey } from './job.ts';
import { allowDeletions, resetWatermark, startJob } from './store.ts';

/** The flags of `resetScope` (engine sheet 17). Those of quarantine and cache join when there are such. */
export const resetFlags = [
  'None',
  'Escrows',
  'Watermark',
  'QuarantineState',
  'ConnectorDataStore',
  'Full',
  'ForceDeletes',
] as const;
export type ResetFlag = (typeof resetFlags)[number];

/**
 * Reads `resetScope`: comma-separated, blanks allowed; empty or absent means what the restart button means.
 * @throws ENGINE_RESET_SCOPE_UNKNOWN
 */
export function parseResetScope(text: string | null): ReadonlySet<ResetFlag> {
  const words = (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) return new Set<ResetFlag>(['QuarantineState', 'Watermark', 'Escrows']);
  return new Set(
    words.map((word) => {
      const flag = resetFlags.find((known) => known.toLowerCase() === word.toLowerCase());
      if (flag !== undefined) return flag;
      throw problem('ENGINE_RESET_SCOPE_UNKNOWN', `There is no reset scope "${word}".`);
    }),
  );
}

/**
 * Restarts a job: clears what the flags say and starts it. `Full` forgets the connections too; objects are matched again.
 * `ForceDeletes` alone keeps the position: the next cycle executes what was held back.
 * @param tx a transaction: a job is restarted whole or not at all
 * @throws ENGINE_JOB_UNKNOWN, ENGINE_JOB_NOT_CONFIGURED
 */
export async function restartJob(
  tx: Transaction,
  key: JobKey,
  flags: ReadonlySet<ResetFlag>,
  clock: Clock,
): Promise<void> {
  if (flags.has('Watermark') || flags.has('Full')) await resetWatermark(tx, key, new Date(clock.now()));
  if (flags.has('Escrows') || flags.has('Full')) await clearEscrow(tx, key);
  if (flags.has('Full')) {
    await deleteLinks(tx, key);
    await clearStage(tx, key);
  }
  if (flags.has('ForceDeletes')) await allowDeletions(tx, key);
  await startJob(tx, key);
}
