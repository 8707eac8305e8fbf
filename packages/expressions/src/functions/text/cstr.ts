import type { FunctionDefinition } from '../definition.ts';

/** `CStr([dn])`: numbers, booleans, dates and references as the text they print. */
export const cstr: FunctionDefinition = {
  name: 'CStr',
  summary: 'The value as text.',
  parameters: [{ name: 'value', type: 'String' }],
  result: 'String',
  bind: (call) => call.text('value'),
};
