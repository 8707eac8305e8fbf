import type {
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
  TestReport,
} from '@joinery/connector';
import { CsvExport, queue } from './export.ts';
import { assertUnchanged, openFile } from './file.ts';
import { readHeader, schemaOf } from './header.ts';
import { dataRows, openImport } from './import.ts';
import { lookUp } from './lookup.ts';
import { rowObject } from './row-object.ts';
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
    await using file = await openFile(this.#settings.path);
    const header = await readHeader(file, this.#settings, check);
    const table = bindTable(this.#settings, header, schemaOf(header, this.#settings));
    let rows = 0;
    let badRows = 0;
    for await (const batch of dataRows(file, table, check)) {
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
      facts: { file: this.#settings.path, rows, badRows, columns: header.columns.length },
    };
  }

  async schema(signal: AbortSignal): Promise<Schema> {
    signal.throwIfAborted();
    await using file = await openFile(this.#settings.path);
    return schemaOf(await readHeader(file, this.#settings, () => signal.throwIfAborted()), this.#settings);
  }

  fullImport(step: ImportStep, signal: AbortSignal): Promise<ImportRun> {
    return openImport(this.#settings, this.#context, 'full', step, signal);
  }

  deltaImport(step: ImportStep, signal: AbortSignal): Promise<ImportRun> {
    return openImport(this.#settings, this.#context, 'delta', step, signal);
  }

  async export(step: ExportStep, signal: AbortSignal): Promise<ExportRun> {
    signal.throwIfAborted();
    return new CsvExport(this.#settings, this.#context, step, this.#queue);
  }

  lookup(query: LookupQuery, signal: AbortSignal): Promise<readonly CSEntryChange[]> {
    return lookUp(this.#settings, this.#context, query, signal);
  }

  /** Nothing is kept open between calls and runs. */
  async [Symbol.asyncDispose](): Promise<void> {}
}
