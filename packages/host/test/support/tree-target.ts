import {
  type AttributeValue,
  type Connector,
  type ConnectorKind,
  type CSEntryChange,
  formatValue,
  type LookupQuery,
  type Schema,
} from '@joinery/connector';
import type { NewConnector } from '@joinery/host';

interface Node {
  readonly type: string;
  dn: string;
  readonly values: Map<string, readonly AttributeValue[]>;
}

/**
 * A tree of people and groups in memory that names its objects by DN, as a directory does: references are DNs, and objects can
 * be renamed, after which those who refer to them are corrected. It stands for the directories that this package cannot start.
 */
export class TreeTarget {
  readonly nodes: Node[] = [];
  readonly entries: CSEntryChange[] = [];
  /** Called before a write; throw or wait here. */
  onPut: () => void | Promise<void> = () => {};
  /** Called after a write. */
  afterPut: () => void | Promise<void> = () => {};

  get kind(): ConnectorKind {
    return { kind: 'tree', description: 'A tree in memory.', parameters: [], create: () => this.#connector() };
  }

  put(type: 'person' | 'group', uid: string, dn: string, more: Readonly<Record<string, readonly string[]>> = {}): void {
    this.nodes.push({ type, dn, values: new Map([['uid', [uid]], ...Object.entries(more)]) });
  }

  node(uid: string): Node | undefined {
    return this.nodes.find(({ values }) => values.get('uid')?.[0] === uid);
  }

  #connector(): Connector {
    return {
      traits: {
        distinguishedNameStyle: 'Ldap',
        exportType: 'AttributeUpdate',
        exportDuringImport: true,
        batchSize: 10,
        rename: true,
        exportPasswordInFirstPass: false,
      },
      test: async () => ({ summary: `${this.nodes.length} nodes`, facts: {} }),
      schema: async () => SCHEMA,
      fullImport: async () => ({
        getEntries: async () => ({ entries: this.nodes.map(entryOf), moreToImport: false }),
        close: async () => ({}),
      }),
      export: async () => ({
        putEntries: async (entries) => {
          await this.onPut();
          for (const entry of entries) this.#write(entry);
          await this.afterPut();
          return [];
        },
        close: async () => {},
      }),
      lookup: async (query) => this.nodes.filter((node) => matches(node, query)).map(entryOf),
      [Symbol.asyncDispose]: async () => {},
    };
  }

  #write(entry: CSEntryChange): void {
    this.entries.push(entry);
    const uid = formatValue(entry.anchorAttributes[0]?.value ?? '');
    if (entry.objectModificationType === 'Delete') {
      const at = this.nodes.findIndex(({ values }) => values.get('uid')?.[0] === uid);
      if (at >= 0) this.nodes.splice(at, 1);
      return;
    }
    let node = this.node(uid);
    if (node === undefined) {
      node = { type: entry.objectType, dn: entry.dn ?? '', values: new Map([['uid', [uid]]]) };
      this.nodes.push(node);
    }
    for (const { name, modificationType, valueChanges } of entry.attributeChanges) {
      const came = valueChanges.filter((each) => each.modificationType === 'Add').map(({ value }) => value);
      const went = valueChanges.filter((each) => each.modificationType === 'Delete').map(({ value }) => value);
      const kept = modificationType === 'Update' ? (node.values.get(name) ?? []) : [];
      node.values.set(name, [...kept.filter((value) => !went.includes(value)), ...came]);
    }
    if (entry.previousDn !== undefined && entry.dn !== undefined) this.#rename(entry.previousDn, entry.dn);
  }

  #rename(from: string, to: string): void {
    for (const node of this.nodes) {
      if (node.dn === from) node.dn = to;
      for (const name of ['member', 'manager']) {
        const values = node.values.get(name);
        if (values !== undefined)
          node.values.set(
            name,
            values.map((value) => (value === from ? to : value)),
          );
      }
    }
  }
}

const single = (name: string, type: 'String' | 'Reference' = 'String', isMultiValued = false) =>
  ({ name, type, isMultiValued, isAnchor: name === 'uid', allowedOperation: 'ImportExport' }) as const;

const SCHEMA: Schema = {
  types: [
    {
      name: 'person',
      lockAnchorDefinition: false,
      possibleDnComponents: ['cn'],
      attributes: [single('uid'), single('title'), single('manager', 'Reference')],
    },
    {
      name: 'group',
      lockAnchorDefinition: false,
      possibleDnComponents: ['cn'],
      attributes: [single('uid'), single('cn'), single('member', 'Reference', true)],
    },
  ],
};

/** The connector file that goes with the tree. */
export const TREE: NewConnector = {
  name: 'tree',
  connector: 'tree',
  types: [
    {
      objectType: 'person',
      anchor: 'uid',
      attributes: [
        { name: 'uid' },
        { name: '-dn-' },
        { name: '_distinguishedName' },
        { name: 'title' },
        { name: 'manager', type: 'Reference', refersTo: ['User'] },
      ],
    },
    {
      objectType: 'group',
      resource: 'Group',
      anchor: 'uid',
      displayName: 'cn',
      members: 'member',
      attributes: [
        { name: 'uid' },
        { name: '-dn-' },
        { name: 'cn' },
        { name: 'member', type: 'Reference', multiValued: true },
      ],
    },
  ],
};

function entryOf({ type, dn, values }: Node): CSEntryChange {
  const [uid] = values.get('uid') ?? [];
  return {
    identifier: dn,
    objectType: type,
    objectModificationType: 'Add',
    dn,
    anchorAttributes: uid === undefined ? [] : [{ name: 'uid', value: uid }],
    attributeChanges: [...values]
      .filter(([name]) => name !== 'uid')
      .map(([name, list]) => ({
        name,
        modificationType: 'Add',
        valueChanges: list.map((value) => ({ value, modificationType: 'Add' })),
      })),
  };
}

function matches({ type, values }: Node, query: LookupQuery): boolean {
  if (type !== query.objectType) return false;
  if ('anchor' in query) return values.get('uid')?.[0] === query.anchor[0]?.value;
  return values.get(query.attribute)?.includes(query.value) ?? false;
}
