import {
  type AttributeValue,
  type CSEntryChange,
  type ImportRun,
  type ImportStep,
  importPages,
  type Partition,
  type Schema,
  selectSchema,
} from '@joinery/connector';
import { type Logger, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { onTestFinished } from 'vitest';
import type { Account, Directory } from '../../../../../testing/directories/directory.ts';
import type { LdapSettings } from '../../src/configuration/settings.ts';
import { LdapConnector } from '../../src/connector.ts';
import { configured, reaching } from '../schema/offering.ts';

/** What an administrator selects. */
export interface Selected {
  readonly types: readonly string[];
  readonly attributes?: readonly string[];
  readonly anchors?: readonly string[];
}

/** People and accounts by the attributes that most tests look at. */
export const people: Selected = { types: ['inetOrgPerson'], attributes: ['cn', 'sn', 'uid', 'objectClass'] };

/** A connector as a host uses it, let go of at the end of the test. */
export class DirectoryUnderTest {
  readonly connector: LdapConnector;
  readonly #signal = AbortSignal.timeout(60_000);
  readonly #logger: Logger;
  #offered: Schema | undefined;

  constructor(settings: LdapSettings, logger: Logger = silentLogger) {
    this.#logger = logger;
    this.connector = new LdapConnector(settings, { clock: systemClock, random: systemRandom, logger, folder: '/' });
    onTestFinished(() => this.connector[Symbol.asyncDispose]());
  }

  /** The effective schema of a run. */
  async select(selected: Selected): Promise<Schema> {
    this.#offered ??= await this.connector.schema(this.#signal);
    return selectSchema(this.#offered, selected);
  }

  /** Every page of a full import, with the watermark that it ends with. */
  async pages(
    selected: Selected,
    { pageSize = 500, partition }: { readonly pageSize?: number; readonly partition?: Partition } = {},
  ): Promise<{ readonly pages: readonly (readonly CSEntryChange[])[]; readonly watermark: string | undefined }> {
    const step = { schema: await this.select(selected), pageSize, ...(partition === undefined ? {} : { partition }) };
    const pages: (readonly CSEntryChange[])[] = [];
    const context = { clock: systemClock, logger: this.#logger };
    const reading = importPages(this.connector, 'full', step, context, this.#signal);
    for (;;) {
      const next = await reading.next();
      if (next.done === true) return { pages, watermark: next.value };
      pages.push(next.value.entries);
    }
  }

  /** Every entry of a full import. */
  async entries(selected: Selected, pageSize = 500): Promise<readonly CSEntryChange[]> {
    const { pages } = await this.pages(selected, { pageSize });
    return pages.flat();
  }

  /** An import that the test drives itself. */
  async open(selected: Selected, pageSize = 500): Promise<ImportRun> {
    const step: ImportStep = { schema: await this.select(selected), pageSize };
    return await this.connector.fullImport(step, this.#signal);
  }

  /** Looks an object of the first selected type up by one attribute. */
  async find(selected: Selected, attribute: string, value: AttributeValue): Promise<readonly CSEntryChange[]> {
    const query = { schema: await this.select(selected), objectType: selected.types[0] ?? '', attribute, value };
    return await this.connector.lookup(query, this.#signal);
  }

  /** Looks an object of the first selected type up by its anchor. */
  async findAnchor(selected: Selected, name: string, value: AttributeValue): Promise<readonly CSEntryChange[]> {
    const query = {
      schema: await this.select(selected),
      objectType: selected.types[0] ?? '',
      anchor: [{ name, value }],
    };
    return await this.connector.lookup(query, this.#signal);
  }

  get signal(): AbortSignal {
    return this.#signal;
  }
}

/** A real server over LDAPS, reading below `base` only. */
export function reading(
  server: Directory,
  base: string,
  changes: Partial<LdapSettings> & { readonly as?: Account; readonly logger?: Logger } = {},
): DirectoryUnderTest {
  const { as: account = server.admin, logger, ...settings } = changes;
  const parameters = { ...reaching(server), 'User Name': account.dn };
  return new DirectoryUnderTest(
    { ...configured(parameters, account.password), partitions: [{ dn: base, containers: [] }], ...settings },
    logger,
  );
}

/** Something on loopback in clear: a fake server, or a proxy before a real one with the account to bind as. */
export function readingInClear(
  server: { readonly host: string; readonly port: number },
  {
    as: account,
    logger,
    ...settings
  }: Partial<LdapSettings> & { readonly as?: Account; readonly logger?: Logger } = {},
): DirectoryUnderTest {
  const parameters = { Host: server.host, Port: String(server.port), Binding: 'Basic' };
  const base =
    account === undefined
      ? configured(parameters)
      : configured({ ...parameters, 'User Name': account.dn }, account.password);
  return new DirectoryUnderTest({ ...base, ...settings }, logger);
}

/** The values of an attribute of an entry, in order. */
export function valuesOf(entry: CSEntryChange | undefined, name: string): readonly AttributeValue[] {
  const anchors = entry?.anchorAttributes.filter((anchor) => anchor.name === name).map(({ value }) => value) ?? [];
  const change = entry?.attributeChanges.find((each) => each.name === name);
  return [...anchors, ...(change?.valueChanges.map(({ value }) => value) ?? [])];
}
