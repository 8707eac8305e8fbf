import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { currentNumbers, listSeparatorOf } from '../../types/globalization/current-culture.ts';
import { TextLines } from '../../world/text-lines.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { onlyFile } from '../items/only-file.ts';
import { resolveNative } from '../items/paths.ts';
import { itemsOf, textsOf } from '../items-of.ts';
import { encodingOf, encodingParameter } from '../output/encoding-parameter.ts';
import { type OpenLines, openLines } from '../output/read-lines.ts';
import { RowWriter } from './read-csv.ts';

const utility = 'Microsoft.PowerShell.Utility';

/** `-Delimiter`, the list separator of the current culture with `-UseCulture`, a comma otherwise. */
export function delimiterOf(call: CmdletCall): string {
  if (call.has('Delimiter')) return call.session.text(call.get('Delimiter'));
  return call.isOn('UseCulture') ? listSeparatorOf(currentNumbers()) : ',';
}

function headerOf(call: CmdletCall): readonly string[] | undefined {
  return call.has('Header') ? textsOf(call.get('Header')) : undefined;
}

export const importCsv: CmdletDescription = {
  name: 'Import-Csv',
  typeName: 'Microsoft.PowerShell.Commands.ImportCsvCommand',
  module: utility,
  defaultSet: 'DelimiterPath',
  parameters: [
    {
      name: 'Delimiter',
      type: 'char',
      sets: ['DelimiterPath', 'DelimiterLiteralPath'],
      position: 1,
      validate: { notNull: true },
    },
    {
      name: 'Path',
      type: 'string[]',
      sets: ['DelimiterPath', 'CulturePath'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      validate: { notNullOrEmpty: true },
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: ['DelimiterLiteralPath', 'CultureLiteralPath'],
      mandatory: true,
      fromPipelineByPropertyName: true,
      validate: { notNullOrEmpty: true },
    },
    { name: 'UseCulture', type: 'switch', sets: ['CulturePath', 'CultureLiteralPath'], mandatory: true },
    { name: 'Header', type: 'string[]', validate: { notNullOrEmpty: true } },
    encodingParameter,
  ],
  start: (call) => ({
    process() {
      const isLiteral = call.has('LiteralPath');
      for (const path of textsOf(call.get(isLiteral ? 'LiteralPath' : 'Path'))) {
        const file = open(call, isLiteral ? resolveNative(call.session, path) : onlyFile(call, path));
        try {
          new RowWriter(call, delimiterOf(call), headerOf(call)).read(file.lines);
        } finally {
          file.close();
        }
      }
    },
  }),
};

function open(call: CmdletCall, path: string): OpenLines {
  try {
    return openLines(call.session, path, encodingOf(call));
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    return call.fail(new ErrorRecord(error.exception, 'FileOpenFailure', 'OpenError', path));
  }
}

export const convertFromCsv: CmdletDescription = {
  name: 'ConvertFrom-Csv',
  typeName: 'Microsoft.PowerShell.Commands.ConvertFromCsvCommand',
  module: utility,
  defaultSet: 'Delimiter',
  parameters: [
    { name: 'Delimiter', type: 'char', sets: ['Delimiter'], position: 1 },
    { name: 'UseCulture', type: 'switch', sets: ['UseCulture'], mandatory: true },
    {
      name: 'InputObject',
      type: 'object[]',
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      validate: { notNull: true },
    },
    { name: 'Header', type: 'string[]', validate: { notNullOrEmpty: true } },
  ],
  start: (call) => {
    const rows = new RowWriter(call, delimiterOf(call), headerOf(call));
    return {
      process() {
        for (const item of itemsOf(call.get('InputObject'))) rows.read(new TextLines(call.session.text(item)));
      },
    };
  },
};
