import type { StringConstant } from '../tree/index.ts';
import type { Parser } from './parser.ts';

/** A name of letters, digits and underscores; keywords are names here. */
export function parseSimpleName(parser: Parser): StringConstant | undefined {
  const token = parser.peekName();
  if (token.kind !== 'identifier') return undefined;
  parser.skip();
  return { kind: 'string', value: token.value, quotes: 'bare', start: token.start, end: token.end };
}
