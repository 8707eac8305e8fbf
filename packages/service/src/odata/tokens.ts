import { problem } from '@joinery/problems';

export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly text: string; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: '(' | ')' | ','; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

/** Longest `$filter` that is read. */
const longest = 8_000;
/** Names with `/`, numbers, GUIDs, dates: everything without a blank, a quote, a bracket or a comma. */
const word = /[^\s'(),]+/y;
/** A quote inside is doubled (graph sheet 10). */
const quoted = /'((?:[^']|'')*)'/y;

/**
 * The tokens of a `$filter`, with their places counted from 1.
 * @throws SERVICE_FILTER_SYNTAX
 */
export function tokenise(text: string): readonly Token[] {
  if (text.length > longest) throw filterSyntax(`The filter has more than ${longest} characters`, longest + 1);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (/\s/.test(character)) {
      at += 1;
    } else if (character === '(' || character === ')' || character === ',') {
      tokens.push({ kind: 'symbol', text: character, at: at + 1 });
      at += 1;
    } else {
      const pattern = character === "'" ? quoted : word;
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match === null) throw filterSyntax('The text that begins here has no closing quote', at + 1);
      const [all, inner] = match;
      tokens.push(
        character === "'"
          ? { kind: 'string', text: (inner ?? '').replaceAll("''", "'"), at: at + 1 }
          : { kind: 'word', text: all, at: at + 1 },
      );
      at += all.length;
    }
  }
  tokens.push({ kind: 'end', at: text.length + 1 });
  return tokens;
}

export function filterSyntax(what: string, at: number): Error {
  return problem('SERVICE_FILTER_SYNTAX', `${what}, at position ${at}.`, { place: '$filter' });
}
