import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttributeValue, type Connector, formatValue, parseConfiguration, selectSchema } from '@joinery/connector';
import type { ContractFixture, ContractObject, ContractTarget } from '@joinery/connector/contract-tests';
import { csvConnector } from '@joinery/connector-csv';
import { type Random, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

export const anchor = 'AzureObjectID';
export const columns = [anchor, 'IsActive', 'DisplayName', 'EmployeeId', 'Title', 'UserName', 'Email'];

/** A connector to `InputFile.txt` in a folder, configured as the sample is. */
export function connect(
  folder: string,
  parameters: Readonly<Record<string, string>> = {},
  random: Random = systemRandom,
): Connector {
  const raw = { Anchor: anchor, ColumnTypes: 'IsActive:Boolean', ...parameters };
  const configuration = parseConfiguration(csvConnector.parameters, raw, () => undefined);
  return csvConnector.create(configuration, { clock: systemClock, random, logger: silentLogger, folder });
}

function target(folder: string): ContractTarget {
  const path = join(folder, 'InputFile.txt');
  const read = async (): Promise<ContractObject[]> => {
    const rows: Record<string, string>[] = parse(await readFile(path), { delimiter: ';', columns: true });
    return rows.map(({ [anchor]: key = '', ...cells }) => ({ anchor: key, attributes: valuesOf(cells) }));
  };
  const write = async (objects: readonly ContractObject[]): Promise<void> => {
    const rows = objects.map((object) => ({ [anchor]: object.anchor, ...object.attributes }));
    const text = stringify(rows, {
      delimiter: ';',
      header: true,
      columns,
      quoted: true,
      cast: { boolean: formatValue },
    });
    await writeFile(`${path}.next`, text);
    await rename(`${path}.next`, path);
  };
  return {
    connect: () => connect(folder),
    schema: async (connector, signal) => selectSchema(await connector.schema(signal), {}),
    read,
    async put(objects) {
      const others = (await read()).filter((old) => !objects.some((object) => object.anchor === old.anchor));
      await write([...others, ...objects]);
    },
    async remove(anchors) {
      await write((await read()).filter((object) => !anchors.includes(object.anchor)));
    },
    async [Symbol.asyncDispose]() {},
  };
}

function valuesOf(cells: Readonly<Record<string, string>>): Record<string, AttributeValue> {
  const present = Object.entries(cells).filter(([, cell]) => cell !== '');
  return Object.fromEntries(present.map(([name, cell]) => [name, name === 'IsActive' ? cell === 'True' : cell]));
}

export const fixture: ContractFixture = {
  module: import.meta.url,
  capabilities: ['fullImport', 'deltaImport', 'export', 'lookup'],
  traits: {
    distinguishedNameStyle: 'None',
    exportType: 'ObjectReplace',
    exportDuringImport: true,
    batchSize: 100,
    rename: false,
    exportPasswordInFirstPass: false,
  },
  resultForEveryEntry: true,
  objectType: 'Person',
  anchor,
  text: 'DisplayName',
  badValue: { attribute: 'IsActive', value: 'perhaps' },
  object: (n) => ({
    anchor: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    attributes: { IsActive: n % 2 === 0, DisplayName: `Person ${n}`, Title: 'Engineer', UserName: `user${n}` },
  }),
  async create(folder) {
    await writeFile(join(folder, 'InputFile.txt'), `${columns.map((name) => `"${name}"`).join(';')}\n`);
    return target(folder);
  },
  open: async (folder) => target(folder),
};
