import type { FunctionDefinition } from '../definition.ts';

/**
 * `Split("inetOrgPerson,posixAccount", ",")`. Values are trimmed (vector S1); empty ones are left out, because no directory
 * takes them; the delimiter is a comma when none is given (both unverified for the original).
 */
export const split: FunctionDefinition = {
  name: 'Split',
  summary: 'The parts of a text as a list.',
  parameters: [
    { name: 'source', type: 'String' },
    { name: 'delimiter', type: 'String', optional: true },
  ],
  result: 'List',
  bind(call) {
    const source = call.text('source');
    const delimiter = call.text('delimiter');
    return (scope) => {
      const text = source(scope);
      if (text === null) return null;
      const parts = text.split(delimiter(scope) || ',').map((part) => part.trim());
      const values = parts.filter((part) => part !== '');
      return values.length === 0 ? null : values;
    };
  },
};
