import { printValue } from '../../values/print.ts';
import type { SingleValue } from '../../values/value.ts';
import type { FunctionDefinition } from '../definition.ts';

/** Keeps the first of equal values; texts that differ in case are different. */
export const removeDuplicates: FunctionDefinition = {
  name: 'RemoveDuplicates',
  summary: 'A list without repeated values.',
  parameters: [{ name: 'attribute', type: 'List' }],
  result: 'List',
  bind(call) {
    const list = call.list('attribute');
    return (scope) => {
      const found = new Map<string, SingleValue>();
      for (const value of list(scope)) {
        const text = printValue(value);
        if (!found.has(text)) found.set(text, value);
      }
      return found.size === 0 ? null : [...found.values()];
    };
  },
};
