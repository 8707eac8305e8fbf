import type {
  AttributeType,
  Connector,
  ConnectorContext,
  ConnectorTraits,
  CSEntryChange,
  ExportRun,
  ExportStep,
  ImportRun,
  ImportStep,
  LookupQuery,
  Schema,
  SchemaType,
  TestReport,
} from '@joinery/connector';
import { withSchemaFile } from './declared.ts';
import { deduceTypes } from './deduction.ts';
import { CsvExport, queue } from './export.ts';
import { assertUnchanged, type OpenFile, openFile } from './file.ts';
import { type Header, readHeader, typeOf } from './header.ts';
import { openImport } from './import.ts';
import { lookUp } from './lookup.ts';
import { rowObject } from './row-object.ts';
import { dataRows } from './rows.ts';
import type { CsvSettings } from './settings.ts';
import { bindTable } from './table.ts';

/** One delimited text file as a target. */
export class CsvConnector implements Connector {
  readonly traits: ConnectorTraits;
  readonly #settings: CsvSettings;
  readonly #context: ConnectorContext;
  readonly #queue = queue();

  constructor(settings: CsvSettings, context: ConnectorContext) {
    this.#settings = settings;
    this.#context = context;
    this.traits = {
      distinguishedNameStyle: 'None',
      exportType: settings.exportType,
      // An import reads the version of the file that it opened; exports put another one in its place.
      exportDuringImport: true,
      batchSize: 100,
      rename: false,
      exportPasswordInFirstPass: false,
    };
  }

  /** Reads the whole file, as an import would, and counts. */
  async test(signal: AbortSignal): Promise<TestReport> {
    signal.throwIfAborted();
    const check = (): void => signal.throwIfAborted();
    const settings = await withSchemaFile(this.#settings, signal);
    await using file = await openFile(settings.path);
    const { header, type } = await readType(file, settings, check);
    const table = bindTable(settings, header, { types: [type] });
    let rows = 0;
    let badRows = 0;
    for await (const batch of dataRows(file, settings, check)) {
      for (const row of batch) {
        const { kind } = rowObject(row, table);
        if (kind !== 'blank') rows += 1;
        if (kind === 'fault') badRows += 1;
      }
    }
    await assertUnchanged(file);
    const bad = badRows === 0 ? '' : `, ${badRows} of the rows cannot be used`;
    return {
      summary: `${rows} rows, ${header.columns.length} columns${bad}`,
      facts: { file: settings.path, rows, badRows, columns: header.columns.length },
    };
  }

  async schema(signal: AbortSignal): Promise<Schema> {
    signal.throwIfAborted();
    const settings = await withSchemaFile(this.#settings, signal);
    await using file = await openFile(settings.path);
    const { type } = await readType(file, settings, () => signal.throwIfAborted());
    return { types: [type] };
  }

  async fullImport(step: ImportStep, signal: AbortSignal): Promise<ImportRun> {
    return await openImport(await withSchemaFile(this.#settings, signal), this.#context, 'full', step, signal);
  }

  async deltaImport(step: ImportStep, signal: AbortSignal): Promise<ImportRun> {
    return await openImport(await withSchemaFile(this.#settings, signal), this.#context, 'delta', step, signal);
  }

  async export(step: ExportStep, signal: AbortSignal): Promise<ExportRun> {
    signal.throwIfAborted();
    return new CsvExport(await withSchemaFile(this.#settings, signal), this.#context, step, this.#queue);
  }

  async lookup(query: LookupQuery, signal: AbortSignal): Promise<readonly CSEntryChange[]> {
    return await lookUp(await withSchemaFile(this.#settings, signal), this.#context, query, signal);
  }

  /** Nothing is kept open between calls and runs. */
  async [Symbol.asyncDispose](): Promise<void> {}
}

/** The header of a file and the object type that it holds. */
async function readType(
  file: OpenFile,
  settings: CsvSettings,
  check: () => void,
): Promise<{ readonly header: Header; readonly type: SchemaType }> {
  const header = await readHeader(file, settings, check);
  const deduced = settings.deduceTypes
    ? await deduceTypes(file, settings, header, check)
    : new Map<number, AttributeType>();
  await assertUnchanged(file);
  return { header, type: typeOf(header, settings, deduced) };
}
