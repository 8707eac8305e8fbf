import { cmdletError } from '../../commands/cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../../commands/description.ts';
import { onlyFile } from '../../commands/items/only-file.ts';
import { resolveNative } from '../../commands/items/paths.ts';
import { textsOf } from '../../commands/items-of.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { parse } from '../../syntax/parse.ts';
import type { ScriptBlockExpression } from '../../syntax/tree/index.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import { firstHashtable } from '../data-language.ts';
import { dataValue, NotData } from '../data-values.ts';

const limits = { keys: 500, nodes: 5000 };
const unlimited = { keys: Number.POSITIVE_INFINITY, nodes: Number.POSITIVE_INFINITY };

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
      const isLiteral = call.has('LiteralPath');
      for (const path of textsOf(call.get(isLiteral ? 'LiteralPath' : 'Path'))) {
        const native = fileOf(call, path, isLiteral);
        if (native !== undefined) readData(call, native);
      }
    },
  }),
};

/** The one file that a path means; `undefined` after the error of another. */
function fileOf(call: CmdletCall, path: string, isLiteral: boolean): string | undefined {
  const { session } = call;
  if (!isLiteral && WildcardPattern.has(path)) return onlyFile(call, path);
  const native = resolveNative(session, isLiteral ? path : WildcardPattern.unescape(path));
  if (session.world.files.stat(native)?.kind === 'file') return native;
  call.writeError(
    cmdletError('PathNotFound', `Cannot find path '${path}' because it does not exist.`, {
      type: 'System.ArgumentException',
      category: 'InvalidArgument',
      target: path,
    }),
  );
  return undefined;
}

function readData(call: CmdletCall, native: string): void {
  const { session } = call;
  const source = { text: session.world.files.readText(native), file: native };
  const { ast, errors } = parse(source);
  const table = errors.length > 0 ? undefined : firstHashtable(ast);
  if (table === undefined) {
    const id = `CouldNotParseAsPowerShellDataFile${errors.length > 0 ? '' : 'NoHashtableRoot'}`;
    const message = `The file '${native}' could not be parsed as a PowerShell Data File.`;
    call.writeError(cmdletError(id, message, { category: 'InvalidData', target: native }));
    return;
  }
  try {
    call.write(dataValue(table, session, { limits: call.isOn('SkipLimitCheck') ? unlimited : limits, block: asText }));
  } catch (error) {
    if (!(error instanceof NotData)) throw error;
    const text = source.text.slice(table.start, table.end);
    const message = `Cannot generate a PowerShell object for a ScriptBlock evaluating dynamic expressions. Dynamic expression: ${text}.`;
    call.fail(cmdletError('System.InvalidOperationException', message, { category: 'NotSpecified' }));
  }

  /** PowerShell makes the block anew from its text, braces and all: it is a block that gives the block. */
  function asText({ start, end }: ScriptBlockExpression): ScriptBlock {
    const text = source.text.slice(start, end);
    return new ScriptBlock(parse({ text, file: undefined }).ast, text, { state: call.scope.state });
  }
}
