import { isAbsolute, resolve } from 'node:path';
import type { AttributeType, ConfigParameterDefinition, Configuration, ExportType } from '@joinery/connector';
import { nameKey } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import { type Encoding, encodingNames, encodingOf } from './encoding.ts';

/** The parameters of the connector. The first three are named as in Microsoft's sample for delimited files (ECMA sheet 6.4). */
export const csvParameters: readonly ConfigParameterDefinition[] = [
  {
    name: 'FileName',
    type: 'File',
    page: 'Connectivity',
    description: 'The delimited text file; a relative path starts in the connector’s own folder.',
    required: true,
    default: 'InputFile.txt',
  },
  {
    name: 'Delimiter',
    type: 'String',
    page: 'Connectivity',
    description: 'The one printable ASCII character between two cells, or \\t for a tab.',
    required: true,
    default: ';',
    validation: /[\t !#-~]|\\t/,
  },
  {
    name: 'Encoding',
    type: 'DropDown',
    page: 'Connectivity',
    description: 'The encoding of the file, which is kept; so is a byte order mark, or the lack of one.',
    default: 'utf-8',
    choices: encodingNames,
  },
  {
    name: 'ObjectType',
    type: 'String',
    page: 'Schema',
    description: 'The object type that every row stands for.',
    required: true,
    default: 'Person',
    validation: /[A-Za-z][A-Za-z0-9_-]{0,63}/,
  },
  {
    name: 'Anchor',
    type: 'String',
    page: 'Schema',
    description: 'The column that identifies a row and never changes.',
    required: true,
  },
  {
    name: 'ColumnTypes',
    type: 'String',
    page: 'Schema',
    description:
      'Columns that are not text, as Name:Type with commas between them, e.g. IsActive:Boolean, Number:Integer.',
  },
  {
    name: 'ExportType',
    type: 'DropDown',
    page: 'Capabilities',
    description: 'Whether updates arrive as whole objects or as changed attributes.',
    default: 'ObjectReplace',
    choices: ['ObjectReplace', 'AttributeUpdate'],
  },
];

/** The parameters, parsed. */
export interface CsvSettings {
  /** Absolute path. */
  readonly path: string;
  readonly delimiter: string;
  readonly encoding: Encoding;
  readonly objectType: string;
  readonly anchor: string;
  /** By {@link nameKey} of the column. */
  readonly columnTypes: ReadonlyMap<string, { readonly column: string; readonly type: AttributeType }>;
  readonly exportType: ExportType;
}

/** @throws CONNECTOR_CONFIGURATION_INVALID for column types that cannot be read */
export function csvSettings(configuration: Configuration, folder: string): CsvSettings {
  const file = configuration.text('FileName');
  const delimiter = configuration.text('Delimiter');
  return {
    path: isAbsolute(file) ? file : resolve(folder, file),
    delimiter: delimiter === '\\t' ? '\t' : delimiter,
    encoding: encodingOf(configuration.text('Encoding')),
    objectType: configuration.text('ObjectType'),
    anchor: configuration.text('Anchor'),
    columnTypes: columnTypes(configuration.text('ColumnTypes')),
    exportType: configuration.text('ExportType') === 'AttributeUpdate' ? 'AttributeUpdate' : 'ObjectReplace',
  };
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

function invalid(message: string): Error {
  return problem('CONNECTOR_CONFIGURATION_INVALID', `ColumnTypes: ${message}`, { place: 'parameter "ColumnTypes"' });
}
