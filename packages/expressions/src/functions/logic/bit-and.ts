import type { FunctionDefinition } from '../definition.ts';

/** `BitAnd(&HF, &HF7)` is 7. */
export const bitAnd: FunctionDefinition = {
  name: 'BitAnd',
  summary: 'The bits that two integers have in common.',
  parameters: [
    { name: 'value1', type: 'Integer' },
    { name: 'value2', type: 'Integer' },
  ],
  result: 'Integer',
  bind(call) {
    const first = call.integer('value1');
    const second = call.integer('value2');
    return (scope) => first(scope) & second(scope);
  },
};
