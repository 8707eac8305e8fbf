import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Connector,
  type CSEntryChange,
  type CSEntryChangeResult,
  importPages,
  type ObjectModificationType,
  type Schema,
  type SchemaSelection,
  selectSchema,
} from '@joinery/connector';
import { silentLogger, systemClock } from '@joinery/runtime';
import { anchor, connect } from './csv-fixture.ts';

const signal = AbortSignal.timeout(60_000);

/** A folder with an input file, and the calls of a host. The column IsActive, where there is one, is a Boolean. */
export class Folder implements AsyncDisposable {
  readonly path: string;
  readonly file: string;
  #connector: Connector;

  static async with(content: string | Uint8Array, parameters: Readonly<Record<string, string>> = {}): Promise<Folder> {
    const path = await mkdtemp(join(tmpdir(), 'joinery-csv-'));
    const hasIsActive = Buffer.from(content).toString('utf8').split('\n')[0]?.includes('IsActive') === true;
    const folder = new Folder(
      path,
      connect(path, { ColumnTypes: hasIsActive ? 'IsActive:Boolean' : '', ...parameters }),
    );
    await writeFile(folder.file, content);
    return folder;
  }

  private constructor(path: string, connector: Connector) {
    this.path = path;
    this.file = join(path, 'InputFile.txt');
    this.#connector = connector;
  }

  get connector(): Connector {
    return this.#connector;
  }
  use(connector: Connector): void {
    this.#connector = connector;
  }
  async text(): Promise<string> {
    return await readFile(this.file, 'utf8');
  }
  async schema(selection: SchemaSelection = {}): Promise<Schema> {
    return selectSchema(await this.#connector.schema(signal), selection);
  }
  async import(
    mode: 'full' | 'delta' = 'full',
    watermark?: string,
  ): Promise<{ readonly entries: readonly CSEntryChange[]; readonly watermark: string | undefined }> {
    const step = { schema: await this.schema(), pageSize: 1000, ...(watermark === undefined ? {} : { watermark }) };
    const pages = importPages(this.#connector, mode, step, { clock: systemClock, logger: silentLogger }, signal);
    const entries: CSEntryChange[] = [];
    for (;;) {
      const { done, value } = await pages.next();
      if (done === true) return { entries, watermark: value };
      entries.push(...value.entries);
    }
  }
  async export(
    entries: readonly CSEntryChange[],
    selection: SchemaSelection = {},
  ): Promise<readonly CSEntryChangeResult[]> {
    const run = await this.#connector.export?.({ schema: await this.schema(selection) }, signal);
    try {
      return (await run?.putEntries(entries, signal)) ?? [];
    } finally {
      await run?.close('Normal', signal);
    }
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** An entry of the sample's object type. */
export function entry(
  objectModificationType: ObjectModificationType,
  id: string,
  values: Readonly<Record<string, string | boolean | bigint>> = {},
): CSEntryChange {
  return {
    identifier: crypto.randomUUID(),
    objectType: 'Person',
    objectModificationType,
    anchorAttributes: [{ name: anchor, value: id }],
    attributeChanges: Object.entries(values).map(([name, value]) => ({
      name,
      modificationType: 'Add',
      valueChanges: [{ value, modificationType: 'Add' }],
    })),
  };
}

/** Error codes of results, `Success` included. */
export function codes(results: readonly CSEntryChangeResult[]): readonly string[] {
  return results.map((result) => result.errorCode);
}
