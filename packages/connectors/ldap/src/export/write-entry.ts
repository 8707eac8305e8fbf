import type { CSEntryChangeResult } from '@joinery/connector';
import { toProblem } from '@joinery/problems';
import { addEntry } from './add-entry.ts';
import { deleteEntry } from './delete-entry.ts';
import type { Lanes } from './lanes.ts';
import type { EntryTask } from './outcome.ts';
import type { ExportScope } from './scope.ts';
import { Turn } from './turn.ts';
import { updateEntry } from './update-entry.ts';

/** What is known of one entry after its turn. */
export type EntryEnd =
  | { readonly kind: 'told'; readonly result: CSEntryChangeResult }
  /** The server has not been given anything that changes the entry. */
  | { readonly kind: 'notSent'; readonly error: unknown }
  /** A write was on its way, or is only half of what was wanted: nobody knows but the server. */
  | { readonly kind: 'unknown'; readonly error: unknown };

/** Why nothing more of the batch is to be sent; asked when a place on a connection is there. */
export type Stopped = () => { readonly error: unknown } | undefined;

/**
 * Writes one entry on a connection of its own place. Never throws. A connection that is lost before anything was written is
 * replaced once; one that is lost later leaves the outcome to those who look it up, for success and failure would both be guesses.
 */
export async function writeEntry(
  task: EntryTask,
  scope: ExportScope,
  lanes: Lanes,
  stopped: Stopped,
  signal: AbortSignal,
): Promise<EntryEnd> {
  const first = await attempt(task, scope, lanes, stopped, signal);
  return first.kind === 'notSent' && first.lost ? attempt(task, scope, lanes, stopped, signal) : first;
}

async function attempt(
  task: EntryTask,
  scope: ExportScope,
  lanes: Lanes,
  stopped: Stopped,
  signal: AbortSignal,
): Promise<EntryEnd & { readonly lost?: boolean }> {
  let turn: Turn;
  try {
    turn = await Turn.begin(scope, lanes, signal);
  } catch (error) {
    return { kind: 'notSent', error };
  }
  using begun = turn;
  const stop = stopped();
  if (stop !== undefined) return { kind: 'notSent', error: stop.error };
  try {
    return { kind: 'told', result: await write(task, begun) };
  } catch (error) {
    if (begun.effect !== 'none') {
      scope.memory.doubtful.note(begun.connection, scope.context.clock);
      return { kind: 'unknown', error };
    }
    if (begun.connection.lost || signal.aborted) return { kind: 'notSent', error, lost: begun.connection.lost };
    // The connection is good, so this is about this entry: the others go on.
    return { kind: 'told', result: unchanged(task.entry.identifier, error) };
  }
}

function unchanged(identifier: string, error: unknown): CSEntryChangeResult {
  const { code, detail } = toProblem(error);
  return {
    identifier,
    errorCode: 'ExportErrorConnectedDirectoryError',
    errorName: code,
    errorDetail: `Nothing was changed. ${detail}`,
  };
}

function write(task: EntryTask, turn: Turn): Promise<CSEntryChangeResult> {
  switch (task.entry.objectModificationType) {
    case 'Add':
      return addEntry(task, turn);
    case 'Update':
    case 'Replace':
      return updateEntry(task, turn);
    case 'Delete':
      return deleteEntry(task, turn);
  }
}
