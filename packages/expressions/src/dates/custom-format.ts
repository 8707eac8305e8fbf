import { problem } from '@joinery/problems';

const letters = ['d', 'M', 'y', 'h', 'H', 'm', 's', 'f', 'F', 't', 'z', 'K'] as const;
export type FormatLetter = (typeof letters)[number];

/** A piece of a .NET custom date format: a run of one letter, or text that stands for itself. */
export type FormatToken =
  | { readonly kind: 'field'; readonly letter: FormatLetter; readonly count: number }
  | { readonly kind: 'literal'; readonly text: string };

/** .NET's one-letter standard formats in the invariant culture. */
const standardFormats: ReadonlyMap<string, string> = new Map([
  ['d', 'MM/dd/yyyy'],
  ['D', 'dddd, dd MMMM yyyy'],
  ['f', 'dddd, dd MMMM yyyy HH:mm'],
  ['F', 'dddd, dd MMMM yyyy HH:mm:ss'],
  ['g', 'MM/dd/yyyy HH:mm'],
  ['G', 'MM/dd/yyyy HH:mm:ss'],
  ['M', 'MMMM dd'],
  ['m', 'MMMM dd'],
  ['o', 'yyyy-MM-ddTHH:mm:ss.fffffffK'],
  ['O', 'yyyy-MM-ddTHH:mm:ss.fffffffK'],
  ['R', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"],
  ['r', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"],
  ['s', 'yyyy-MM-ddTHH:mm:ss'],
  ['t', 'HH:mm'],
  ['T', 'HH:mm:ss'],
  ['u', "yyyy-MM-dd HH:mm:ss'Z'"],
  ['y', 'yyyy MMMM'],
  ['Y', 'yyyy MMMM'],
]);

const longestRun: ReadonlyMap<string, number> = new Map([
  ['f', 7],
  ['F', 7],
  ['K', 1],
]);

/**
 * Reads a .NET custom date format (engine sheet 21.5: d M y h H m s f F t z K, quoted literals, backslash; anything else,
 * `Z` and `T` among it, stands for itself). A single letter is a standard format; `%` before it makes it a custom one.
 * @throws EXPRESSION_ARGUMENT_INVALID for an unclosed quote, a trailing backslash or too long a run
 */
export function readFormat(format: string): FormatToken[] {
  const tokens: FormatToken[] = [];
  const source = standardFormats.get(format) ?? (/^%.$/.test(format) ? format.slice(1) : format);
  for (let offset = 0; offset < source.length; ) {
    const character = source[offset] ?? '';
    const letter = letters.find((known) => known === character);
    if (letter !== undefined) {
      let count = 1;
      while (source[offset + count] === character) count++;
      if (count > (longestRun.get(letter) ?? Number.POSITIVE_INFINITY)) {
        throw invalid(format, `${letter} is repeated ${count} times`);
      }
      tokens.push({ kind: 'field', letter, count });
      offset += count;
    } else if (character === '\\') {
      const escaped = source[offset + 1];
      if (escaped === undefined) throw invalid(format, 'it ends in a backslash');
      tokens.push({ kind: 'literal', text: escaped });
      offset += 2;
    } else if (character === "'" || character === '"') {
      const end = source.indexOf(character, offset + 1);
      if (end === -1) throw invalid(format, 'a quote is not closed');
      tokens.push({ kind: 'literal', text: source.slice(offset + 1, end) });
      offset = end + 1;
    } else {
      tokens.push({ kind: 'literal', text: character });
      offset++;
    }
  }
  if (tokens.length === 0) throw invalid(format, 'it is empty');
  return tokens;
}

function invalid(format: string, why: string): Error {
  return problem('EXPRESSION_ARGUMENT_INVALID', `${JSON.stringify(format)} is not a date format: ${why}.`);
}
