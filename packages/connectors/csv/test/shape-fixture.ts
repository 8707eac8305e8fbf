import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttributeValue, formatValue, selectSchema } from '@joinery/connector';
import type { ContractFixture, ContractObject, ContractTarget } from '@joinery/connector/contract-tests';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { encodingOf } from '../src/encoding.ts';
import { connect, fixture as sample } from './csv-fixture.ts';

/** Files of another shape than the sample's, for the contract tests. */
export interface Shape {
  /** `import.meta.url` of the module that exports the fixture. */
  readonly module: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The file of the object type that the tests are about. */
  readonly file: string;
  /** Files of other object types, with what is in them. */
  readonly others?: Readonly<Record<string, string>>;
  readonly objectType: string;
  readonly anchor: string;
  readonly furtherAnchors?: readonly string[];
  /** All columns in file order. */
  readonly columns: readonly string[];
  readonly text: string;
  readonly object: (n: number) => ContractObject;
  /** The value that a cell that is not empty stands for; by itself, its text. */
  readonly parse?: (column: string, cell: string) => AttributeValue;
  /** The cell of a value; by itself, its text form. */
  readonly format?: (column: string, value: AttributeValue) => string;
}

/** A fixture that keeps objects in a file of the shape, read and written past the connector. */
export function shapeFixture(shape: Shape): ContractFixture {
  return {
    ...sample,
    module: shape.module,
    objectType: shape.objectType,
    anchor: shape.anchor,
    ...(shape.furtherAnchors === undefined ? {} : { furtherAnchors: shape.furtherAnchors }),
    text: shape.text,
    object: shape.object,
    async create(folder) {
      for (const [name, text] of Object.entries(shape.others ?? {}))
        await writeFile(join(folder, name), encoded(shape, text));
      await write(shape, folder, []);
      return target(shape, folder);
    },
    open: async (folder) => target(shape, folder),
  };
}

function target(shape: Shape, folder: string): ContractTarget {
  return {
    connect: () => connect(folder, shape.parameters),
    async schema(connector, signal) {
      const { types } = selectSchema(await connector.schema(signal), {});
      // The pack looks objects up in the first type.
      return {
        types: types.toSorted((a, b) => Number(b.name === shape.objectType) - Number(a.name === shape.objectType)),
      };
    },
    read: () => read(shape, folder),
    async put(objects) {
      const kept = (await read(shape, folder)).filter((old) => !objects.some(({ anchor }) => anchor === old.anchor));
      await write(shape, folder, [...kept, ...objects]);
    },
    async remove(anchors) {
      await write(
        shape,
        folder,
        (await read(shape, folder)).filter(({ anchor }) => !anchors.includes(anchor)),
      );
    },
    async [Symbol.asyncDispose]() {},
  };
}

function encoded(shape: Shape, text: string): Buffer {
  const encoding = encodingOf(shape.parameters.Encoding ?? 'utf-8');
  return Buffer.concat([encoding.byteOrderMark, encoding.fromUtf8(Buffer.from(text, 'utf8'))]);
}

async function write(shape: Shape, folder: string, objects: readonly ContractObject[]): Promise<void> {
  const toCell = shape.format ?? ((_, value) => formatValue(value));
  const rows = objects.map(({ anchor, furtherAnchors, attributes }) => {
    const values = Object.entries({ [shape.anchor]: anchor, ...furtherAnchors, ...attributes });
    return Object.fromEntries(values.map(([column, value]) => [column, toCell(column, value)]));
  });
  const path = join(folder, shape.file);
  await writeFile(
    `${path}.next`,
    encoded(shape, stringify(rows, { delimiter: ';', header: true, columns: [...shape.columns] })),
  );
  await rename(`${path}.next`, path);
}

async function read(shape: Shape, folder: string): Promise<readonly ContractObject[]> {
  const toValue = shape.parse ?? ((_, cell) => cell);
  const encoding = encodingOf(shape.parameters.Encoding ?? 'utf-8');
  const bytes = (await readFile(join(folder, shape.file))).subarray(encoding.byteOrderMark.length);
  const rows: Record<string, string>[] = parse(encoding.toUtf8(bytes).utf8, { delimiter: ';', columns: true });
  return rows.map((row) => {
    const present = Object.entries(row).filter(([, cell]) => cell !== '');
    const values = Object.fromEntries(present.map(([column, cell]) => [column, toValue(column, cell)]));
    const further = shape.furtherAnchors ?? [];
    const isAnchor = (name: string): boolean => name === shape.anchor || further.includes(name);
    return {
      anchor: values[shape.anchor] ?? '',
      ...(further.length === 0
        ? {}
        : { furtherAnchors: Object.fromEntries(further.map((name) => [name, values[name] ?? ''])) }),
      attributes: Object.fromEntries(Object.entries(values).filter(([name]) => !isAnchor(name))),
    };
  });
}
