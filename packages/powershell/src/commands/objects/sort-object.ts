import { introspectiveSort } from '../../types/collections/introspective-sort.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletDescription } from '../description.ts';
import { itemsOf } from '../items-of.ts';
import { type Keyed, keyOrder, keyReader } from './property-order.ts';

export const sortObject: CmdletDescription = {
  name: 'Sort-Object',
  typeName: 'Microsoft.PowerShell.Commands.SortObjectCommand',
  module: 'Microsoft.PowerShell.Utility',
  aliases: ['sort'],
  defaultSet: 'Default',
  parameters: [
    { name: 'Stable', type: 'switch', sets: ['Default'] },
    { name: 'Descending', type: 'switch' },
    { name: 'Unique', type: 'switch' },
    { name: 'Top', type: 'int', sets: ['Top'], mandatory: true, validate: { range: [1, 2 ** 31 - 1] } },
    { name: 'Bottom', type: 'int', sets: ['Bottom'], mandatory: true, validate: { range: [1, 2 ** 31 - 1] } },
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    { name: 'Property', type: 'object[]', position: 0 },
    {
      name: 'Culture',
      type: 'string',
      coverage: { state: 'approximated', why: 'text is compared as in the invariant culture' },
    },
    { name: 'CaseSensitive', type: 'switch' },
  ],
  start: (call) => {
    const inputs: Value[] = [];
    return {
      process() {
        const input = call.get('InputObject');
        if (input !== null && input !== undefined) inputs.push(input);
      },
      end() {
        const reader = keyReader(call, itemsOf(call.get('Property')), { ordered: true });
        const order = keyOrder(call, reader.expressions, {
          ignoreCase: !call.isOn('CaseSensitive'),
          descending: call.isOn('Descending'),
        });
        const entries = inputs.map((input) => reader.read(input));
        // PowerShell's own sort moves equals about; with these parameters it keeps their order.
        const isStable = call.isOn('Stable') || call.has('Top') || call.has('Bottom');
        let sorted = isStable ? entries.sort(order) : introspectiveSort(entries, order);
        if (call.isOn('Unique')) sorted = firstOfEach(sorted, order);
        const top = call.get('Top');
        const bottom = call.get('Bottom');
        if (typeof top === 'number') sorted = sorted.slice(0, top);
        if (typeof bottom === 'number') sorted = sorted.slice(-bottom);
        for (const { input } of sorted) call.write(input);
      },
    };
  },
};

function firstOfEach(sorted: readonly Keyed[], order: (left: Keyed, right: Keyed) => number): Keyed[] {
  let last: Keyed | undefined;
  return sorted.filter((entry) => {
    if (last !== undefined && order(last, entry) === 0) return false;
    last = entry;
    return true;
  });
}
