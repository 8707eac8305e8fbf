import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Connector, type ConnectorKind, type CSEntryChange, formatValue } from '@joinery/connector';
import type { NewConnector } from '@joinery/host';

/**
 * A target that outlives the process which writes to it: one file for each object in the connector's folder. It sets passwords
 * by a second call and keeps only how long they were. With `lookup: false` only an import can tell what became of a write.
 */
export const fileTarget: ConnectorKind = {
  kind: 'files',
  description: 'A target of files.',
  parameters: [{ name: 'lookup', type: 'CheckBox', page: 'Connectivity', description: 'Whether it can be asked.' }],
  create: (configuration, { folder }) => {
    const schema = {
      types: [
        {
          name: 'user',
          lockAnchorDefinition: false,
          possibleDnComponents: [],
          attributes: ['id', 'title'].map((name) => ({
            name,
            type: 'String' as const,
            isAnchor: name === 'id',
            isMultiValued: false,
            allowedOperation: 'ImportExport' as const,
          })),
        },
      ],
    };
    const connector: Connector = {
      traits: {
        distinguishedNameStyle: 'None',
        exportType: 'AttributeReplace',
        exportDuringImport: true,
        batchSize: 100,
        rename: false,
        exportPasswordInFirstPass: false,
      },
      test: async () => ({ summary: 'files', facts: {} }),
      schema: async () => schema,
      fullImport: async () => ({
        getEntries: async () => ({ entries: await readObjects(folder), moreToImport: false }),
        close: async () => ({}),
      }),
      export: async () => ({
        putEntries: async (entries) => {
          await mkdir(join(folder, 'objects'), { recursive: true });
          for (const entry of entries)
            await writeFile(join(folder, 'objects', idOf(entry)), JSON.stringify(entry.attributeChanges));
          return entries.map(({ identifier }) => ({ identifier, errorCode: 'Success' }));
        },
        close: async () => {},
      }),
      lookup: async (query) =>
        (await readObjects(folder)).filter(
          (entry) => 'anchor' in query && idOf(entry) === formatValue(query.anchor[0]?.value ?? ''),
        ),
      password: {
        set: async (entry, password) => writeFile(join(folder, `password-${idOf(entry)}`), String(password.length)),
      },
      [Symbol.asyncDispose]: async () => {},
    };
    if (configuration.flag('lookup')) return connector;
    const { lookup: _, ...mute } = connector;
    return mute;
  },
};

/** The connector file that goes with it. */
export function fileConnector(lookup: boolean): NewConnector {
  return {
    name: 'files',
    connector: 'files',
    autosyncMinutes: 0,
    parameters: { lookup },
    types: [
      {
        objectType: 'user',
        anchor: 'id',
        attributes: [{ name: 'id' }, { name: 'title' }, { name: 'export_password' }],
      },
    ],
  };
}

async function readObjects(folder: string): Promise<CSEntryChange[]> {
  await mkdir(join(folder, 'objects'), { recursive: true });
  const names = await readdir(join(folder, 'objects'));
  return Promise.all(
    names.map(async (id): Promise<CSEntryChange> => {
      const changes: CSEntryChange['attributeChanges'] = JSON.parse(
        await readFile(join(folder, 'objects', id), 'utf8'),
      );
      return {
        identifier: id,
        objectType: 'user',
        objectModificationType: 'Add',
        anchorAttributes: [{ name: 'id', value: id }],
        attributeChanges: changes.filter(({ name }) => name !== 'id'),
      };
    }),
  );
}

function idOf({ anchorAttributes }: CSEntryChange): string {
  return formatValue(anchorAttributes[0]?.value ?? '');
}
