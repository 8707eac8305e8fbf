import { cmdletError } from '../../commands/cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../../commands/description.ts';
import { resolveNative } from '../../commands/items/paths.ts';
import { textsOf } from '../../commands/items-of.ts';
import { Collector } from '../../runtime/output.ts';
import { parse } from '../../syntax/parse.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import { dataHashtable, isData } from '../data-language.ts';

export const importPowerShellDataFile: CmdletDescription = {
  name: 'Import-PowerShellDataFile',
  typeName: 'Microsoft.PowerShell.Commands.ImportPowerShellDataFileCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'ByPath',
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: ['ByPath'],
      mandatory: true,
      position: 0,
      validate: { notNullOrEmpty: true },
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: ['ByLiteralPath'],
      mandatory: true,
      position: 0,
      fromPipelineByPropertyName: true,
      validate: { notNullOrEmpty: true },
    },
    { name: 'SkipLimitCheck', type: 'switch' },
  ],
  start: (call) => ({
    process() {
      for (const path of textsOf(call.get('LiteralPath') ?? call.get('Path'))) readData(call, path);
    },
  }),
};

function readData(call: CmdletCall, path: string): void {
  const { session } = call;
  const native = resolveNative(session, path);
  if (session.world.files.stat(native)?.kind !== 'file') {
    call.writeError(
      cmdletError('PathNotFound', `Cannot find path '${path}' because it does not exist.`, {
        type: 'System.ArgumentException',
        category: 'InvalidArgument',
        target: path,
      }),
    );
    return;
  }
  const source = { text: session.world.files.readText(native), file: native };
  const { ast, errors } = parse(source);
  const table = errors.length > 0 ? undefined : dataHashtable(ast);
  if (table === undefined) {
    const id = `CouldNotParseAsPowerShellDataFile${errors.length > 0 ? '' : 'NoHashtableRoot'}`;
    const message = `The file '${native}' could not be parsed as a PowerShell Data File.`;
    call.writeError(cmdletError(id, message, { category: 'InvalidData', target: native }));
    return;
  }
  if (!isData(table)) {
    const text = source.text.slice(table.start, table.end);
    const message = `Cannot generate a PowerShell object for a ScriptBlock evaluating dynamic expressions. Dynamic expression: ${text}.`;
    call.fail(cmdletError('System.InvalidOperationException', message, { category: 'NotSpecified' }));
  }
  const out = new Collector();
  session.run(new ScriptBlock(ast, source.text), { newScope: true, out, streams: call.streams });
  for (const item of out.items) call.write(item);
}
