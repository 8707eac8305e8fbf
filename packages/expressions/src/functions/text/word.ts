import type { FunctionDefinition } from '../definition.ts';

/**
 * `Word([userPrincipalName], 1, "@")`: the words between delimiter characters, counted from 1. Empty words count (vector W5),
 * a word that is not there is the empty text (W4), a text without delimiters is one word (W7).
 */
export const word: FunctionDefinition = {
  name: 'Word',
  summary: 'One word of a text, by its number.',
  parameters: [
    { name: 'String', type: 'String' },
    { name: 'WordNumber', type: 'Integer' },
    { name: 'Delimiters', type: 'String' },
  ],
  result: 'String',
  bind(call) {
    const source = call.text('String');
    const number = call.count('WordNumber');
    const delimiters = call.text('Delimiters');
    return (scope) => {
      const text = source(scope);
      if (text === null) return '';
      const wanted = number(scope);
      const separators = new Set(delimiters(scope) ?? '');
      let current = 1;
      let start = 0;
      let offset = 0;
      for (const character of text) {
        if (separators.has(character)) {
          if (current === wanted) return text.slice(start, offset);
          current++;
          start = offset + character.length;
        }
        offset += character.length;
      }
      return current === wanted ? text.slice(start) : '';
    };
  },
};
