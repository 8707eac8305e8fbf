import { netFailure } from '../../errors/raise.ts';

export function syntaxError(message: string): Error {
  return netFailure('System.Data.SyntaxErrorException', message);
}

export function evaluateError(message: string): Error {
  return netFailure('System.Data.EvaluateException', message);
}

export type Token = {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'date' | 'sign' | 'end';
  readonly text: string;
};

const tokenPattern =
  /\s*(?:'((?:[^']|'')*)'|\[((?:[^\]\\]|\\.)*)\]|`([^`]*)`|#([^#]*)#|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(<>|<=|>=|[=<>()+\-*/%,]))/uy;

export function tokens(filter: string): Token[] {
  const found: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  const end = filter.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const match = pattern.exec(filter);
    if (match === null)
      throw syntaxError(`The expression contains an invalid character or an open quote at position ${at}.`);
    const [, text, bracketed, quoted, date, number, word, sign] = match;
    if (text !== undefined) found.push({ kind: 'text', text: text.replaceAll("''", "'") });
    else if (bracketed !== undefined) found.push({ kind: 'name', text: bracketed.replace(/\\(.)/g, '$1') });
    else if (quoted !== undefined) found.push({ kind: 'name', text: quoted });
    else if (date !== undefined) found.push({ kind: 'date', text: date });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (word !== undefined) found.push({ kind: 'word', text: word });
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign });
  }
  return found;
}

/**
 * The column whose index ADO.NET searches, so that the rows come in its order: the first that is compared with a literal.
 * `undefined` where the filter has an OR.
 */
export function searchedColumn(filter: string): string | undefined {
  const all = tokens(filter);
  if (all.some(({ kind, text }) => kind === 'word' && text.toUpperCase() === 'OR')) return undefined;
  const at = all.findIndex(({ kind }, index) => {
    const [sign, literal, next] = all.slice(index + 1, index + 4);
    const isColumn = kind === 'name' || kind === 'word';
    const isCompared = sign?.kind === 'sign' && /^[<>=]/.test(sign.text);
    const isLiteral = literal !== undefined && ['text', 'number', 'date'].includes(literal.kind);
    return isColumn && isCompared && isLiteral && !(next?.kind === 'sign' && /[-+*/%]/.test(next.text));
  });
  return all[at]?.text;
}
