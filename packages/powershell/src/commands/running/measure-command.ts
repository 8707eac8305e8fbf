import { nowhere } from '../../runtime/output.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { invokeStatic } from '../../types/static-members.ts';
import { Double } from '../../values/numbers.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { CmdletDescription } from '../description.ts';

export const measureCommand: CmdletDescription = {
  name: 'Measure-Command',
  typeName: 'Microsoft.PowerShell.Commands.MeasureCommandCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    { name: 'Expression', type: 'scriptblock', mandatory: true, position: 0 },
  ],
  start: (call) => {
    const { session } = call;
    const expression = call.get('Expression');
    const run = expression instanceof ScriptBlock ? call.prepare(expression) : undefined;
    let spent = 0;
    return {
      process() {
        const begun = session.world.clock.now();
        run?.(call.has('InputObject') ? call.get('InputObject') : undefined, nowhere);
        spent += session.world.clock.now() - begun;
      },
      end() {
        call.write(invokeStatic(netTypes.timeSpan, 'FromMilliseconds', [new Double(spent)], session));
      },
    };
  },
};
