import type { FunctionDefinition } from '../definition.ts';

/** `CDate("2021-06-30+08:00")`: the instant in UTC; without an offset the text is UTC already. */
export const cdate: FunctionDefinition = {
  name: 'CDate',
  summary: 'The date that a text spells.',
  parameters: [{ name: 'expression', type: 'DateTime' }],
  result: 'DateTime',
  bind: (call) => call.date('expression'),
};
