import { isAbsolute, resolve } from 'node:path';
import type { AttributeType, Configuration, ExportType, SchemaType } from '@joinery/connector';
import { nameKey } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import { usualSeparator } from './cell-values.ts';
import { type Encoding, encodingOf } from './encoding.ts';
import { objectTypeName } from './parameters.ts';

/** The parameters, parsed. */
export interface ConnectorSettings {
  /** One or more, each in a file of its own; that of the parameter ObjectType first. */
  readonly objectTypes: readonly CsvSettings[];
  readonly exportType: ExportType;
}

/** How one object type stands in its file. */
export interface CsvSettings {
  /** Absolute path. */
  readonly path: string;
  readonly delimiter: string;
  readonly encoding: Encoding;
  readonly objectType: string;
  /** True when no other object type shares the lists of columns below: every column they name is then one of this file. */
  readonly isOnly: boolean;
  /** The columns that identify a row together; none where the schema file is to name them. */
  readonly anchors: readonly string[];
  /** By {@link nameKey} of the column. */
  readonly columnTypes: ReadonlyMap<string, { readonly column: string; readonly type: AttributeType }>;
  /** Of multi-valued columns, by {@link nameKey} of the column. */
  readonly separators: ReadonlyMap<string, { readonly column: string; readonly separator: string }>;
  readonly deduceTypes: boolean;
  /** Absolute path. */
  readonly schemaFile: string | undefined;
  /** What the schema file says; undefined where every column of the header is an attribute. */
  readonly declared: SchemaType | undefined;
}

/** @throws CONNECTOR_CONFIGURATION_INVALID for lists that cannot be read, and for parameters that contradict each other */
export function csvSettings(configuration: Configuration, folder: string): ConnectorSettings {
  const inFolder = (file: string): string => (isAbsolute(file) ? file : resolve(folder, file));
  const delimiter = configuration.text('Delimiter');
  const schemaFile = configuration.text('SchemaFile');
  const deduceTypes = configuration.flag('DeduceTypes');
  if (schemaFile !== '' && deduceTypes) throw invalid('The schema file says the types.', 'DeduceTypes');
  if (schemaFile !== '' && configuration.text('ColumnTypes') !== '') throw invalid('The schema file says the types.');
  const first = {
    objectType: configuration.text('ObjectType'),
    path: inFolder(configuration.text('FileName')),
    anchors: anchors(configuration.text('Anchor'), 'Anchor'),
  };
  const more = moreTypes(configuration.text('MoreObjectTypes')).map((type) => ({ ...type, path: inFolder(type.path) }));
  const all = [first, ...more];
  if (schemaFile === '' && first.anchors.length === 0) throw invalid('It is required.', 'Anchor');
  for (const [index, { objectType, path, anchors }] of all.entries()) {
    const before = all.slice(0, index);
    if (byKey(before, objectType)) throw invalid(`"${objectType}" is given twice.`, 'MoreObjectTypes');
    if (before.some((other) => other.path === path)) throw invalid(`"${path}" is given twice.`, 'MoreObjectTypes');
    if (schemaFile === '' && anchors.length === 0) throw invalid(`"${objectType}" has no anchor.`, 'MoreObjectTypes');
  }
  const shared = {
    delimiter: delimiter === '\\t' ? '\t' : delimiter,
    encoding: encodingOf(configuration.text('Encoding')),
    isOnly: more.length === 0,
    columnTypes: columnTypes(configuration.text('ColumnTypes')),
    separators: separators(configuration.text('MultiValued')),
    deduceTypes,
    schemaFile: schemaFile === '' ? undefined : inFolder(schemaFile),
    declared: undefined,
  };
  return {
    objectTypes: all.map((type) => ({ ...shared, ...type })),
    exportType: configuration.text('ExportType') === 'AttributeUpdate' ? 'AttributeUpdate' : 'ObjectReplace',
  };
}

function byKey(types: readonly { readonly objectType: string }[], name: string): boolean {
  return types.some(({ objectType }) => nameKey(objectType) === nameKey(name));
}

/** Lines of Name | file | anchor columns. */
function moreTypes(text: string): readonly Pick<CsvSettings, 'objectType' | 'path' | 'anchors'>[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [objectType = '', path = '', anchor = '', ...rest] = line.split('|').map((part) => part.trim());
    const isName = new RegExp(`^(?:${objectTypeName.source})$`).test(objectType);
    if (!isName || path === '' || rest.length > 0) {
      throw invalid(`"${line.trim()}" does not have the form Name | file | anchor columns.`, 'MoreObjectTypes');
    }
    return { objectType, path, anchors: anchors(anchor, 'MoreObjectTypes') };
  });
}

const types: readonly AttributeType[] = ['String', 'Integer', 'Reference', 'Binary', 'Boolean'];

function columnTypes(text: string): CsvSettings['columnTypes'] {
  const result = new Map<string, { column: string; type: AttributeType }>();
  for (const item of text.split(/[,\n]/)) {
    if (item.trim() === '') continue;
    // The last colon counts: a column may have one in its name.
    const colon = item.lastIndexOf(':');
    const column = item.slice(0, Math.max(0, colon)).trim();
    const word = item.slice(colon + 1).trim();
    const type = types.find((known) => known.toLowerCase() === word.toLowerCase());
    if (column === '') throw invalid(`"${item.trim()}" does not have the form Name:Type.`);
    if (type === undefined) {
      throw invalid(`"${word}" is not one of ${types.join(', ')}.${suggestion(word, types)}`);
    }
    if (result.has(nameKey(column))) throw invalid(`The column "${column}" is given twice.`);
    result.set(nameKey(column), { column, type });
  }
  return result;
}

/** Names between commas; a comma in a name has a backslash before it. */
function anchors(text: string, parameter: string): readonly string[] {
  const parts = text.split(/(?<!\\),/);
  // A single name is taken as it stands: a heading may begin with a blank.
  const names = (parts.length === 1 ? parts : parts.map((name) => name.trim()))
    .map((name) => name.replaceAll('\\,', ','))
    .filter((name) => name !== '');
  const twice = names.find((name, index) => names.findIndex((other) => nameKey(other) === nameKey(name)) < index);
  if (names.length === 0 && text !== '') throw invalid(`"${text}" names no column.`, parameter);
  if (twice !== undefined) throw invalid(`The column "${twice}" is given twice.`, parameter);
  return names;
}

/** Name and Name:Separator between commas; a comma with a backslash before it separates nothing. */
function separators(text: string): CsvSettings['separators'] {
  const result = new Map<string, { column: string; separator: string }>();
  for (const item of text.split(/(?<!\\)[,\n]/)) {
    if (item.trim() === '') continue;
    const [, column = '', written = usualSeparator] = /^\s*(.*?)\s*(?::(\\t|\\,|\S)\s*)?$/.exec(item) ?? [];
    const separator = written === '\\t' ? '\t' : written.replace('\\', '');
    if (column === '' || !/^[\t!#-/:-@[\]-`{-~]$/.test(separator)) {
      throw invalid(`"${item.trim()}" does not have the form Name or Name:Separator.`, 'MultiValued');
    }
    if (result.has(nameKey(column))) throw invalid(`The column "${column}" is given twice.`, 'MultiValued');
    result.set(nameKey(column), { column, separator });
  }
  return result;
}

function invalid(message: string, parameter = 'ColumnTypes'): Error {
  return problem('CONNECTOR_CONFIGURATION_INVALID', `${parameter}: ${message}`, {
    place: `parameter "${parameter}"`,
  });
}
