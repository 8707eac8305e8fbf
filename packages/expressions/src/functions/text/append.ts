import { BoundedText } from '../../values/bounded-text.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `Append([mail], ".test")`. A null source stays null, so that nothing flows; a null suffix adds nothing. */
export const append: FunctionDefinition = {
  name: 'Append',
  summary: 'Puts a text behind another.',
  parameters: [
    { name: 'source', type: 'String' },
    { name: 'suffix', type: 'String' },
  ],
  result: 'String',
  bind(call) {
    const source = call.text('source');
    const suffix = call.text('suffix');
    return (scope) => {
      const text = source(scope);
      if (text === null) return null;
      const result = new BoundedText();
      result.add(text);
      result.add(suffix(scope) ?? '');
      return result.toString();
    };
  },
};
