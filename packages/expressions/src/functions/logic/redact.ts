import type { FunctionDefinition } from '../definition.ts';

/** Passes the value on. Its presence alone makes the outcome redacted: see the compiler. */
export const redact: FunctionDefinition = {
  name: 'Redact',
  summary: 'The value, hidden from every log as [Redact].',
  parameters: [{ name: 'value', type: 'Any' }],
  result: 'Any',
  bind: (call) => call.value('value'),
};
