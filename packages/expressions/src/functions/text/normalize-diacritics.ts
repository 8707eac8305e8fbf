import type { FunctionDefinition } from '../definition.ts';

/** `NormalizeDiacritics([givenName])`: to plain letters, not to German pairs: ä is a. Other characters pass through. */
export const normalizeDiacritics: FunctionDefinition = {
  name: 'NormalizeDiacritics',
  summary: 'The text with accented letters replaced by plain ones.',
  parameters: [{ name: 'source', type: 'String' }],
  result: 'String',
  bind(call) {
    const source = call.text('source');
    return (scope) => {
      const text = source(scope);
      return text === null ? null : withoutDiacritics(text);
    };
  },
};

/** The table's exceptions; plain œ is missing there while œ with macron is present, and is taken to be meant. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['ø', 'oe'],
  ['Ø', 'OE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['ß', 'ss'],
  ['ẞ', 'SS'],
  ['ı', 'i'],
  ['ł', 'l'],
  ['Ł', 'L'],
]);

function withoutDiacritics(text: string): string {
  const decomposed = text
    .normalize('NFD')
    .replaceAll(/([æøœ])\p{Mn}+/giu, '$1')
    .replaceAll(/[æøœßẞıł]/giu, (letter) => exceptions.get(letter) ?? letter);
  // Marks fall only from these letters; what is left is put together again.
  return decomposed.replaceAll(/([acdegilnorstuyz])\p{Mn}+/giu, '$1').normalize('NFC');
}
