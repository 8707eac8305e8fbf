import type { FunctionDefinition } from '../definition.ts';

/**
 * `SelectUniqueValue(rule1, rule2, ...)`: the first candidate that no other object of the target has. Only the engine can ask
 * the target, so the compiler hands out the rules as candidates; see `select-unique-value.ts` beside the compiler.
 */
export const selectUniqueValue: FunctionDefinition = {
  name: 'SelectUniqueValue',
  summary: 'The first of several values that is still free in the target; on create only.',
  parameters: [{ name: 'rule', type: 'String', repeating: 2, numbered: true }],
  result: 'String',
  bind: (call) => () => {
    throw call.fault('EXPRESSION_NEEDS_TARGET', 'Whether a value is unique can only be answered by the target.');
  },
};
