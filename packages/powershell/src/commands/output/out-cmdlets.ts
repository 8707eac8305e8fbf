import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import type { CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { openFileWriter } from './file-writer.ts';
import { ObjectFormatter } from './format-objects.ts';

const formatted = {
  state: 'approximated',
  why: 'text, numbers and custom objects look as in PowerShell; of other types the views that PowerShell has are missing',
} as const;

export const outString: CmdletDescription = {
  name: 'Out-String',
  typeName: 'Microsoft.PowerShell.Commands.OutStringCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'NoNewLineFormatting',
  parameters: [
    { name: 'Stream', type: 'switch', sets: ['StreamFormatting'] },
    {
      name: 'Width',
      type: 'int',
      validate: { range: [2, 2 ** 31 - 1] },
      coverage: { state: 'approximated', why: 'accepted and without effect: lines are as long as they are' },
    },
    { name: 'NoNewline', type: 'switch', sets: ['NoNewLineFormatting'] },
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
  ],
  coverage: formatted,
  start: (call) => {
    const lines: string[] = [];
    const stream = call.isOn('Stream');
    const formatter = new ObjectFormatter(call.session, (line) => {
      if (stream) call.write(line);
      else lines.push(line);
    });
    return {
      process() {
        const input = call.get('InputObject');
        if (input !== undefined) formatter.write(input);
      },
      end() {
        formatter.end();
        if (!stream) call.write(lines.map((line) => (call.isOn('NoNewline') ? line : `${line}\n`)).join(''));
      },
    };
  },
};

export const outFile: CmdletDescription = {
  name: 'Out-File',
  typeName: 'Microsoft.PowerShell.Commands.OutFileCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'ByPath',
  supportsShouldProcess: true,
  parameters: [
    { name: 'FilePath', type: 'string', aliases: ['Path'], sets: ['ByPath'], mandatory: true, position: 0 },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: ['ByLiteralPath'],
      mandatory: true,
      fromPipelineByPropertyName: true,
    },
    { name: 'Encoding', type: 'object', position: 1, validate: { notNullOrEmpty: true } },
    { name: 'Append', type: 'switch' },
    { name: 'Force', type: 'switch' },
    { name: 'NoClobber', type: 'switch', aliases: ['NoOverwrite'] },
    {
      name: 'Width',
      type: 'int',
      validate: { range: [2, 2 ** 31 - 1] },
      coverage: { state: 'approximated', why: 'accepted and without effect: lines are as long as they are' },
    },
    { name: 'NoNewline', type: 'switch' },
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
  ],
  coverage: formatted,
  start: (call) => {
    const [path = ''] = textsOf(call.get('LiteralPath') ?? call.get('FilePath'));
    if (!call.shouldProcess(path, 'Output to File')) return {};
    let writer: ReturnType<typeof openFileWriter>;
    try {
      writer = openFileWriter(call.session, path, {
        append: call.isOn('Append'),
        encoding: call.get('Encoding'),
        noClobber: call.isOn('NoClobber') && !call.isOn('Force'),
        noNewline: call.isOn('NoNewline'),
      });
    } catch (error) {
      if (!(error instanceof NetFailure)) throw error;
      const isThere = call.isOn('NoClobber') && error.exception.type.name === 'System.IO.IOException';
      return call.fail(
        isThere
          ? new ErrorRecord(error.exception, 'NoClobber', 'ResourceExists', path)
          : new ErrorRecord(error.exception, 'FileOpenFailure', 'OpenError', path),
      );
    }
    return {
      process() {
        const input = call.get('InputObject');
        if (input !== undefined && input !== null) writer.write(input);
      },
      clean: () => writer.close(),
    };
  },
};

/** The host of a run is whoever asked for its output: what goes to a screen goes nowhere. */
function toHost(name: 'Out-Host' | 'Out-Default', typeName: string): CmdletDescription {
  return {
    name,
    typeName,
    module: 'Microsoft.PowerShell.Core',
    parameters: [
      { name: name === 'Out-Host' ? 'Paging' : 'Transcript', type: 'switch' },
      { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    ],
    coverage: { state: 'approximated', why: 'there is no screen: what is written is gone' },
    start: () => ({}),
  };
}

export const outHost = toHost('Out-Host', 'Microsoft.PowerShell.Commands.OutHostCommand');
export const outDefault = toHost('Out-Default', 'Microsoft.PowerShell.Commands.OutDefaultCommand');
