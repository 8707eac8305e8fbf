/** What schema definitions are made of (RFC 4512 4.1). Quoted strings are kept apart from words: `'('` is a value, `(` is not. */
export type Token =
  | { readonly kind: 'open' | 'close' | 'dollar' }
  | { readonly kind: 'quoted' | 'word'; readonly text: string };

const BLANK = /\s/;
/** What ends a word; a quote inside one belongs to it, as in `o'clock`. */
const ENDS_WORD = /[\s()$]/;
/** RFC 4512 1.4: `qs` and `qq` are the only escapes of a quoted string. */
const ESCAPE = /\\(27|5c)/gi;

/**
 * Splits a definition into tokens. A quote in the middle of a quoted string, which some servers forget to escape, belongs to the
 * string: it only ends where a blank, a parenthesis, a `$` or nothing follows.
 * @returns the tokens, or why the text cannot be split
 */
export function tokensOf(definition: string): readonly Token[] | { readonly reason: string } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < definition.length) {
    const character = definition.charAt(at);
    if (BLANK.test(character)) at += 1;
    else if (character === '(' || character === ')' || character === '$') {
      tokens.push({ kind: character === '(' ? 'open' : character === ')' ? 'close' : 'dollar' });
      at += 1;
    } else if (character === "'") {
      const end = endOfQuoted(definition, at + 1);
      if (end < 0) return { reason: `the quoted string that begins at character ${at + 1} has no end` };
      tokens.push({ kind: 'quoted', text: unescaped(definition.slice(at + 1, end)) });
      at = end + 1;
    } else {
      let end = at + 1;
      while (end < definition.length && !ENDS_WORD.test(definition.charAt(end))) end += 1;
      tokens.push({ kind: 'word', text: definition.slice(at, end) });
      at = end;
    }
  }
  return tokens;
}

function endOfQuoted(text: string, from: number): number {
  for (let at = text.indexOf("'", from); at >= 0; at = text.indexOf("'", at + 1)) {
    if (at + 1 >= text.length || ENDS_WORD.test(text.charAt(at + 1))) return at;
  }
  return -1;
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(ESCAPE, (_, code: string) => (code === '27' ? "'" : '\\')) : text;
}
