import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { clixmlWriter, serialize } from '../../types/xml/clixml/clixml.ts';
import type { Value } from '../../values/value.ts';
import { anyInput, propertiesOfEngine } from '../any-input.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { onlyFile } from '../items/only-file.ts';
import { resolveNative } from '../items/paths.ts';
import { textsOf } from '../items-of.ts';
import { encodingOf, encodingParameter } from '../output/encoding-parameter.ts';
import { type FileEncoding, fileEncoding } from '../output/file-encoding.ts';

const depth: CmdletParameter = { name: 'Depth', type: 'int', validate: { range: [1, 2 ** 31 - 1] } };
const usualDepth = 2;

function depthOf(call: CmdletCall): number {
  const given = call.get('Depth');
  return typeof given === 'number' ? given : usualDepth;
}

const chunk = 1 << 16;

export const exportClixml: CmdletDescription = {
  name: 'Export-Clixml',
  typeName: 'Microsoft.PowerShell.Commands.ExportClixmlCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'ByPath',
  supportsShouldProcess: true,
  parameters: [
    depth,
    { name: 'Path', type: 'string', sets: ['ByPath'], mandatory: true, position: 0 },
    { name: 'LiteralPath', type: 'string', aliases: ['PSPath', 'LP'], sets: ['ByLiteralPath'], mandatory: true },
    {
      name: 'InputObject',
      type: 'object',
      mandatory: true,
      fromPipeline: true,
      allowNull: true,
      allowEmptyCollection: true,
      allowEmptyString: true,
    },
    { name: 'Force', type: 'switch' },
    { name: 'NoClobber', type: 'switch', aliases: ['NoOverwrite'] },
    encodingParameter,
  ],
  coverage: propertiesOfEngine,
  start: (call) => {
    const [asked = ''] = textsOf(call.get('LiteralPath') ?? call.get('Path'));
    if (!call.shouldProcess(asked)) return {};
    const encoding = encodingOf(call) ?? fileEncoding(null, call.session);
    if (encoding === undefined) throw new Error('UTF-8 is always known');
    const path = openFile(call, asked, encoding);
    let waiting = '';
    const flush = (): void => {
      if (waiting !== '') call.session.world.files.writeBytes(path, encoding.encode(waiting), 'append');
      waiting = '';
    };
    const writer = clixmlWriter(call.session, depthOf(call), (text) => {
      waiting += text;
      if (waiting.length > chunk) flush();
    });
    writer.begin();
    return {
      process() {
        writer.write(call.get('InputObject') ?? null);
      },
      end: () => writer.end(),
      clean: flush,
    };
  },
};

/** Makes or empties the file. */
function openFile(call: CmdletCall, asked: string, encoding: FileEncoding): string {
  const path = call.has('LiteralPath') ? resolveNative(call.session, asked) : onlyFile(call, asked);
  const keeps = call.isOn('NoClobber');
  try {
    call.session.world.files.writeBytes(path, encoding.preamble, keeps ? 'create' : 'truncate');
    return path;
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    const isThere = keeps && error.exception.type.name === 'System.IO.IOException';
    const [id, category] = isThere
      ? (['NoClobber', 'ResourceExists'] as const)
      : (['FileOpenFailure', 'OpenError'] as const);
    return call.fail(new ErrorRecord(error.exception, id, category, path));
  }
}

export const convertToClixml: CmdletDescription = {
  name: 'ConvertTo-CliXml',
  typeName: 'Microsoft.PowerShell.Commands.ConvertToClixmlCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [anyInput, depth],
  coverage: propertiesOfEngine,
  start: (call) => {
    const inputs: Value[] = [];
    return {
      process() {
        inputs.push(call.get('InputObject') ?? null);
      },
      end() {
        call.write(serialize(inputs, depthOf(call), call.session));
      },
    };
  },
};
