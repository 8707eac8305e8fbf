import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  type CSEntryChange,
  type CSEntryChangeResult,
  type ExportRun,
  type Schema,
  selectSchema,
} from '@joinery/connector';
import { silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { onTestFinished } from 'vitest';
import type { Directory as TestDirectory } from '../../../../../testing/directories/directory.ts';
import type { Later } from '../../../../../testing/folder.ts';
import type { LdapSettings } from '../../src/configuration/settings.ts';
import type { Connection, Directory, OperationOptions } from '../../src/connection/connection.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import type { LdapContext } from '../../src/context.ts';
import { profileWith } from '../../src/detection/corrected-profile.ts';
import { detect } from '../../src/detection/detect.ts';
import { readRootDse } from '../../src/detection/read-root-dse.ts';
import { openExport } from '../../src/export/export-run.ts';
import type { Request } from '../../src/protocol/request.ts';
import { contractSchema } from '../../src/schema/contract-schema.ts';
import { readSchema } from '../../src/schema/read-schema.ts';
import { parts, settingsOf, simple } from '../connection/settings.ts';

export const never = new AbortController().signal;

/** What an entry holds, in the words of a test: several values as a list, none as null. */
export type Values = Readonly<Record<string, AttributeValue | readonly AttributeValue[] | null>>;

/** A connector to a real server, as the host would have it, without the host. */
export class Target {
  readonly context: LdapContext;
  readonly schema: Schema;
  /** Every request that was sent besides binds and searches. */
  readonly requests: Request[];

  private constructor(context: LdapContext, schema: Schema, requests: Request[]) {
    this.context = context;
    this.schema = schema;
    this.requests = requests;
  }

  static async open(
    server: TestDirectory,
    options: {
      readonly settings?: Partial<LdapSettings>;
      readonly anchors?: readonly string[];
      /** Object types; all by default. */
      readonly types?: readonly string[];
      /** Where the connector goes instead of the server, in clear text: a proxy on loopback. */
      readonly through?: { readonly host: string; readonly port: number };
    } = {},
    later: Later = onTestFinished,
  ): Promise<Target> {
    const settings = settingsFor(server, options.through, options.settings);
    const own = openDirectory(settings.connection, parts());
    later(async () => own[Symbol.asyncDispose]());
    await using connection = await own.connect('schema', never);
    const rootDse = await readRootDse(connection, never);
    const schema = await readSchema(connection, rootDse, never);
    const profile = profileWith(detect(rootDse, schema, connection.server), settings);
    const selection = {
      ...(options.anchors === undefined ? {} : { anchors: options.anchors }),
      ...(options.types === undefined ? {} : { types: options.types }),
    };
    const requests: Request[] = [];
    const lent = { clock: systemClock, random: systemRandom, logger: silentLogger, folder: '/' };
    const context = { ...lent, settings, directory: recorded(own, requests), profile, schema };
    const offered = contractSchema(schema, profile, settings);
    return new Target(context, selectSchema(offered, selection), requests);
  }

  run(): Promise<ExportRun> {
    return openExport(this.context, { schema: this.schema }, never);
  }

  /** Exports a batch in a run of its own. */
  async put(...entries: readonly CSEntryChange[]): Promise<readonly CSEntryChangeResult[]> {
    const run = await this.run();
    try {
      return await run.putEntries(entries, never);
    } finally {
      await run.close('Normal', never);
    }
  }

  /** Exports one entry. */
  async one(entry: CSEntryChange): Promise<CSEntryChangeResult> {
    const [result] = await this.put(entry);
    if (result === undefined) throw new Error('There is no result.');
    return result;
  }
}

/** Connections that write down what is asked. */
function recorded(directory: Directory, requests: Request[]): Directory {
  const record = (connection: Connection): Connection =>
    new Proxy(connection, {
      get: (target, name) => {
        if (name === 'request') {
          return (request: Request, options: OperationOptions, within: AbortSignal) => {
            requests.push(request);
            return target.request(request, options, within);
          };
        }
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  return {
    connect: async (concern, signal) => record(await directory.connect(concern, signal)),
    shared: async (concern, signal) => record(await directory.shared(concern, signal)),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

/** Everything as it is by default, over LDAPS with the administrator's account. */
function settingsFor(
  server: TestDirectory,
  through: { readonly host: string; readonly port: number } | undefined,
  changes: Partial<LdapSettings> = {},
): LdapSettings {
  const bind = simple(server.admin);
  return {
    connection:
      through === undefined
        ? settingsOf(
            { host: server.host, port: server.ldapsPort },
            { transport: 'ldaps', bind, tls: { authorityFile: server.caFile } },
          )
        : settingsOf(through, { bind }),
    partitions: [{ dn: server.suffix, containers: [] }],
    additionalNamespaces: [],
    searchOnlyInSelectedContainers: false,
    importFilter: '',
    attributeAliases: new Map(),
    includeOperationalAttributes: false,
    includeExtensibleAttributes: false,
    manualAnchorSelection: true,
    auxiliaryClasses: new Map(),
    deltaStrategy: 'default',
    changeLogDn: '',
    timeStampOverlapMs: 0,
    passwordAttribute: '',
    passwordHashing: 'none',
    treeDelete: false,
    provisioningHierarchy: new Map(),
    uniqueAttributes: [],
    placeholderMember: '',
    controlsOn: [],
    controlsOff: [],
    pageSize: undefined,
    exportConnections: 2,
    exportWindow: 8,
    ...changes,
  };
}

/** An Add of an entry with these values. */
export function add(objectType: string, dn: string, values: Values): CSEntryChange {
  const attributeChanges = Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : { name, modificationType: 'Add' as const, valueChanges: changes('Add', value) },
  );
  return {
    identifier: randomUUID(),
    objectType,
    objectModificationType: 'Add',
    dn,
    anchorAttributes: [],
    attributeChanges,
  };
}

/** An Update: a value replaces what was there, null clears, `{ add, remove }` are deltas. */
export function update(
  objectType: string,
  names: { readonly dn: string; readonly previousDn?: string; readonly anchor?: Values },
  values: Readonly<
    Record<
      string,
      | AttributeValue
      | readonly AttributeValue[]
      | null
      | { readonly add?: readonly AttributeValue[]; readonly remove?: readonly AttributeValue[] }
    >
  > = {},
): CSEntryChange {
  const { dn, previousDn, anchor } = names;
  const attributeChanges = Object.entries(values).map(([name, value]) => {
    if (value === null) return { name, modificationType: 'Delete' as const, valueChanges: [] };
    if (isDelta(value)) {
      const valueChanges = [...changes('Add', value.add ?? []), ...changes('Delete', value.remove ?? [])];
      return { name, modificationType: 'Update' as const, valueChanges };
    }
    return { name, modificationType: 'Replace' as const, valueChanges: changes('Add', value) };
  });
  return {
    identifier: randomUUID(),
    objectType,
    objectModificationType: 'Update',
    dn,
    ...(previousDn === undefined ? {} : { previousDn }),
    anchorAttributes: anchorsOf(anchor ?? { entryDN: previousDn ?? dn }),
    attributeChanges,
  };
}

export function remove(objectType: string, dn: string, anchor: Values = { entryDN: dn }): CSEntryChange {
  return {
    identifier: randomUUID(),
    objectType,
    objectModificationType: 'Delete',
    dn,
    anchorAttributes: anchorsOf(anchor),
    attributeChanges: [],
  };
}

function anchorsOf(values: Values): CSEntryChange['anchorAttributes'] {
  return Object.entries(values).flatMap(([name, value]) => (value === null || isList(value) ? [] : { name, value }));
}

function changes<T extends 'Add' | 'Delete'>(
  modificationType: T,
  value: AttributeValue | readonly AttributeValue[],
): { readonly value: AttributeValue; readonly modificationType: T }[] {
  return (isList(value) ? value : [value]).map((each) => ({ value: each, modificationType }));
}

function isList(value: AttributeValue | readonly AttributeValue[]): value is readonly AttributeValue[] {
  return Array.isArray(value);
}

function isDelta(
  value: unknown,
): value is { readonly add?: readonly AttributeValue[]; readonly remove?: readonly AttributeValue[] } {
  return typeof value === 'object' && value !== null && ('add' in value || 'remove' in value);
}
