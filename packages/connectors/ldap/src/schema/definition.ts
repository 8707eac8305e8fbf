import { type Token, tokensOf } from './tokens.ts';

/** A definition as it stands in the subschema: its OID and, by keyword in upper case, the texts that follow the keyword. */
export interface Definition {
  /** As written; 389 and others use names such as `sslVersionMin-oid` (LDAP sheet 3.3). */
  readonly oid: string;
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

/** Keywords that stand alone (RFC 4512 4.1.1, 4.1.2). */
const FLAGS: ReadonlySet<string> = new Set([
  'OBSOLETE',
  'SINGLE-VALUE',
  'COLLECTIVE',
  'NO-USER-MODIFICATION',
  'ABSTRACT',
  'STRUCTURAL',
  'AUXILIARY',
]);

/** The longest text that is shown of a token nobody expected. */
const SHOWN = 40;

/**
 * Reads a definition of any kind (RFC 4512 4.1): the grammars differ in their keywords only. Keywords nobody knows are kept with
 * their values, one value may stand with or without quotes, and the members of a list with or without `$` between them.
 * @returns the definition, or why it is none; never throws (L21)
 */
export function parseDefinition(text: string): Definition | { readonly reason: string } {
  const tokens = tokensOf(text);
  if ('reason' in tokens) return tokens;
  if (tokens[0]?.kind !== 'open') return { reason: 'it does not begin with a parenthesis' };
  if (tokens.at(-1)?.kind !== 'close') return { reason: 'it does not end with a parenthesis' };
  const [, first] = tokens;
  if (first === undefined || !('text' in first) || first.text === '' || first.text.toUpperCase() === 'NAME') {
    return { reason: 'it has no object identifier' };
  }
  const fields = new Map<string, readonly string[]>();
  const end = tokens.length - 1;
  let at = 2;
  while (at < end) {
    const token = tokens[at];
    if (token?.kind !== 'word') return { reason: `a keyword is expected instead of ${shown(token)}` };
    const keyword = token.text.toUpperCase();
    const values = FLAGS.has(keyword) ? { texts: [], next: at + 1 } : readValues(tokens, at + 1, end, keyword);
    if ('reason' in values) return values;
    fields.set(keyword, [...(fields.get(keyword) ?? []), ...values.texts]);
    at = values.next;
  }
  return { oid: first.text, fields };
}

interface Values {
  readonly texts: readonly string[];
  readonly next: number;
}

function readValues(
  tokens: readonly Token[],
  from: number,
  end: number,
  keyword: string,
): Values | { readonly reason: string } {
  const first = from < end ? tokens[from] : undefined;
  if (first !== undefined && 'text' in first) {
    // An extension without a value is followed by the next keyword, which is never quoted.
    if (first.kind === 'word' && keyword.startsWith('X-')) return { texts: [], next: from };
    return { texts: [first.text], next: from + 1 };
  }
  if (first?.kind !== 'open') {
    return keyword.startsWith('X-') ? { texts: [], next: from } : { reason: `nothing follows ${shownText(keyword)}` };
  }
  const texts: string[] = [];
  for (let at = from + 1; at < end; at += 1) {
    const token = tokens[at];
    if (token?.kind === 'close') return { texts, next: at + 1 };
    if (token === undefined || token.kind === 'open') break;
    if ('text' in token) texts.push(token.text);
  }
  return { reason: `the list after ${shownText(keyword)} has no end` };
}

function shown(token: Token | undefined): string {
  if (token === undefined) return 'nothing';
  if ('text' in token) return `'${shownText(token.text)}'`;
  return token.kind === 'open' ? '(' : token.kind === 'close' ? ')' : '$';
}

function shownText(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
