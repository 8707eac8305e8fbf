import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttributeValue, formatValue, type Isolation, parseConfiguration, selectSchema } from '@joinery/connector';
import type { ContractFixture, ContractObject, ContractTarget } from '@joinery/connector/contract-tests';
import { csvConnector } from '@joinery/connector-csv';
import { silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { openConnector } from '../../../src/isolation/open-connector.ts';

const anchor = 'AzureObjectID';
const columns = [anchor, 'IsActive', 'DisplayName', 'Title', 'UserName'];

/** The CSV connector of the tutorial as the contract pack sees it, running apart from the test. */
export function wrappedCsv(runIn: Exclude<Isolation, 'none'>, module: string): ContractFixture {
  return {
    module,
    capabilities: ['fullImport', 'deltaImport', 'export', 'lookup'],
    traits: {
      distinguishedNameStyle: 'None',
      exportType: 'ObjectReplace',
      exportDuringImport: true,
      batchSize: 100,
      rename: false,
      exportPasswordInFirstPass: false,
    },
    objectType: 'Person',
    anchor,
    text: 'DisplayName',
    badValue: { attribute: 'IsActive', value: 'perhaps' },
    object: (n) => ({
      anchor: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      attributes: { IsActive: n % 2 === 0, DisplayName: `Person ${n}`, Title: 'Engineer', UserName: `user${n}` },
    }),
    async create(folder) {
      await writeFile(join(folder, 'InputFile.txt'), `${columns.join(';')}\n`);
      return target(folder, runIn);
    },
    open: async (folder) => target(folder, runIn),
  };
}

function target(folder: string, runIn: Isolation): ContractTarget {
  const path = join(folder, 'InputFile.txt');
  const read = async (): Promise<ContractObject[]> => {
    const [header = [], ...rows] = records(await readFile(path, 'utf8'));
    return rows.map((row) => {
      const values = header.flatMap((name, index) => cellValue(name, row[index] ?? ''));
      const { [anchor]: key = '', ...attributes } = Object.fromEntries(values);
      return { anchor: key, attributes };
    });
  };
  const write = async (objects: readonly ContractObject[]): Promise<void> => {
    const rows = objects.map((object) =>
      columns.map((name) => quoted(name === anchor ? object.anchor : object.attributes[name])).join(';'),
    );
    await writeFile(`${path}.next`, `${[columns.join(';'), ...rows].join('\n')}\n`);
    await rename(`${path}.next`, path);
  };
  return {
    connect: () => {
      const raw = { Anchor: anchor, ColumnTypes: 'IsActive:Boolean' };
      const configuration = parseConfiguration(csvConnector.parameters, raw, () => undefined);
      const context = { clock: systemClock, random: systemRandom, logger: silentLogger, folder };
      return openConnector(csvConnector, configuration, context, {
        name: 'CSV',
        isolation: { runIn, heapMegabytes: 128 },
      });
    },
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

function cellValue(name: string, cell: string): [string, AttributeValue][] {
  if (cell === '') return [];
  return [[name, name === 'IsActive' ? cell === 'True' : cell]];
}

function quoted(value: AttributeValue | undefined): string {
  return value === undefined ? '' : `"${formatValue(value).replaceAll('"', '""')}"`;
}

/** The records of a delimited text, quoted cells with everything in them included. */
function records(text: string): string[][] {
  const found: string[][] = [];
  for (const [, quote, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^";\n\r]*))(;|\r?\n|$)/g)) {
    const cell = quote?.replaceAll('""', '"') ?? plain ?? '';
    if (found.length === 0) found.push([]);
    found.at(-1)?.push(cell);
    if (end !== ';') found.push([]);
  }
  return found.filter((record) => record.some((cell) => cell !== ''));
}
