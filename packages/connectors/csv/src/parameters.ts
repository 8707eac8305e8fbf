import type { ConfigParameterDefinition } from '@joinery/connector';
import { encodingNames } from './encoding.ts';

/** What an object type may be called. */
export const objectTypeName = /[A-Za-z][A-Za-z0-9_-]{0,63}/;

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
    description: 'The object type that every row of the file stands for.',
    required: true,
    default: 'Person',
    validation: objectTypeName,
  },
  {
    name: 'Anchor',
    type: 'String',
    page: 'Schema',
    description:
      'The column that identifies a row and never changes, or the columns that do so together, with commas between them; a comma in a name is written \\,. Required unless the schema file names it.',
  },
  {
    name: 'MoreObjectTypes',
    type: 'Text',
    page: 'Schema',
    description:
      'Further object types, each in a file of its own, one a line: Name | file | anchor columns, e.g. Group | groups.txt | GroupID. The anchor columns may be left out where a schema file names them.',
  },
  {
    name: 'ColumnTypes',
    type: 'String',
    page: 'Schema',
    description:
      'Columns that are not text, as Name:Type with commas between them, e.g. IsActive:Boolean, Number:Integer.',
  },
  {
    name: 'MultiValued',
    type: 'String',
    page: 'Schema',
    description:
      'Columns whose cells hold several values, with commas between them, as Name or Name:Separator, e.g. Members, Proxies:|. The separator is one ASCII character that is no letter, digit, quote or backslash, by default a semicolon; a comma is written \\, and a tab \\t.',
  },
  {
    name: 'SchemaFile',
    type: 'File',
    page: 'Schema',
    description:
      'A Schema.xml as in Microsoft’s tutorial, which says what the object types, attributes, types and anchors are; blank: every column of the header is an attribute.',
  },
  {
    name: 'DeduceTypes',
    type: 'CheckBox',
    page: 'Schema',
    description:
      'Find the types of columns that have none in ColumnTypes by reading the file whenever the schema is refreshed.',
    default: '0',
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
