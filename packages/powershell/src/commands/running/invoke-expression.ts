import { parseException } from '../../errors/parse-exception.ts';
import { parse } from '../../syntax/parse.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';

export const invokeExpression: CmdletDescription = {
  name: 'Invoke-Expression',
  typeName: 'Microsoft.PowerShell.Commands.InvokeExpressionCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [{ name: 'Command', type: 'string', mandatory: true, position: 0, fromPipeline: true }],
  start: (call) => ({
    process() {
      const [text = ''] = textsOf(call.get('Command'));
      const { ast, errors } = parse({ text, file: undefined });
      if (errors.length > 0) call.fail(parseException(ast.source, errors).record);
      const block = new ScriptBlock(ast, text);
      call.session.run(block, { newScope: false, out: call.output, streams: call.streams });
    },
  }),
};
