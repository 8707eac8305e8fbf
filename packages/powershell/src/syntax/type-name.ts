import { Parser } from './parser/parser.ts';
import { parseTypeNameTokens } from './parser/type-names.ts';
import type { TypeName } from './tree/index.ts';

/**
 * A type name without outer brackets: `int[]`, `System.Collections.Generic.List[string]`, `Name, Assembly`.
 * @returns `undefined` where the whole text, blanks around aside, is none
 */
export function parseTypeName(text: string): TypeName | undefined {
  const trimmed = text.trim();
  const parser = new Parser({ text: trimmed, file: undefined });
  const type = parseTypeNameTokens(parser, true);
  if (type === undefined || parser.errors.length > 0) return undefined;
  return parser.peek().kind === 'eof' ? type : undefined;
}
