import type {
  AttributeValue,
  Connector,
  ConnectorKind,
  CSEntryChange,
  CSEntryChangeResult,
  SchemaType,
} from '@joinery/connector';
import { anchorColumn, personColumns, personValues } from '../../examples/host-target/src/index.ts';

const type: SchemaType = {
  name: 'Person',
  lockAnchorDefinition: false,
  possibleDnComponents: [],
  attributes: personColumns.map((name) => ({
    name,
    type: name === 'IsActive' ? 'Boolean' : 'String',
    isAnchor: name === anchorColumn,
    isMultiValued: false,
    allowedOperation: 'ImportExport',
  })),
};

/**
 * A target that costs next to nothing: it brings so many generated people and only stores what is written, so that what is
 * measured is the host.
 */
export function memoryConnector(count: number): ConnectorKind {
  return {
    kind: 'memory',
    description: 'Generated people; what is written is kept in memory.',
    parameters: [],
    create: () => new MemoryConnector(count),
  };
}

class MemoryConnector implements Connector {
  readonly traits = {
    distinguishedNameStyle: 'None',
    exportType: 'AttributeUpdate',
    exportDuringImport: true,
    batchSize: 100,
    rename: false,
    exportPasswordInFirstPass: false,
  } as const;
  readonly #count: number;
  readonly #written = new Map<AttributeValue | undefined, CSEntryChange>();

  constructor(count: number) {
    this.#count = count;
  }

  async test() {
    return { summary: `${this.#count} people`, facts: {} };
  }

  async schema() {
    return { types: [type] };
  }

  async fullImport({ pageSize }: { readonly pageSize: number }) {
    let next = 0;
    return {
      getEntries: async () => {
        const end = Math.min(this.#count, next + pageSize);
        const entries: CSEntryChange[] = [];
        for (; next < end; next++) entries.push(entryOf(next));
        return { entries, moreToImport: next < this.#count };
      },
      close: async () => ({}),
    };
  }

  async export() {
    return {
      putEntries: async (entries: readonly CSEntryChange[]): Promise<readonly CSEntryChangeResult[]> => {
        for (const entry of entries) this.#written.set(entry.anchorAttributes[0]?.value, entry);
        return [];
      },
      close: async () => undefined,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#written.clear();
  }
}

function entryOf(n: number): CSEntryChange {
  const [key = '', ...values] = personValues(n);
  return {
    identifier: key,
    objectType: type.name,
    objectModificationType: 'Add',
    anchorAttributes: [{ name: anchorColumn, value: key }],
    attributeChanges: values.map((value, at) => {
      const name = personColumns[at + 1] ?? '';
      return {
        name,
        modificationType: 'Add',
        valueChanges: [{ value: name === 'IsActive' ? value === 'True' : value, modificationType: 'Add' }],
      };
    }),
  };
}
