import {
  type AnchorAttribute,
  type AttributeChange,
  type CloseReason,
  type ConnectorContext,
  type CSEntryChange,
  type ImportPage,
  type ImportRun,
  type ImportStep,
  type ObjectModificationType,
  parseCanonicalAnchor,
} from '@joinery/connector';
import { problem } from '@joinery/problems';
import { assertUnchanged, type OpenFile, openFile } from './file.ts';
import { readHeader } from './header.ts';
import { ImportState } from './import-state.ts';
import { anchorText, type RowFault, rowDigest, rowObject } from './row-object.ts';
import { dataRows, type Row } from './rows.ts';
import type { CsvSettings } from './settings.ts';
import { bindTable, type Table } from './table.ts';

/** Anchors of deleted rows fetched at once. */
const goneAtOnce = 1000;

/** What a row that cannot be used is remembered with; never compared, since a run that met one leaves no generation. */
const noDigest = new Uint8Array(0);

/**
 * Opens an import. The file is read twice: once to see that it can be read to its end and which anchors occur more than once, so that no page
 * of a broken file is ever handed over, and once to hand its rows over. A delta compares the rows with those of the watermark's generation.
 *
 * @param mode a full import reports every row as Add; a delta what was added, replaced and deleted since the watermark
 * @throws CONNECTOR_WATERMARK_INVALID, CSV_IMPORT_RUNNING, and what opening and reading the file throws
 */
export async function openImport(
  settings: CsvSettings,
  context: ConnectorContext,
  mode: 'full' | 'delta',
  step: ImportStep,
  signal: AbortSignal,
): Promise<ImportRun> {
  signal.throwIfAborted();
  if (mode === 'delta' && (step.watermark ?? '') === '') {
    throw problem('CONNECTOR_WATERMARK_INVALID', 'There was no import yet that a delta could start from.');
  }
  const file = await openFile(settings.path);
  let state: ImportState | undefined;
  try {
    const check = (): void => signal.throwIfAborted();
    const table = bindTable(settings, await readHeader(file, settings, check), step.schema);
    const source = JSON.stringify([settings.path, table.type.name]);
    state = ImportState.open(context.folder, source, mode === 'delta' ? step.watermark : undefined, context.random);
    const everyRowHasAnchor = await survey(file, table, state, check);
    return new CsvImport({ file, table, state, mode, step, context, everyRowHasAnchor });
  } catch (error) {
    state?.rollback();
    await file[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * The first reading.
 * @returns false when there are rows of which not even the anchor is known
 */
async function survey(file: OpenFile, table: Table, state: ImportState, check: () => void): Promise<boolean> {
  let everyRowHasAnchor = true;
  for await (const rows of dataRows(file, table.settings, check)) {
    for (const row of rows) {
      const object = rowObject(row, table);
      if (object.kind === 'blank') continue;
      if (object.key === undefined) everyRowHasAnchor = false;
      else state.record(object.key, object.kind === 'object' ? rowDigest(row, table) : noDigest);
    }
  }
  await assertUnchanged(file);
  return everyRowHasAnchor;
}

interface CsvImportParts {
  readonly file: OpenFile;
  readonly table: Table;
  readonly state: ImportState;
  readonly mode: 'full' | 'delta';
  readonly step: ImportStep;
  readonly context: ConnectorContext;
  readonly everyRowHasAnchor: boolean;
}

class CsvImport implements ImportRun {
  readonly #parts: CsvImportParts;
  readonly #entries: AsyncGenerator<CSEntryChange[]>;
  /** Read and not yet handed over. */
  #waiting: CSEntryChange[] = [];
  #state: 'open' | 'finished' | 'failed' | 'closed' = 'open';
  #signal: AbortSignal | undefined;
  #sound = true;

  constructor(parts: CsvImportParts) {
    this.#parts = parts;
    this.#entries = this.#read();
  }

  async getEntries(signal: AbortSignal): Promise<ImportPage> {
    if (this.#state !== 'open') throw problem('CONNECTOR_RUN_CLOSED', 'This import has no further page.');
    this.#signal = signal;
    // A failure leaves the reading in the middle of the file: nothing may follow but the end of the run.
    this.#state = 'failed';
    signal.throwIfAborted();
    const size = Math.max(1, this.#parts.step.pageSize);
    let exhausted = false;
    // One entry more than the page holds, so that the last page knows that it is the last.
    while (this.#waiting.length <= size && !exhausted) {
      const { done, value } = await this.#entries.next();
      if (done === true) exhausted = true;
      else this.#waiting = this.#waiting.concat(value);
    }
    await assertUnchanged(this.#parts.file);
    const entries = this.#waiting.slice(0, size);
    this.#waiting = this.#waiting.slice(size);
    this.#state = this.#waiting.length === 0 && exhausted ? 'finished' : 'open';
    return { entries, moreToImport: this.#state === 'open' };
  }

  async close(reason: CloseReason): Promise<{ watermark?: string }> {
    if (this.#state === 'closed') throw problem('CONNECTOR_RUN_CLOSED', 'This import is closed already.');
    const isWhole = this.#state === 'finished' && reason === 'Normal' && this.#sound;
    this.#state = 'closed';
    const { file, state } = this.#parts;
    try {
      await this.#entries.return(undefined);
      if (isWhole) return { watermark: state.commit() };
      state.rollback();
      return {};
    } finally {
      await file[Symbol.asyncDispose]();
    }
  }

  /** The second reading, the entries of one chunk of the file at a time. */
  async *#read(): AsyncGenerator<CSEntryChange[]> {
    const { file, table, mode, everyRowHasAnchor } = this.#parts;
    for await (const rows of dataRows(file, table.settings, () => this.#signal?.throwIfAborted())) {
      const entries = rows.map((row) => this.#entryOf(row)).filter((entry) => entry !== undefined);
      if (entries.some((entry) => entry.errorCodeImport !== undefined)) this.#sound = false;
      yield entries;
    }
    // A row whose anchor cannot be read may be any of those that seem gone: no person is reported as deleted on a guess.
    if (mode === 'delta' && everyRowHasAnchor) yield* this.#deletions();
  }

  #entryOf(row: Row): CSEntryChange | undefined {
    const { table, state, mode } = this.#parts;
    const object = rowObject(row, table);
    if (object.kind === 'blank') return undefined;
    if (object.kind === 'fault') return this.#fault(object.fault, object.anchors);
    if (state.copies(object.key) > 1) {
      // Neither row is taken: which of them is the person cannot be told, and taking the first would lose the second without a word.
      const detail = `The anchor ${anchorText(object.anchors)} occurs more than once (line ${row.line}).`;
      return this.#fault({ code: 'ImportErrorInvalidAttributeValue', detail }, object.anchors);
    }
    if (mode === 'full') return this.#entry('Add', object.anchors, object.changes);
    const before = state.digestBefore(object.key);
    if (before === undefined) return this.#entry('Add', object.anchors, object.changes);
    if (Buffer.compare(before, rowDigest(row, table)) === 0) return undefined;
    return this.#entry('Replace', object.anchors, object.changes);
  }

  async *#deletions(): AsyncGenerator<CSEntryChange[]> {
    const { state, table } = this.#parts;
    for (let after = ''; ; ) {
      this.#signal?.throwIfAborted();
      const gone = state.gone(after, goneAtOnce);
      const last = gone.at(-1);
      if (last === undefined) return;
      yield gone.map((key) => this.#entry('Delete', parseCanonicalAnchor(key, table.type), []));
      after = last;
    }
  }

  #entry(
    objectModificationType: ObjectModificationType,
    anchorAttributes: readonly AnchorAttribute[],
    attributeChanges: readonly AttributeChange[],
  ): CSEntryChange {
    return {
      identifier: this.#parts.context.random.uuid(),
      objectType: this.#parts.table.type.name,
      objectModificationType,
      anchorAttributes,
      attributeChanges,
    };
  }

  #fault(fault: RowFault, anchors: readonly AnchorAttribute[] | undefined): CSEntryChange {
    return faultEntry(this.#parts.context.random.uuid(), this.#parts.table, fault, anchors);
  }
}

/** An entry that reports a row which cannot be used. */
export function faultEntry(
  identifier: string,
  table: Table,
  fault: RowFault,
  anchors: readonly AnchorAttribute[] = [],
): CSEntryChange {
  return {
    identifier,
    objectType: table.type.name,
    objectModificationType: 'Add',
    anchorAttributes: anchors,
    attributeChanges: [],
    errorCodeImport: fault.code,
    errorDetail: fault.detail,
  };
}
