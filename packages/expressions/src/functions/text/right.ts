import { sliceText } from '../../values/slice.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `Right("John Doe", 3)` is `Doe`. Null and negative counts as in Left. */
export const right: FunctionDefinition = {
  name: 'Right',
  summary: 'The last characters of a text.',
  parameters: [
    { name: 'String', type: 'String' },
    { name: 'NumChars', type: 'Integer' },
  ],
  result: 'String',
  bind(call) {
    const source = call.text('String');
    const count = call.count('NumChars');
    return (scope) => {
      const text = source(scope);
      if (text === null) return '';
      const length = count(scope);
      return length < 0 ? text : sliceText(text, Math.max(0, text.length - length), text.length);
    };
  },
};
