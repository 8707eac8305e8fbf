import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector, ConnectorKind, CSEntryChange, SchemaType } from '@joinery/connector';
import type { NewConnector } from '@joinery/host';
import { siblingModule } from '@joinery/runtime';

const attributes = [{ name: 'id' }, { name: 'title' }];
const type: SchemaType = {
  name: 'user',
  lockAnchorDefinition: false,
  possibleDnComponents: [],
  attributes: attributes.map(({ name }) => ({
    name,
    type: 'String',
    isAnchor: name === 'id',
    isMultiValued: false,
    allowedOperation: 'ImportExport',
  })),
};

/** Writes ids into a file of its folder, and does on the way what the title of an object says. */
export const rogueConnector: ConnectorKind = {
  kind: 'rogue',
  description: 'Goes wrong while it writes.',
  parameters: [],
  module: siblingModule(import.meta.url, './rogue-connector'),
  create: (_, { folder }) => rogue(folder),
};

/** A connector file for it, apart as told. */
export function rogueFile(isolation: NewConnector['isolation']): NewConnector {
  return {
    name: 'Rogue',
    connector: 'rogue',
    types: [{ objectType: 'user', anchor: 'id', attributes }],
    ...(isolation === undefined ? {} : { isolation }),
  };
}

function rogue(folder: string): Connector {
  const file = join(folder, 'ids.txt');
  const ids = (): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);
  return {
    traits: {
      distinguishedNameStyle: 'None',
      exportType: 'AttributeReplace',
      exportDuringImport: true,
      batchSize: 1,
      rename: false,
      exportPasswordInFirstPass: false,
    },
    test: async () => ({ summary: 'rogue', facts: {} }),
    schema: async () => ({ types: [type] }),
    fullImport: async () => ({
      getEntries: async () => {
        if (existsSync(join(folder, 'crash'))) process.exit(7);
        return { entries: ids().map(entryOf), moreToImport: false };
      },
      close: async () => ({}),
    }),
    export: async () => ({
      putEntries: async (entries) => {
        for (const { anchorAttributes, attributeChanges } of entries) {
          const title = attributeChanges.find(({ name }) => name === 'title')?.valueChanges[0]?.value;
          await misbehave(String(title), folder);
          writeFileSync(file, [...ids(), String(anchorAttributes[0]?.value)].join('\n'));
        }
        return [];
      },
      close: async () => {},
    }),
    lookup: async (query) =>
      ids()
        .filter((id) => 'anchor' in query && query.anchor[0]?.value === id)
        .map(entryOf),
    async [Symbol.asyncDispose]() {},
  };
}

async function misbehave(what: string, folder: string): Promise<void> {
  switch (what) {
    case 'burn':
      writeFileSync(join(folder, 'burning'), '');
      while (!existsSync(join(folder, 'enough')));
      return;
    case 'exit':
      process.exit(1);
      break;
    case 'leak': {
      const kept: object[] = [];
      for (;;) kept.push({ kept: [] });
    }
    case 'hang':
      await new Promise(() => {});
  }
}

function entryOf(id: string): CSEntryChange {
  return {
    identifier: `import ${id}`,
    objectType: 'user',
    objectModificationType: 'Add',
    anchorAttributes: [{ name: 'id', value: id }],
    attributeChanges: [],
  };
}
