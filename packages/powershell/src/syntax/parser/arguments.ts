import type { Token } from '../tokenizer/token.ts';
import type { ExpressionAst } from '../tree/index.ts';
import type { Parser } from './parser.ts';
import { parsePrimary } from './primary.ts';
import { errorExpression } from './recovery.ts';
import { expandableExpression } from './strings.ts';

/**
 * Where a word stands. A plain command `name` does not expand; one after `&` or `.` (`target`) does. Only an `argument`
 * may be a list with commas; a `single` is the name of a file or the condition of a switch clause.
 */
export type ArgumentPlace = 'name' | 'target' | 'argument' | 'single';

/** One argument in command mode, wherever it stands. `undefined` where none begins. */
export function parseSingleArgument(parser: Parser, place: ArgumentPlace): ExpressionAst | undefined {
  const { kind } = parser.peek();
  if (kind === ',' || kind === 'eof') return undefined;
  const { mode } = parser;
  parser.setMode('command');
  const argument = parseArgument(parser, place, parser.next());
  parser.setMode(mode);
  return argument;
}

/** The argument that begins with a token, which was read. `undefined`, with the token put back, where none begins. */
export function parseArgument(parser: Parser, place: ArgumentPlace, first: Token): ExpressionAst | undefined {
  const values: ExpressionAst[] = [];
  let token = first;
  let comma: Token | undefined;
  for (;;) {
    const value = parseWord(parser, place, token);
    if (value === undefined) {
      parser.unget(token);
      if (comma === undefined) return undefined;
      parser.reportAfter('MissingExpression', comma, ',');
      return errorExpression({ start: first.start, end: comma.end }, values);
    }
    values.push(value);
    // What comes after `--%` is taken word for word.
    if (place !== 'argument' || (token.kind === 'generic' && token.value === '--%')) break;
    comma = parser.take(',');
    if (comma === undefined) break;
    parser.skipNewlines();
    token = parser.next();
  }
  const [only] = values;
  if (values.length === 1 || only === undefined) return only;
  return { kind: 'arrayLiteral', elements: values, start: only.start, end: values.at(-1)?.end ?? only.end };
}

function endsArgument({ kind }: Token): boolean {
  switch (kind) {
    case '|':
    case '}':
    case ')':
    case 'eof':
    case 'newline':
    case ';':
    case 'redirection':
    case '<':
    case '&&':
    case '||':
    case '&':
    case '--':
    case ',':
      return true;
    default:
      return false;
  }
}

function parseWord(parser: Parser, place: ArgumentPlace, token: Token): ExpressionAst | undefined {
  if (endsArgument(token)) return undefined;
  switch (token.kind) {
    case 'variable':
    case 'splatted':
    case 'number':
    case 'string':
    case 'expandable':
    case 'hereString':
    case 'hereExpandable':
    case '(':
    case '$(':
    case '@(':
    case '@{':
    case '{':
      parser.unget(token);
      return parsePrimary(parser, true);
    case 'generic':
      if (place !== 'name') return expandableExpression(parser, token, 'bare');
      return { kind: 'string', value: token.value, quotes: 'bare', start: token.start, end: token.end };
    default:
      return { kind: 'string', value: parser.text(token), quotes: 'bare', start: token.start, end: token.end };
  }
}
