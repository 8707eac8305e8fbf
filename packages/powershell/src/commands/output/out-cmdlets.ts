import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { openFileWriter } from './file-writer.ts';
import { ObjectFormatter } from './format-objects.ts';

const formatted = {
  state: 'approximated',
  why: 'views are those of PowerShell for the types that the engine has; of other types all properties that the engine has are shown',
} as const;

const width: CmdletParameter = { name: 'Width', type: 'int', validate: { range: [2, 2 ** 31 - 1] } };

function widthOf(call: CmdletCall): number | undefined {
  const given = call.get('Width');
  return typeof given === 'number' ? given : undefined;
}

export const outString: CmdletDescription = {
  name: 'Out-String',
  typeName: 'Microsoft.PowerShell.Commands.OutStringCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'NoNewLineFormatting',
  parameters: [
    { name: 'Stream', type: 'switch', sets: ['StreamFormatting'] },
    width,
    { name: 'NoNewline', type: 'switch', sets: ['NoNewLineFormatting'] },
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
  ],
  coverage: formatted,
  start: (call) => {
    const stream = call.isOn('Stream');
    const lineEnd = call.isOn('NoNewline') ? '' : '\n';
    const { budget } = call.session;
    let text = '';
    let reserved = 0;
    const formatter = new ObjectFormatter(
      call.session,
      (line) => {
        if (stream) {
          call.write(line);
          return;
        }
        text += line + lineEnd;
        if (text.length - reserved > 1 << 20) {
          reserved = text.length;
          budget.reserve(2 * reserved);
        }
      },
      widthOf(call),
    );
    return {
      process() {
        const input = call.get('InputObject');
        if (input !== undefined && input !== null) formatter.write(input);
      },
      end() {
        formatter.end();
        if (!stream) call.write(text);
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
    width,
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
        width: widthOf(call),
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
