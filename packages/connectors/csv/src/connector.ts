import {
  byName,
  type Connector,
  type ConnectorContext,
  type ConnectorTraits,
  type CSEntryChange,
  type ExportRun,
  type ExportStep,
  type ImportRun,
  type ImportStep,
  type LookupQuery,
  type Schema,
  type TestReport,
} from '@joinery/connector';
import { problem } from '@joinery/problems';
import { withSchemaFile } from './declared.ts';
import { CsvExport, queue } from './export.ts';
import { openImport } from './import.ts';
import { lookUp } from './lookup.ts';
import { readTypes, testFiles } from './reach.ts';
import type { ConnectorSettings, CsvSettings } from './settings.ts';

/** Delimited text files as a target, one for each object type. */
export class CsvConnector implements Connector {
  readonly traits: ConnectorTraits;
  readonly #settings: ConnectorSettings;
  readonly #context: ConnectorContext;
  readonly #queue = queue();

  constructor(settings: ConnectorSettings, context: ConnectorContext) {
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

  async test(signal: AbortSignal): Promise<TestReport> {
    return await testFiles(await this.#objectTypes(signal), signal);
  }

  async schema(signal: AbortSignal): Promise<Schema> {
    return { types: await readTypes(await this.#objectTypes(signal), signal) };
  }

  async fullImport(step: ImportStep, signal: AbortSignal): Promise<ImportRun> {
    return await openImport(await this.#selected(step.schema, signal), this.#context, 'full', step, signal);
  }

  async deltaImport(step: ImportStep, signal: AbortSignal): Promise<ImportRun> {
    return await openImport(await this.#selected(step.schema, signal), this.#context, 'delta', step, signal);
  }

  async export(step: ExportStep, signal: AbortSignal): Promise<ExportRun> {
    return new CsvExport(await this.#selected(step.schema, signal), this.#context, step, this.#queue);
  }

  async lookup(query: LookupQuery, signal: AbortSignal): Promise<readonly CSEntryChange[]> {
    const types = await this.#selected(query.schema, signal);
    const settings = types.find(({ objectType: name }) => byName([{ name }], query.objectType) !== undefined);
    if (settings === undefined) throw notSelected([query.objectType]);
    return await lookUp(settings, this.#context, query, signal);
  }

  /** Nothing is kept open between calls and runs. */
  async [Symbol.asyncDispose](): Promise<void> {}

  async #objectTypes(signal: AbortSignal): Promise<readonly CsvSettings[]> {
    signal.throwIfAborted();
    return await withSchemaFile(this.#settings.objectTypes, signal);
  }

  /** The object types that a run is about. */
  async #selected(schema: Schema, signal: AbortSignal): Promise<readonly CsvSettings[]> {
    const types = await this.#objectTypes(signal);
    const selected = types.filter(({ objectType }) => byName(schema.types, objectType) !== undefined);
    if (selected.length === 0) throw notSelected(types.map(({ objectType }) => objectType));
    return selected;
  }
}

function notSelected(names: readonly string[]): Error {
  const list = names.map((name) => `"${name}"`).join(', ');
  return problem('CONNECTOR_SELECTION_INVALID', `The object type ${list} is not selected.`);
}
