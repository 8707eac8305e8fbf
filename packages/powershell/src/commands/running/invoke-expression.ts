import { ErrorRecord } from '../../errors/error-record.ts';
import { Thrown } from '../../errors/thrown.ts';
import type { ScriptBlock } from '../../values/script-block.ts';
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
      let block: ScriptBlock;
      try {
        block = call.session.parseBlock(text, call.scope.state);
      } catch (error) {
        if (!(error instanceof Thrown)) throw error;
        const { exception, errorId, category } = error.record;
        return call.fail(new ErrorRecord(exception, errorId, category));
      }
      call.session.run(block, { newScope: false, out: call.output, streams: call.streams });
    },
  }),
};
