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
 * Opens an import. Every file is read twice: once to see that it can be read to its end and which anchors occur more than once, so that no page
 * of a broken file is ever handed over, and once to hand its rows over. A delta compares the rows with those of the watermark's generation.
 *
 * @param objectTypes those selected, in the order in which their rows are handed over
 * @param mode a full import reports every row as Add; a delta what was added, replaced and deleted since the watermark
 * @throws CONNECTOR_WATERMARK_INVALID, CSV_IMPORT_RUNNING, and what opening and reading the files throws
 */
export async function openImport(
  objectTypes: readonly CsvSettings[],
  context: ConnectorContext,
  mode: 'full' | 'delta',
  step: ImportStep,
  signal: AbortSignal,
): Promise<ImportRun> {
  signal.throwIfAborted();
  if (mode === 'delta' && (step.watermark ?? '') === '') {
    throw problem('CONNECTOR_WATERMARK_INVALID', 'There was no import yet that a delta could start from.');
  }
  const check = (): void => signal.throwIfAborted();
  await using opened = new AsyncDisposableStack();
  const sources: Source[] = [];
  for (const settings of objectTypes) {
    const file = opened.use(await openFile(settings.path));
    const table = bindTable(settings, await readHeader(file, settings, check), step.schema);
    // Two object types may share an anchor; a single one needs no name before it.
    sources.push({
      file,
      table,
      prefix: objectTypes.length === 1 ? '' : `${table.type.name}:`,
      everyRowHasAnchor: true,
    });
  }
  const name = JSON.stringify(sources.flatMap(({ table }) => [table.settings.path, table.type.name]));
  const state = ImportState.open(context.folder, name, mode === 'delta' ? step.watermark : undefined, context.random);
  try {
    for (const source of sources) await survey(source, state, check);
    return new CsvImport({ sources, state, mode, step, context, files: opened.move() });
  } catch (error) {
    state.rollback();
    throw error;
  }
}

/** One file of an import. */
interface Source {
  readonly file: OpenFile;
  readonly table: Table;
  /** Comes before an anchor in the state. */
  readonly prefix: string;
  /** False when there are rows of which not even the anchor is known. */
  everyRowHasAnchor: boolean;
}

/** The first reading of a file. */
async function survey(source: Source, state: ImportState, check: () => void): Promise<void> {
  const { file, table, prefix } = source;
  for await (const rows of dataRows(file, table.settings, check)) {
    for (const row of rows) {
      const object = rowObject(row, table);
      if (object.kind === 'blank') continue;
      if (object.key === undefined) source.everyRowHasAnchor = false;
      else state.record(prefix + object.key, object.kind === 'object' ? rowDigest(row, table) : noDigest);
    }
  }
  await assertUnchanged(file);
}

interface CsvImportParts {
  readonly sources: readonly Source[];
  readonly state: ImportState;
  readonly mode: 'full' | 'delta';
  readonly step: ImportStep;
  readonly context: ConnectorContext;
  readonly files: AsyncDisposableStack;
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
    for (const { file } of this.#parts.sources) await assertUnchanged(file);
    const entries = this.#waiting.slice(0, size);
    this.#waiting = this.#waiting.slice(size);
    this.#state = this.#waiting.length === 0 && exhausted ? 'finished' : 'open';
    return { entries, moreToImport: this.#state === 'open' };
  }

  async close(reason: CloseReason): Promise<{ watermark?: string }> {
    if (this.#state === 'closed') throw problem('CONNECTOR_RUN_CLOSED', 'This import is closed already.');
    const isWhole = this.#state === 'finished' && reason === 'Normal' && this.#sound;
    this.#state = 'closed';
    const { files, state } = this.#parts;
    try {
      await this.#entries.return(undefined);
      if (isWhole) return { watermark: state.commit() };
      state.rollback();
      return {};
    } finally {
      await files.disposeAsync();
    }
  }

  /** The second reading, the entries of one chunk of a file at a time. */
  async *#read(): AsyncGenerator<CSEntryChange[]> {
    const { sources, mode } = this.#parts;
    for (const source of sources) {
      const { file, table } = source;
      for await (const rows of dataRows(file, table.settings, () => this.#signal?.throwIfAborted())) {
        const entries = rows.map((row) => this.#entryOf(row, source)).filter((entry) => entry !== undefined);
        if (entries.some((entry) => entry.errorCodeImport !== undefined)) this.#sound = false;
        yield entries;
      }
    }
    if (mode === 'delta') yield* this.#deletions();
  }

  #entryOf(row: Row, { table, prefix }: Source): CSEntryChange | undefined {
    const { state, mode } = this.#parts;
    const object = rowObject(row, table);
    if (object.kind === 'blank') return undefined;
    if (object.kind === 'fault') return this.#fault(table, object.fault, object.anchors);
    const key = prefix + object.key;
    if (state.copies(key) > 1) {
      // Neither row is taken: which of them is the person cannot be told, and taking the first would lose the second without a word.
      const detail = `The anchor ${anchorText(object.anchors)} occurs more than once (line ${row.line}).`;
      return this.#fault(table, { code: 'ImportErrorInvalidAttributeValue', detail }, object.anchors);
    }
    if (mode === 'full') return this.#entry(table, 'Add', object.anchors, object.changes);
    const before = state.digestBefore(key);
    if (before === undefined) return this.#entry(table, 'Add', object.anchors, object.changes);
    if (Buffer.compare(before, rowDigest(row, table)) === 0) return undefined;
    return this.#entry(table, 'Replace', object.anchors, object.changes);
  }

  async *#deletions(): AsyncGenerator<CSEntryChange[]> {
    const { state } = this.#parts;
    for (let after = ''; ; ) {
      this.#signal?.throwIfAborted();
      const gone = state.gone(after, goneAtOnce);
      const last = gone.at(-1);
      if (last === undefined) return;
      yield gone.map((key) => this.#deletion(key)).filter((entry) => entry !== undefined);
      after = last;
    }
  }

  #deletion(key: string): CSEntryChange | undefined {
    const source = this.#parts.sources.find(({ prefix }) => key.startsWith(prefix));
    // A row whose anchor cannot be read may be any of those that seem gone: no person is reported as deleted on a guess.
    if (source === undefined || !source.everyRowHasAnchor) return undefined;
    const { table, prefix } = source;
    return this.#entry(table, 'Delete', parseCanonicalAnchor(key.slice(prefix.length), table.type), []);
  }

  #entry(
    table: Table,
    objectModificationType: ObjectModificationType,
    anchorAttributes: readonly AnchorAttribute[],
    attributeChanges: readonly AttributeChange[],
  ): CSEntryChange {
    return {
      identifier: this.#parts.context.random.uuid(),
      objectType: table.type.name,
      objectModificationType,
      anchorAttributes,
      attributeChanges,
    };
  }

  #fault(table: Table, fault: RowFault, anchors: readonly AnchorAttribute[] | undefined): CSEntryChange {
    return faultEntry(this.#parts.context.random.uuid(), table, fault, anchors);
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
