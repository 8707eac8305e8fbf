import type { Connector, CSEntryChange, CSEntryChangeResult, ExportRun, ExportStep } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { type Clock, type Logger, withDeadline } from '@joinery/runtime';
import { failPoint } from '../fail-points.ts';

/** What is known of each entry after a call to the target. */
export type EntryOutcome =
  | { readonly kind: 'applied'; readonly result: CSEntryChangeResult | undefined }
  | { readonly kind: 'refused'; readonly result: CSEntryChangeResult }
  /** The call ended before the target was given anything. */
  | { readonly kind: 'notSent'; readonly error: unknown }
  | { readonly kind: 'unknown'; readonly error: unknown };

export interface ExportCall {
  /** By the identifier of the entry. */
  readonly outcomes: ReadonlyMap<string, EntryOutcome>;
  /** Resolves when the connector has really let go of the call, which after a time-out may be much later. */
  readonly released: Promise<void>;
}

/** How long a connector may take to end a run, also one that failed. */
const CLOSE_MS = 10_000;

/**
 * One export run with one batch: open, put, close. Never throws: every fault is the outcome of the entries it concerns.
 * A missing result means success only when the run ended normally (contract, `putEntries`).
 * @param deadlineMs for the whole run
 */
export async function callExport(
  connector: Connector,
  step: ExportStep,
  entries: readonly CSEntryChange[],
  deadlineMs: number,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
  signal: AbortSignal,
): Promise<ExportCall> {
  let run: ExportRun | undefined;
  let sent = false;
  let results: readonly CSEntryChangeResult[] = [];
  let closed = false;
  let released: Promise<void> = Promise.resolve();
  let fault: unknown;
  try {
    await withDeadline(clock, deadlineMs, 'The write to the target', signal, (within) => {
      const work = (async () => {
        if (connector.export === undefined)
          throw problem('HOST_EXPORT_UNSUPPORTED', 'The connector does not write to its target.');
        run = await connector.export(step, within);
        // A call that was given up while it opened must not go on to write.
        within.throwIfAborted();
        failPoint('call.before');
        sent = true;
        results = await run.putEntries(entries, within);
        failPoint('call.after');
        // What answers after its time was over is closed below, as a run that failed.
        within.throwIfAborted();
        closed = true;
        await run.close('Normal', within);
      })();
      released = work.catch(() => {});
      return work;
    });
  } catch (error) {
    fault = error;
    if (run !== undefined && !closed) released = released.then(() => closeFailed(run, clock, logger));
  }
  const outcomes = new Map<string, EntryOutcome>();
  for (const entry of entries) {
    const result = results.find((each) => each.identifier === entry.identifier);
    outcomes.set(entry.identifier, outcomeOf(entry, result, sent, fault));
  }
  return { outcomes, released };
}

function outcomeOf(
  entry: CSEntryChange,
  result: CSEntryChangeResult | undefined,
  sent: boolean,
  fault: unknown,
): EntryOutcome {
  // An object that is gone is what a Delete wanted; callers repeat deletes (host sheet 3.8).
  if (entry.objectModificationType === 'Delete' && result?.errorCode === 'ExportErrorConnectedDirectoryMissingObject') {
    return { kind: 'applied', result };
  }
  if (result?.errorCode === 'Success') return { kind: 'applied', result };
  if (result !== undefined) return { kind: 'refused', result };
  if (fault === undefined) return { kind: 'applied', result: undefined };
  return sent ? { kind: 'unknown', error: fault } : { kind: 'notSent', error: fault };
}

/** What went wrong first is what matters; that closing failed as well is only logged. */
async function closeFailed(run: ExportRun | undefined, clock: Clock, logger: Logger): Promise<void> {
  try {
    const never = new AbortController().signal;
    await withDeadline(clock, CLOSE_MS, 'Closing the export', never, async (within) => run?.close('Unknown', within));
  } catch (error) {
    logger.warn({ error }, 'an export that failed could not be closed either');
  }
}
