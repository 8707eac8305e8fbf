import { sliceText } from '../../values/slice.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `Left("John Doe", 3)` is `Joh`. Null gives the empty text, a negative count the whole text (vector L2). */
export const left: FunctionDefinition = {
  name: 'Left',
  summary: 'The first characters of a text.',
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
      return length < 0 ? text : sliceText(text, 0, length);
    };
  },
};
