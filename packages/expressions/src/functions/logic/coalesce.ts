import { toItems } from '../../values/value.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `Coalesce([mail], [userPrincipalName])`. Only null is skipped, an empty text is a value (vector E4). */
export const coalesce: FunctionDefinition = {
  name: 'Coalesce',
  summary: 'The first value that is present.',
  parameters: [{ name: 'source', aliases: ['defaultValue'], type: 'Any', repeating: 1, numbered: true }],
  result: 'Any',
  bind(call) {
    const sources = call.values('source');
    return (scope) => {
      for (const source of sources) {
        const value = source(scope);
        if (toItems(value).length > 0) return value;
      }
      return null;
    };
  },
};
