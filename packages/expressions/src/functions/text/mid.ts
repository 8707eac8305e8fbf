import { sliceText } from '../../values/slice.ts';
import type { FunctionDefinition } from '../definition.ts';

/**
 * `Mid([givenName], 1, 3)`: from a position, counted from 1. A start before the first or behind the last character gives
 * the whole text (vector L6, as the sister product documents it); null stays null, so that nothing flows.
 */
export const mid: FunctionDefinition = {
  name: 'Mid',
  summary: 'Characters from the middle of a text.',
  parameters: [
    { name: 'source', type: 'String' },
    { name: 'start', type: 'Integer' },
    { name: 'length', type: 'Integer' },
  ],
  result: 'String',
  bind(call) {
    const source = call.text('source');
    const start = call.count('start');
    const length = call.count('length');
    return (scope) => {
      const text = source(scope);
      if (text === null) return null;
      const from = start(scope) - 1;
      const count = length(scope);
      if (count <= 0) return '';
      if (from < 0 || from >= text.length) return text;
      return sliceText(text, from, from + count);
    };
  },
};
