import {
  byName,
  type Connector,
  type CSEntryChange,
  importPages,
  nameKey,
  objectPlace,
  type Schema,
  stopsRun,
} from '@joinery/connector';
import { isProblem, type Problem, problem, toProblem } from '@joinery/problems';
import { type Clock, type Logger, type Redactor, withDeadline } from '@joinery/runtime';
import { withoutSecrets } from '../export/target-fault.ts';
import { identityOfUnread, readEntry } from '../facade/read-entry.ts';
import type { Shape } from '../facade/shape.ts';
import { ROWS_PER_TRANSACTION } from '../space/layout.ts';
import type { SpaceRow } from '../space/row.ts';
import { RUN_ERRORS_KEPT, type RunError, type RunOutcome, type RunRecord } from '../space/run-record.ts';
import { type Space, untilDone } from '../space/space.ts';
import { checkDeletes } from './guard.ts';

export interface ImportOptions {
  readonly shape: Shape;
  readonly connector: Connector;
  readonly space: Space;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly redactor: Redactor;
  readonly timeoutMs: number;
  /** An administrator has looked at a held-back import and wants its content. */
  readonly acceptDeletes: boolean;
  /** Called after every page with the number of objects so far. */
  readonly progress: (objects: number) => void;
}

export interface ImportReport extends RunRecord {
  readonly errors: readonly RunError[];
  /** Why it was not taken over; undefined when it was. */
  readonly problem: Problem | undefined;
  /** Journal entries that this content decided. */
  readonly decided: readonly string[];
}

/** Tallies of a run while it goes. */
class Tally {
  adds = 0;
  updates = 0;
  unchanged = 0;
  deletes = 0;
  failed = 0;
  readonly errors: RunError[] = [];
  readonly #redactor: Redactor;
  /** A failed object that does not say which one it is: any object that seems to be missing may be this one. */
  unidentified = false;
  /** Failed objects of the present page that say which one they are. */
  keep: string[] = [];

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }
  get objects(): number {
    return this.adds + this.updates + this.unchanged;
  }
  fail(object: string, { code, detail }: Problem): void {
    this.failed += 1;
    if (this.errors.length < RUN_ERRORS_KEPT) this.errors.push({ object, code, detail: this.#redactor.text(detail) });
  }
}

/**
 * Reads the whole target into a new generation of the space and makes it the visible one, unless it failed, was cancelled,
 * or would lose too much: then the previous content goes on answering. Never throws for what the target does; the report
 * says how it ended, and so does the run history.
 */
export async function runFullImport(options: ImportOptions, signal: AbortSignal): Promise<ImportReport> {
  const { clock, space, logger } = options;
  const startedAt = clock.now();
  const tally = new Tally(options.redactor);
  const record = (outcome: RunOutcome, detail: string | null): RunRecord => {
    const { adds, updates, deletes, unchanged, failed } = tally;
    return {
      kind: 'fullImport',
      startedAt,
      endedAt: clock.now(),
      outcome,
      adds,
      updates,
      renames: 0,
      deletes,
      unchanged,
      failed,
      detail,
      profile: 'full',
      why: 'asked for',
      held: [],
      differing: 0,
      differences: [],
    };
  };
  try {
    await space.writer.call('openStaging', null);
    const before = space.count();
    const watermark = await withDeadline(clock, options.timeoutMs, 'The import', signal, (within) =>
      stageAll(options, tally, within),
    );
    // Nobody is taken for deleted while a row could not be told apart: that person may stand in it.
    if (!tally.unidentified) await sweepAll(space, tally, signal);
    if (!options.acceptDeletes) checkDeletes(options.shape.file.importGuard, before, tally.objects, tally.deletes);
    signal.throwIfAborted();
    const run = record(tally.failed === 0 ? 'finished' : 'finishedWithErrors', null);
    const { decided } = await space.writer.call('flip', { watermark, run, errors: tally.errors });
    await untilDone(() => space.writer.call('collect', null));
    return { ...run, errors: tally.errors, problem: undefined, decided };
  } catch (error) {
    const fault = withoutSecrets(toProblem(signal.aborted ? signal.reason : error), options.redactor);
    const outcome: RunOutcome = signal.aborted
      ? 'cancelled'
      : isProblem(fault, 'HOST_IMPORT_HELD_BACK')
        ? 'heldBack'
        : 'failed';
    const run = record(outcome, `${fault.code}: ${fault.message}`);
    logger[outcome === 'cancelled' ? 'info' : 'error'](
      { error: fault, outcome },
      'an import was not taken over; the previous content goes on answering',
    );
    await putBack(options, run, tally.errors);
    return { ...run, errors: tally.errors, problem: fault, decided: [] };
  }
}

/** The space may be what failed: what cannot be put back now is put back when the space is opened again. */
async function putBack({ space, logger }: ImportOptions, run: RunRecord, errors: readonly RunError[]): Promise<void> {
  try {
    await untilDone(() => space.writer.call('abandon', null));
    await space.writer.call('record', { run, errors });
  } catch (error) {
    logger.error({ error: toProblem(error) }, 'the import that failed could not be cleared away or noted');
  }
}

async function stageAll(options: ImportOptions, tally: Tally, signal: AbortSignal): Promise<string | null> {
  const { connector, shape, progress } = options;
  checkSelection(await connector.schema(signal), shape);
  const step = { schema: shape.schema, pageSize: shape.file.pageSize };
  const pages = importPages(connector, 'full', step, options, signal);
  try {
    for (;;) {
      const next = await pages.next();
      // A connector may answer long after its time was over; by then the open generation is another import's.
      signal.throwIfAborted();
      if (next.done === true) return next.value ?? null;
      const rows = next.value.entries.flatMap((entry) => importedRow(shape, entry, tally) ?? []);
      for (let at = 0; at === 0 || at < rows.length; at += ROWS_PER_TRANSACTION) {
        await stage(options, rows.slice(at, at + ROWS_PER_TRANSACTION), tally);
        signal.throwIfAborted();
      }
      progress(tally.objects);
    }
  } finally {
    // Ends the connector's run when a fault of ours stops the reading half-way.
    await pages.return(undefined);
  }
}

async function stage({ space, clock }: ImportOptions, rows: readonly SpaceRow[], tally: Tally): Promise<void> {
  const keep = tally.keep.splice(0);
  const staged = await space.writer.call('stage', { rows, keep, now: clock.now() });
  tally.adds += staged.adds;
  tally.updates += staged.updates;
  tally.unchanged += staged.unchanged;
  for (const id of staged.duplicates) {
    tally.fail(id, problem('HOST_IMPORT_DUPLICATE', 'A second object has the same anchor; the first one was taken.'));
  }
}

/** @returns undefined for an object that is reported instead; it keeps the content it has */
function importedRow(shape: Shape, found: CSEntryChange, tally: Tally): SpaceRow | undefined {
  const reading = readEntry(shape, found);
  if (reading === undefined) return undefined;
  if ('row' in reading) return reading.row;
  if (stopsRun(found)) throw reading.fault;
  tally.fail(objectPlace(found), reading.fault);
  const id = identityOfUnread(shape, found);
  if (id === undefined) tally.unidentified = true;
  else tally.keep.push(id);
  return undefined;
}

async function sweepAll(space: Space, tally: Tally, signal: AbortSignal): Promise<void> {
  for (let after = -1; ; ) {
    signal.throwIfAborted();
    const { deletes, next, done } = await space.writer.call('sweep', { after });
    tally.deletes += deletes;
    after = next;
    if (done) return;
  }
}

/** A selected attribute that the target does not have would read as empty everywhere. @throws HOST_SELECTION_OUTDATED */
function checkSelection(schema: Schema, shape: Shape): void {
  const place = shape.file.name;
  for (const { name: objectType, attributes } of shape.schema.types) {
    const type = byName(schema.types, objectType);
    if (type === undefined) {
      throw problem('HOST_SELECTION_OUTDATED', `The target has no object type "${objectType}".`, { place });
    }
    const known = new Set(type.attributes.map(({ name }) => nameKey(name)));
    const missing = attributes.filter(({ name }) => !known.has(nameKey(name))).map(({ name }) => name);
    if (missing.length > 0) {
      throw problem(
        'HOST_SELECTION_OUTDATED',
        `The target has no attribute ${missing.map((name) => `"${name}"`).join(', ')}.`,
        { place },
      );
    }
  }
}
