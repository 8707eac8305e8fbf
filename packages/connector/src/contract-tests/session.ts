import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, systemClock } from '@joinery/runtime';
import {
  type AnchorAttribute,
  type Connector,
  type CSEntryChange,
  type CSEntryChangeResult,
  type ExportRun,
  type ImportStep,
  importPages,
  type Schema,
} from '../index.ts';
import type { ContractFixture, ContractObject, ContractTarget } from './fixture.ts';

/** A target with a connector to it, and the calls a host makes. */
export class Session implements AsyncDisposable {
  readonly folder: string;
  readonly target: ContractTarget;
  readonly connector: Connector;
  readonly schema: Schema;
  readonly signal = AbortSignal.timeout(60_000);

  static async start(fixture: ContractFixture, objects: readonly ContractObject[] = []): Promise<Session> {
    const folder = await mkdtemp(join(tmpdir(), 'joinery-contract-'));
    const target = await fixture.create(folder);
    await target.put(objects);
    return await Session.of(folder, target);
  }

  /** The target of an earlier session, as a process finds it after a restart. */
  static async reopen(fixture: ContractFixture, folder: string): Promise<Session> {
    return await Session.of(folder, await fixture.open(folder));
  }

  private static async of(folder: string, target: ContractTarget): Promise<Session> {
    const connector = await target.connect();
    return new Session(folder, target, connector, await target.schema(connector, AbortSignal.timeout(60_000)));
  }

  private constructor(folder: string, target: ContractTarget, connector: Connector, schema: Schema) {
    this.folder = folder;
    this.target = target;
    this.connector = connector;
    this.schema = schema;
  }

  step(options: Partial<ImportStep> = {}): ImportStep {
    return { schema: this.schema, pageSize: 100, ...options };
  }

  /** A whole import. */
  async import(
    mode: 'full' | 'delta',
    options: Partial<ImportStep> = {},
  ): Promise<{ readonly pages: readonly (readonly CSEntryChange[])[]; readonly watermark: string | undefined }> {
    const context = { clock: systemClock, logger: silentLogger };
    const run = importPages(this.connector, mode, this.step(options), context, this.signal);
    const pages: (readonly CSEntryChange[])[] = [];
    for (;;) {
      const { done, value } = await run.next();
      if (done === true) return { pages, watermark: value };
      pages.push(value.entries);
    }
  }

  async openExport(connector: Connector = this.connector): Promise<ExportRun> {
    if (connector.export === undefined) throw new Error('The connector has no export.');
    return await connector.export({ schema: this.schema }, this.signal);
  }

  /** A whole export of one batch; every entry has its result, success where the connector said nothing. */
  async export(entries: readonly CSEntryChange[]): Promise<readonly CSEntryChangeResult[]> {
    const run = await this.openExport();
    const results = await run.putEntries(entries, this.signal);
    await run.close('Normal', this.signal);
    return entries.map(
      ({ identifier }) =>
        results.find((result) => result.identifier === identifier) ?? { identifier, errorCode: 'Success' },
    );
  }

  async lookup(attribute: string, value: ContractObject['anchor']): Promise<readonly CSEntryChange[]> {
    const [type] = this.schema.types;
    if (this.connector.lookup === undefined || type === undefined) throw new Error('The connector has no look-up.');
    return await this.connector.lookup({ schema: this.schema, objectType: type.name, attribute, value }, this.signal);
  }

  async lookupAnchor(anchor: readonly AnchorAttribute[]): Promise<readonly CSEntryChange[]> {
    const [type] = this.schema.types;
    if (this.connector.lookup === undefined || type === undefined) throw new Error('The connector has no look-up.');
    return await this.connector.lookup({ schema: this.schema, objectType: type.name, anchor }, this.signal);
  }

  /** Lets go of the target and leaves it where it is. */
  async leave(): Promise<void> {
    await this.connector[Symbol.asyncDispose]();
    await this.target[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
    await rm(this.folder, { recursive: true, force: true });
  }
}
