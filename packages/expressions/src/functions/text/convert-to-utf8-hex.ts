import { BoundedText } from '../../values/bounded-text.ts';
import type { FunctionDefinition } from '../definition.ts';

export const convertToUtf8Hex: FunctionDefinition = {
  name: 'ConvertToUTF8Hex',
  summary: 'The UTF-8 bytes of the text in upper-case hexadecimal.',
  parameters: [{ name: 'source', type: 'String' }],
  result: 'String',
  bind(call) {
    const source = call.text('source');
    return (scope) => {
      const text = source(scope);
      if (text === null) return null;
      const result = new BoundedText();
      result.add(Buffer.from(text, 'utf8').toString('hex').toUpperCase());
      return result.toString();
    };
  },
};
