import { BoundedText } from '../../values/bounded-text.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `Prepend("x-", [mail])`; nulls as in Append. */
export const prepend: FunctionDefinition = {
  name: 'Prepend',
  summary: 'Puts a text before another.',
  parameters: [
    { name: 'prefix', type: 'String' },
    { name: 'source', type: 'String' },
  ],
  result: 'String',
  bind(call) {
    const prefix = call.text('prefix');
    const source = call.text('source');
    return (scope) => {
      const text = source(scope);
      if (text === null) return null;
      const result = new BoundedText();
      result.add(prefix(scope) ?? '');
      result.add(text);
      return result.toString();
    };
  },
};
