import type { FunctionDefinition } from '../definition.ts';

export const count: FunctionDefinition = {
  name: 'Count',
  summary: 'How many values a list has; 0 for an absent attribute.',
  parameters: [{ name: 'attribute', type: 'List' }],
  result: 'Integer',
  bind(call) {
    const list = call.list('attribute');
    return (scope) => BigInt(list(scope).length);
  },
};
