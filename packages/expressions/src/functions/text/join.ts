import { BoundedText } from '../../values/bounded-text.ts';
import { printValue } from '../../values/print.ts';
import { toItems } from '../../values/value.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `Join(" ", [givenName], [surname])`. Null and empty parts are skipped, the values of a list are parts of their own. */
export const join: FunctionDefinition = {
  name: 'Join',
  summary: 'Joins texts and the values of lists, with a separator between them.',
  parameters: [
    { name: 'separator', type: 'String' },
    { name: 'source', type: 'List', repeating: 1 },
  ],
  result: 'String',
  bind(call) {
    const separator = call.text('separator');
    const sources = call.values('source');
    return (scope) => {
      const between = separator(scope) ?? '';
      const result = new BoundedText();
      let first = true;
      for (const source of sources) {
        for (const item of toItems(source(scope))) {
          const text = printValue(item);
          if (text === '') continue;
          if (!first) result.add(between);
          result.add(text);
          first = false;
        }
      }
      // Parts that are all absent leave the attribute absent: a null source never flows as an empty text.
      return first ? null : result.toString();
    };
  },
};
