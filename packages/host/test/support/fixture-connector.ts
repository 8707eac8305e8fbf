import {
  type AttributeValue,
  type Connector,
  type ConnectorKind,
  type ConnectorTraits,
  type CSEntryChange,
  type CSEntryChangeResult,
  type ExportErrorCode,
  formatValue,
  type ImportRun,
  type ImportStep,
  type LookupQuery,
  type Schema,
  type SchemaAttribute,
} from '@joinery/connector';
import type { NewConnector, NewObjectType } from '@joinery/host';
import { problem } from '@joinery/problems';

type Values = Map<string, readonly AttributeValue[]>;

export interface FixtureOptions {
  readonly traits?: Partial<ConnectorTraits>;
  readonly attributes?: readonly Partial<SchemaAttribute>[];
  readonly without?: readonly ('fullImport' | 'lookup' | 'export')[];
  readonly password?: boolean;
  /** It can import what changed: the entries of {@link FixtureTarget.changes}. */
  readonly delta?: boolean;
}

/**
 * A target in memory that implements the contract, records what it is asked, and fails or hangs on command.
 * It stands for targets that this package cannot start; files are tested with the CSV connector.
 */
export class FixtureTarget {
  readonly objects = new Map<string, { values: Values; dn?: string }>();
  /** Every `putEntries`, one list a call. */
  readonly batches: (readonly CSEntryChange[])[] = [];
  readonly passwords = new Map<string, string>();
  readonly closed: string[] = [];
  lookups = 0;
  imports = 0;
  /** Objects of a page, whatever an import asks for. */
  pageSize: number | undefined;
  /** What delta imports tell, oldest first; a watermark is how many of them were there. */
  readonly changes: CSEntryChange[] = [];
  /** The watermark that every delta import was opened with. */
  readonly deltas: (string | undefined)[] = [];
  /** Export runs that were opened. */
  exportRuns = 0;
  /** Called at the beginning of a step; throw or wait here. */
  onOpenImport: () => void | Promise<void> = () => {};
  onImportPage: (page: number) => void | Promise<void> = () => {};
  onPut: (entries: readonly CSEntryChange[], signal: AbortSignal) => void | Promise<void> = () => {};
  afterPut: (entries: readonly CSEntryChange[], signal: AbortSignal) => void | Promise<void> = () => {};
  onCloseExport: () => void | Promise<void> = () => {};
  onLookup: () => void | Promise<void> = () => {};
  onPassword: () => void | Promise<void> = () => {};
  /** The result of one entry; undefined returns none. */
  resultOf: (entry: CSEntryChange) => CSEntryChangeResult | ExportErrorCode | undefined = () => undefined;
  /** Further entries that an import brings as they are. */
  extraEntries: readonly CSEntryChange[] = [];
  readonly #options: FixtureOptions;

  constructor(options: FixtureOptions = {}) {
    this.#options = options;
  }

  get kind(): ConnectorKind {
    return {
      kind: 'fixture',
      description: 'A target in memory.',
      parameters: [{ name: 'Secret', type: 'EncryptedString', page: 'Connectivity', description: 'A secret.' }],
      create: () => this.#connector(),
    };
  }

  /** Puts an object into the target behind the host's back. */
  put(id: string, more: Readonly<Record<string, AttributeValue | readonly AttributeValue[]>> = {}): void {
    const values: Values = new Map([['id', [id]]]);
    for (const [name, value] of Object.entries(more)) values.set(name, isList(value) ? value : [value]);
    this.objects.set(id, { values });
  }

  value(id: string, name: string): readonly AttributeValue[] | undefined {
    return this.objects.get(id)?.values.get(name);
  }

  #connector(): Connector {
    const { traits, without = [], password = false, delta = false } = this.#options;
    const full: Connector = {
      traits: {
        distinguishedNameStyle: 'None',
        exportType: 'AttributeReplace',
        exportDuringImport: true,
        batchSize: 100,
        rename: false,
        exportPasswordInFirstPass: false,
        ...traits,
      },
      test: async () => ({ summary: `${this.objects.size} objects`, facts: {} }),
      schema: async () => this.#schema(),
      fullImport: async (step) => {
        this.imports += 1;
        await this.onOpenImport();
        const selected = new Set(step.schema.types.flatMap(({ attributes }) => attributes.map(({ name }) => name)));
        const entries = [...this.objects.keys()].map((id) => {
          const entry = this.#entry(id);
          return { ...entry, attributeChanges: entry.attributeChanges.filter(({ name }) => selected.has(name)) };
        });
        return this.#import([...entries, ...this.extraEntries], step);
      },
      ...(delta ? { deltaImport: (step) => this.#deltaImport(step) } : {}),
      export: async () => {
        this.exportRuns += 1;
        return {
          putEntries: async (entries, signal) => {
            this.batches.push(entries);
            await this.onPut(entries, signal);
            const results = entries.flatMap((entry) => this.#write(entry));
            await this.afterPut(entries, signal);
            return results;
          },
          close: async (reason) => {
            await this.onCloseExport();
            this.closed.push(`export ${reason}`);
          },
        };
      },
      lookup: async (query) => {
        this.lookups += 1;
        await this.onLookup();
        return [...this.objects.keys()].filter((id) => this.#matches(id, query)).map((id) => this.#entry(id));
      },
      ...(password
        ? {
            password: {
              set: async (entry, text) => {
                await this.onPassword();
                this.passwords.set(formatValue(entry.anchorAttributes[0]?.value ?? ''), text);
              },
            },
          }
        : {}),
      [Symbol.asyncDispose]: async () => {
        this.closed.push('connector');
      },
    };
    const { fullImport, lookup, export: write, ...rest } = full;
    return {
      ...rest,
      ...(without.includes('fullImport') || fullImport === undefined ? {} : { fullImport }),
      ...(without.includes('lookup') || lookup === undefined ? {} : { lookup }),
      ...(without.includes('export') || write === undefined ? {} : { export: write }),
    };
  }

  async #deltaImport(step: ImportStep): Promise<ImportRun> {
    this.deltas.push(step.watermark);
    await this.onOpenImport();
    const from = Number(step.watermark ?? Number.NaN);
    if (!(from <= this.changes.length)) throw problem('CONNECTOR_WATERMARK_INVALID', 'Nobody gave this out.');
    return this.#import(this.changes.slice(from), step);
  }

  #import(all: readonly CSEntryChange[], step: ImportStep): ImportRun {
    const pageSize = this.pageSize ?? step.pageSize;
    const watermark = String(this.changes.length);
    let page = 0;
    return {
      getEntries: async () => {
        page += 1;
        await this.onImportPage(page);
        return {
          entries: all.slice((page - 1) * pageSize, page * pageSize),
          moreToImport: page * pageSize < all.length,
        };
      },
      close: async (reason) => {
        this.closed.push(`import ${reason}`);
        return this.#options.delta === true ? { watermark } : {};
      },
    };
  }

  #schema(): Schema {
    const attributes = (this.#options.attributes ?? FIXTURE_ATTRIBUTES).map((each) => ({
      name: each.name ?? '',
      type: each.type ?? 'String',
      isAnchor: each.name === 'id',
      isMultiValued: each.isMultiValued ?? false,
      allowedOperation: each.allowedOperation ?? 'ImportExport',
    }));
    return { types: [{ name: 'user', lockAnchorDefinition: false, possibleDnComponents: [], attributes }] };
  }

  #entry(id: string): CSEntryChange {
    const object = this.objects.get(id);
    const values = [...(object?.values ?? [])].filter(([name]) => name !== 'id');
    return {
      identifier: `import-${id}`,
      objectType: 'user',
      objectModificationType: 'Add',
      ...(object?.dn === undefined ? {} : { dn: object.dn }),
      anchorAttributes: [{ name: 'id', value: id }],
      attributeChanges: values.map(([name, list]) => ({
        name,
        modificationType: 'Add',
        valueChanges: list.map((value) => ({ value, modificationType: 'Add' })),
      })),
    };
  }

  #matches(id: string, query: LookupQuery): boolean {
    if ('anchor' in query) return query.anchor[0]?.value === id;
    return (this.value(id, query.attribute) ?? []).some((value) => value === query.value);
  }

  #write(entry: CSEntryChange): CSEntryChangeResult[] {
    const said = this.resultOf(entry);
    const result = typeof said === 'string' ? { identifier: entry.identifier, errorCode: said } : said;
    if (result !== undefined && result.errorCode !== 'Success') return [result];
    const made = result?.anchorAttributes?.[0]?.value;
    const id = formatValue(made ?? entry.anchorAttributes[0]?.value ?? '');
    if (entry.objectModificationType === 'Delete') this.objects.delete(id);
    else {
      const values: Values =
        entry.objectModificationType === 'Update' ? new Map(this.objects.get(id)?.values) : new Map();
      for (const { name, modificationType, valueChanges } of entry.attributeChanges) {
        const came = valueChanges.filter((each) => each.modificationType === 'Add').map(({ value }) => value);
        if (name === 'export_password') {
          // No target gives a password back.
          this.passwords.set(id, formatValue(came[0] ?? ''));
          continue;
        }
        const went = valueChanges.filter((each) => each.modificationType === 'Delete').map(({ value }) => value);
        const kept =
          modificationType === 'Update' ? (values.get(name) ?? []).filter((value) => !went.includes(value)) : [];
        if (modificationType === 'Delete') values.delete(name);
        else values.set(name, [...kept, ...came]);
      }
      values.set('id', [id]);
      this.objects.set(id, { values, ...(entry.dn === undefined ? {} : { dn: entry.dn }) });
    }
    return result === undefined ? [] : [result];
  }
}

const FIXTURE_ATTRIBUTES: readonly Partial<SchemaAttribute>[] = [
  { name: 'id' },
  { name: 'userName' },
  { name: 'title' },
  { name: 'number', type: 'Integer' },
  { name: 'enabled', type: 'Boolean' },
  { name: 'blob', type: 'Binary' },
  { name: 'objectClass', isMultiValued: true },
  { name: 'secretNote', allowedOperation: 'ExportOnly' },
];

/** What is selected of the fixture. */
export const FIXTURE_SELECTION: NewObjectType['attributes'] = [
  { name: 'id' },
  { name: 'userName' },
  { name: 'title' },
  { name: 'number', type: 'Integer' },
  { name: 'enabled', type: 'Boolean' },
  { name: 'blob', type: 'Binary' },
  { name: 'objectClass', multiValued: true },
  { name: 'secretNote', operation: 'ExportOnly' },
];

/** Members of the fixture's connector file, and of its one object type. */
export type FixtureFile = Partial<Omit<NewConnector, 'types'> & NewObjectType>;

/** The connector file that goes with the fixture. */
export function fixtureConnector({
  name = 'fixture',
  connector = 'fixture',
  objectType = 'user',
  resource = 'User',
  anchor = 'id',
  queryAttribute = typeof anchor === 'string' ? anchor : (anchor[0] ?? ''),
  dn,
  dnAutogenerated = false,
  displayName,
  members,
  attributes = FIXTURE_SELECTION,
  deprovisioning = { statusAttribute: undefined, disableFlow: { kind: 'None' }, deleteFlow: { kind: 'Delete' } },
  ...more
}: FixtureFile = {}): NewConnector {
  const roles = { queryAttribute, dn, dnAutogenerated, displayName, members };
  return { ...more, name, connector, types: [{ objectType, resource, anchor, ...roles, attributes, deprovisioning }] };
}

function isList(value: AttributeValue | readonly AttributeValue[]): value is readonly AttributeValue[] {
  return Array.isArray(value);
}
