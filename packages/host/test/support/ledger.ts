import { appendFileSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type AttributeValue,
  type Connector,
  type ConnectorKind,
  type CSEntryChange,
  type CSEntryChangeResult,
  formatValue,
  type Schema,
} from '@joinery/connector';

/*
 * A target that outlives the process and cannot be asked about one object: every effect is one line of a file, appended in one
 * call, so that a kill leaves whole effects and a test can count them.
 */

/** One thing that happened in the target. */
export interface Effect {
  /** Of the entry that asked for it. */
  readonly identifier: string;
  readonly operation: CSEntryChange['objectModificationType'] | 'Password';
  readonly id: string;
  /** The values after it, of the attributes that have one. */
  readonly values: Readonly<Record<string, string>>;
}

const ATTRIBUTES = ['id', 'userName', 'title', 'status'];
const FILE = 'ledger.jsonl';
/** While this file is there, writes hang. */
const HELD = 'held';
/** Made by the first write that hangs. */
const HANGING = 'hanging';

/** Everything that ever happened in a target. @param folder the connector's own */
export function effects(folder: string): Effect[] {
  const path = join(folder, FILE);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line): Effect => JSON.parse(line));
}

/** What the effects have made: the values of each object by id. */
export function objectsOf(all: readonly Effect[]): Map<string, Readonly<Record<string, string>>> {
  const objects = new Map<string, Readonly<Record<string, string>>>();
  for (const effect of all) happen(objects, effect);
  return objects;
}

function happen(objects: Map<string, Effect['values']>, { operation, id, values }: Effect): void {
  if (operation === 'Delete') objects.delete(id);
  else if (operation !== 'Password') objects.set(id, values);
}

/** Puts objects into a target that no host works on. */
export function fillLedger(folder: string, objects: readonly Readonly<Record<string, string>>[]): void {
  const lines = objects.map((values) => lineOf({ identifier: '', operation: 'Add', id: values.id ?? '', values }));
  appendFileSync(join(folder, FILE), lines.join(''));
}

/** Lets writes hang from now on. */
export function holdWrites(folder: string): { readonly hanging: () => boolean; readonly release: () => void } {
  rmSync(join(folder, HANGING), { force: true });
  writeFileSync(join(folder, HELD), '');
  return { hanging: () => existsSync(join(folder, HANGING)), release: () => rmSync(join(folder, HELD)) };
}

export const ledgerConnector: ConnectorKind = {
  kind: 'ledger',
  description: 'A file of effects without a look-up.',
  parameters: [
    { name: 'Import', type: 'CheckBox', page: 'Global', description: 'It can be read as a whole.', default: '1' },
  ],
  create: (configuration, { folder }) => {
    let objects: ReturnType<typeof objectsOf> | undefined;
    const present = (): ReturnType<typeof objectsOf> => {
      objects ??= objectsOf(effects(folder));
      return objects;
    };
    const write = (effect: Effect): void => {
      appendWhole(join(folder, FILE), lineOf(effect));
      happen(present(), effect);
    };
    const common = {
      traits: {
        distinguishedNameStyle: 'None',
        exportType: 'AttributeReplace',
        exportDuringImport: true,
        batchSize: 5,
        rename: false,
        exportPasswordInFirstPass: false,
      },
      test: async () => ({ summary: 'a file', facts: {} }),
      schema: async () => SCHEMA,
      export: async () => ({
        putEntries: async (entries) => {
          if (existsSync(join(folder, HELD))) writeFileSync(join(folder, HANGING), '');
          while (existsSync(join(folder, HELD))) await wait(10);
          const results: CSEntryChangeResult[] = [];
          for (const entry of entries) {
            const before = present().get(anchorOf(entry));
            const { identifier, objectModificationType: operation } = entry;
            if (before === undefined && operation !== 'Add')
              results.push({ identifier, errorCode: 'ExportErrorConnectedDirectoryMissingObject' });
            else write({ identifier, operation, id: anchorOf(entry), values: changed(entry, before) });
            // A kill can fall between two entries of one batch.
            await new Promise((resolve) => setImmediate(resolve));
          }
          return results;
        },
        close: async () => {},
      }),
      password: {
        set: async (entry) =>
          write({ identifier: entry.identifier, operation: 'Password', id: anchorOf(entry), values: {} }),
      },
      [Symbol.asyncDispose]: async () => {},
    } satisfies Connector;
    if (!configuration.flag('Import')) return common;
    return {
      ...common,
      fullImport: async ({ pageSize }) => {
        // What it was when the import began, however much is written meanwhile.
        const all = [...present().values()];
        return {
          getEntries: async () => {
            await new Promise((resolve) => setImmediate(resolve));
            const entries = all.splice(0, pageSize).map(entryOf);
            return { entries, moreToImport: all.length > 0 };
          },
          close: async () => ({}),
        };
      },
    };
  },
};

/** Appends a line or nothing, also where the disk is full in its middle. */
function appendWhole(path: string, line: string): void {
  const before = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  try {
    appendFileSync(path, line);
  } catch (error) {
    truncateSync(path, before);
    throw error;
  }
}

function lineOf(effect: Effect): string {
  return `${JSON.stringify(effect)}\n`;
}

function anchorOf(entry: CSEntryChange): string {
  return formatValue(entry.anchorAttributes[0]?.value ?? '');
}

function changed(
  entry: CSEntryChange,
  present: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const values = new Map(Object.entries(entry.objectModificationType === 'Update' ? (present ?? {}) : {}));
  values.set('id', anchorOf(entry));
  for (const { name, modificationType, valueChanges } of entry.attributeChanges) {
    const came: AttributeValue[] = valueChanges.flatMap((each) =>
      each.modificationType === 'Add' ? [each.value] : [],
    );
    const [value] = came;
    if (modificationType === 'Delete' || value === undefined) values.delete(name);
    else values.set(name, formatValue(value));
  }
  return Object.fromEntries(values);
}

function entryOf(values: Readonly<Record<string, string>>): CSEntryChange {
  const { id = '', ...rest } = values;
  return {
    identifier: `import-${id}`,
    objectType: 'user',
    objectModificationType: 'Add',
    anchorAttributes: [{ name: 'id', value: id }],
    attributeChanges: Object.entries(rest).map(([name, value]) => ({
      name,
      modificationType: 'Add',
      valueChanges: [{ value, modificationType: 'Add' }],
    })),
  };
}

const SCHEMA: Schema = {
  types: [
    {
      name: 'user',
      lockAnchorDefinition: false,
      possibleDnComponents: [],
      attributes: ATTRIBUTES.map((name) => ({
        name,
        type: 'String',
        isAnchor: name === 'id',
        isMultiValued: false,
        allowedOperation: 'ImportExport',
      })),
    },
  ],
};
