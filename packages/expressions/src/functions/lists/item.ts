import type { FunctionDefinition } from '../definition.ts';

/** `Item([proxyAddresses], 1)`, counted from 1. An absent attribute gives null; an item that a list does not have is an error. */
export const item: FunctionDefinition = {
  name: 'Item',
  summary: 'One value of a list, by its number.',
  parameters: [
    { name: 'attribute', type: 'List' },
    { name: 'index', type: 'Integer' },
  ],
  result: 'Any',
  bind(call) {
    const list = call.list('attribute');
    const index = call.count('index');
    return (scope) => {
      const items = list(scope);
      if (items.length === 0) return null;
      const number = index(scope);
      const found = items[number - 1];
      if (found === undefined) {
        throw call.fault(
          'EXPRESSION_ITEM_MISSING',
          `There is no item ${number} in a list of ${items.length}.`,
          'index',
        );
      }
      return found;
    };
  },
};
