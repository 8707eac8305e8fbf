import { problem } from '@joinery/problems';
import { withDeadline } from '@joinery/runtime';
import type { CloseReason, Connector, ConnectorContext, ImportPage, ImportRun, ImportStep } from './contract.ts';

/** Milliseconds a connector gets to end a run, also after the run itself was cancelled. */
const closeDeadline = 60_000;

/**
 * Drives one import from open to close and yields its pages one at a time.
 * Close is called exactly once, whatever happens: after the last page, after a failure, and when the reader stops early.
 * A connector that takes writes during its imports is asked for the next page while the last one is worked.
 * @param mode which import to open; the connector must have it
 * @returns the watermark to store, or undefined when the run must not move it: an entry had an error (ECMA sheet 1.3)
 * @throws what the connector throws; the signal's reason; RUNTIME_INTERNAL for a mode that the connector does not have
 */
export async function* importPages(
  connector: Connector,
  mode: 'full' | 'delta',
  step: ImportStep,
  context: Pick<ConnectorContext, 'clock' | 'logger'>,
  signal: AbortSignal,
): AsyncGenerator<ImportPage, string | undefined, undefined> {
  const open = mode === 'full' ? connector.fullImport : connector.deltaImport;
  if (open === undefined) throw problem('RUNTIME_INTERNAL', `The connector has no ${mode} import.`);
  const run = await open.call(connector, step, signal);
  // A target that takes writes meanwhile reads on while its last page is worked; one that does not has its rest between two pages.
  const readsAhead = connector.traits.exportDuringImport;
  const stopped = new AbortController();
  const within = AbortSignal.any([signal, stopped.signal]);
  let next: Promise<ImportPage> | undefined;
  let sound = true;
  let ended = false;
  try {
    for (let more = true; more; ) {
      signal.throwIfAborted();
      const page = await (next ?? run.getEntries(within));
      more = page.moreToImport;
      sound = sound && page.entries.every((entry) => (entry.errorCodeImport ?? 'Success') === 'Success');
      next = more && readsAhead ? run.getEntries(within) : undefined;
      // It is heard of where it is waited for.
      next?.catch(() => {});
      yield page;
    }
    ended = true;
  } finally {
    if (!ended) {
      stopped.abort(signal.reason);
      await Promise.allSettled([next]);
      await closeUnfinished(run, signal, context);
    }
  }
  const watermark = await close(run, 'Normal', context);
  return sound ? watermark : undefined;
}

/** What went wrong first is what the caller must hear; a fault of closing on top of it is logged. */
async function closeUnfinished(
  run: ImportRun,
  signal: AbortSignal,
  context: Pick<ConnectorContext, 'clock' | 'logger'>,
): Promise<void> {
  const reason: CloseReason = signal.aborted ? 'TerminatedByUser' : 'Unknown';
  try {
    await close(run, reason, context);
  } catch (error) {
    context.logger.warn({ error, reason }, 'an import that did not end could not be closed');
  }
}

/** The run's own signal may be the reason why it ends, so closing has a deadline of its own. */
async function close(
  run: ImportRun,
  reason: CloseReason,
  context: Pick<ConnectorContext, 'clock'>,
): Promise<string | undefined> {
  const never = new AbortController().signal;
  const ending = withDeadline(context.clock, closeDeadline, 'Closing the import', never, (signal) =>
    run.close(reason, signal),
  );
  return (await ending).watermark;
}
