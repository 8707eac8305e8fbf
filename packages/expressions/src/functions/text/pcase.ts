import { toLower, toUpper } from '../../values/letter-case.ts';
import type { FunctionDefinition } from '../definition.ts';

/** `PCase("PABLO GONSALVES")`: every word begins with a capital and goes on in lower case. */
export const pcase: FunctionDefinition = {
  name: 'PCase',
  summary: 'The text with a capital at the start of every word.',
  parameters: [
    { name: 'source', type: 'String' },
    { name: 'wordSeparators', type: 'String', optional: true },
  ],
  result: 'String',
  bind(call) {
    const source = call.text('source');
    const separators = call.has('wordSeparators') ? call.text('wordSeparators') : undefined;
    return (scope) => {
      const text = source(scope);
      if (text === null) return null;
      const given = separators?.(scope);
      return given === null || given === undefined ? titleCase(text) : capitalise(text, new Set(given));
    };
  },
};

/** With separators given, only they end a word. */
function capitalise(text: string, separators: ReadonlySet<string>): string {
  let result = '';
  let atStart = true;
  for (const character of toLower(text)) {
    result += atStart ? toUpper(character) : character;
    atStart = separators.has(character);
  }
  return result;
}

/**
 * .NET's ToTitleCase over the lower-cased text: a word begins at the first letter and ends at white space, punctuation or a
 * symbol, but an apostrophe inside it belongs to it.
 */
function titleCase(text: string): string {
  let result = '';
  let inWord = false;
  for (const character of toLower(text)) {
    if (inWord) {
      result += character;
      inWord = character === "'" || !/[\p{Z}\p{Cc}\p{Cf}\p{P}\p{S}]/u.test(character);
    } else {
      inWord = /\p{L}/u.test(character);
      result += inWord ? toUpper(character) : character;
    }
  }
  return result;
}
