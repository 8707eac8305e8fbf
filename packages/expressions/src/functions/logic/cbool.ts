import type { FunctionDefinition } from '../definition.ts';

/** `CBool([a] = [b])`; also reads `true`/`false` and numbers, zero being false. */
export const cbool: FunctionDefinition = {
  name: 'CBool',
  summary: 'True or False, from a comparison, a text or a number.',
  parameters: [{ name: 'Expression', type: 'Condition' }],
  result: 'Boolean',
  bind: (call) => call.condition('Expression'),
};
