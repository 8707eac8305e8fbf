import { baseOf, typeOf } from '../../conversion/base.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletDescription } from '../description.ts';
import { objectOrder } from './object-order.ts';

export const getUnique: CmdletDescription = {
  name: 'Get-Unique',
  typeName: 'Microsoft.PowerShell.Commands.GetUniqueCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'AsString',
  parameters: [
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    { name: 'AsString', type: 'switch', sets: ['AsString'] },
    { name: 'OnType', type: 'switch', sets: ['UniqueByType'] },
    { name: 'CaseInsensitive', type: 'switch' },
  ],
  start: (call) => {
    const { session } = call;
    const ignoreCase = call.isOn('CaseInsensitive');
    const compare = objectOrder(session, { ignoreCase });
    const isSame = (last: Value, input: Value): boolean => {
      if (call.isOn('OnType')) return typeName(last) === typeName(input);
      if (call.isOn('AsString')) return compare(session.text(last), session.text(input)) === 0;
      return compare(last, input) === 0;
    };
    let last: Value;
    return {
      process() {
        const input = call.get('InputObject');
        if (input === undefined) return;
        if (last !== undefined && isSame(last, input)) return;
        last = input;
        call.write(input);
      },
    };
  },
};

function typeName(value: Value): string {
  const base = baseOf(value);
  return base === null || base === undefined ? '' : typeOf(base).name;
}
