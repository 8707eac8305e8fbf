import { type AttributeType, nameKey, type SchemaAttribute, type SchemaType } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import type { OpenFile } from './file.ts';
import { type Cell, lineEndOf, parseRow } from './row.ts';
import { type Row, readRows } from './rows.ts';
import type { CsvSettings } from './settings.ts';

/** The first line of the file: what its columns are called and how it is written. */
export interface Header {
  /** In file order; the empty name stands for a column without one, which is kept and never read. */
  readonly columns: readonly string[];
  readonly cells: readonly Cell[];
  /** Indexes of the anchor columns. */
  readonly anchors: ReadonlySet<number>;
  /** What new rows end with. */
  readonly lineEnd: string;
}

/**
 * Reads the header line of a file.
 * @throws CSV_HEADER_INVALID, always at line 1, and what reading throws
 */
export async function readHeader(file: OpenFile, settings: CsvSettings, check: () => void): Promise<Header> {
  for await (const rows of readRows(file, settings, check)) {
    const [first] = rows;
    if (first !== undefined) return headerOf(first, settings);
  }
  throw invalid(settings, 1, 'The file is empty; it needs a header line.');
}

/** The header that a first row holds. */
export function headerOf(row: Row, settings: CsvSettings): Header {
  const reading = parseRow(row.raw, settings.delimiter);
  if (!reading.ok) throw invalid(settings, reading.column, `${reading.detail}.`);
  const columns = reading.cells.map((cell) => cell.text);
  const known = new Map<string, number>();
  for (const [index, name] of columns.entries()) {
    if (name === '') continue;
    // Names are compared as the rest of the product compares them: "Email" and "EMAIL" would be one attribute.
    if (known.has(nameKey(name))) throw invalid(settings, index + 1, `The column "${name}" occurs twice.`);
    if (name.includes('\u0000')) throw invalid(settings, index + 1, 'A column name holds the character U+0000.');
    known.set(nameKey(name), index);
  }
  const anchors = new Set<number>();
  for (const name of settings.anchors) {
    const index = known.get(nameKey(name));
    if (index === undefined) {
      const single =
        columns.length === 1 ? ` The line has one column only: is "${settings.delimiter}" the delimiter?` : '';
      const role = settings.anchors.length === 1 ? 'the anchor' : 'one of the anchors';
      const hint = suggestion(name, columns);
      throw invalid(settings, 1, `There is no column "${name}", which is ${role}.${hint}${single}`);
    }
    if (settings.separators.has(nameKey(name))) {
      throw invalid(settings, index + 1, `The column "${name}" is an anchor and cannot hold several values.`);
    }
    anchors.add(index);
  }
  if (settings.isOnly) assertKnown(settings, [columns]);
  for (const { name } of settings.declared?.attributes ?? []) {
    if (known.has(nameKey(name))) continue;
    const hint = suggestion(name, columns);
    throw invalid(settings, 1, `There is no column "${name}", which the schema file declares.${hint}`);
  }
  // A file of one line without line end says nothing; LF is what most tools read.
  return { columns, cells: reading.cells, anchors, lineEnd: lineEndOf(row.raw) || '\n' };
}

/**
 * Makes sure that every column for which a type or a separator is given is in one of the files.
 * @param headers the names of each file's columns
 * @throws CSV_HEADER_INVALID, at the first file
 */
export function assertKnown(settings: CsvSettings, headers: readonly (readonly string[])[]): void {
  const columns = headers.flat();
  const known = new Set(columns.map(nameKey));
  for (const [use, list] of [
    ['a type', settings.columnTypes],
    ['a separator', settings.separators],
  ] as const) {
    for (const [key, { column }] of list) {
      if (known.has(key)) continue;
      const hint = suggestion(column, columns);
      throw invalid(settings, 1, `There is no column "${column}", for which ${use} is given.${hint}`);
    }
  }
}

/**
 * The object type of a file: what the schema file declares, or else every column of the header. The anchors are fixed by the configuration.
 * @param deduced types by column index, where neither schema file nor configuration say them
 */
export function typeOf(header: Header, settings: CsvSettings, deduced: ReadonlyMap<number, AttributeType>): SchemaType {
  const { declared } = settings;
  return {
    name: declared?.name ?? settings.objectType,
    lockAnchorDefinition: true,
    possibleDnComponents: [],
    attributes:
      declared === undefined ? columnAttributes(header, settings, deduced) : declaredAttributes(declared, settings),
  };
}

function columnAttributes(
  header: Header,
  settings: CsvSettings,
  deduced: ReadonlyMap<number, AttributeType>,
): readonly SchemaAttribute[] {
  const attributes: SchemaAttribute[] = [];
  for (const [index, name] of header.columns.entries()) {
    if (name === '') continue;
    attributes.push({
      name,
      type: settings.columnTypes.get(nameKey(name))?.type ?? deduced.get(index) ?? 'String',
      isAnchor: header.anchors.has(index),
      isMultiValued: settings.separators.has(nameKey(name)),
      allowedOperation: 'ImportExport',
    });
  }
  return attributes;
}

function declaredAttributes(declared: SchemaType, settings: CsvSettings): readonly SchemaAttribute[] {
  const anchors = new Set(settings.anchors.map(nameKey));
  return declared.attributes.map((attribute) => ({ ...attribute, isAnchor: anchors.has(nameKey(attribute.name)) }));
}

function invalid(settings: CsvSettings, column: number, detail: string): Error {
  return problem('CSV_HEADER_INVALID', detail, { place: `${settings.path}:1:${column}` });
}
