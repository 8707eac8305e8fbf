import type { TokenKind } from '../tokenizer/token.ts';
import type { CommandAst, ErrorExpression, ExpressionAst, Extent, PipelineAst } from '../tree/index.ts';
import type { Parser } from './parser.ts';

/** Stands where an expression should be. */
export function errorExpression(
  { start, end }: Extent,
  nested: readonly (ExpressionAst | CommandAst)[] = [],
): ErrorExpression {
  return { kind: 'errorExpression', nested, start, end };
}

/** Stands where a statement should be, so that parsing goes on and finds further errors. */
export function errorStatement(start: number, end: number): PipelineAst {
  const expression = errorExpression({ start, end });
  return {
    kind: 'pipeline',
    elements: [{ kind: 'commandExpression', expression, redirections: [], start, end }],
    background: false,
    start,
    end,
  };
}

/**
 * After an error, skips to one of these tokens that stands outside of all brackets opened meanwhile; a closing one in the
 * list counts as opened before.
 * @param consume whether a closing bracket found is skipped, too
 */
export function skipTo(parser: Parser, consume: boolean, ...kinds: readonly TokenKind[]): void {
  let round = kinds.includes(')') ? 1 : 0;
  let curly = kinds.includes('}') ? 1 : 0;
  let square = kinds.includes(']') ? 1 : 0;
  for (;;) {
    const token = parser.next();
    let closed = false;
    switch (token.kind) {
      case '(':
        round++;
        break;
      case ')':
        closed = --round === 0 && kinds.includes(')');
        break;
      case '{':
        curly++;
        break;
      case '}':
        closed = --curly === 0 && kinds.includes('}');
        break;
      case '[':
        square++;
        break;
      case ']':
        closed = --square === 0 && kinds.includes(']');
        break;
      case 'eof':
        parser.unget(token);
        return;
    }
    if (closed) {
      if (!consume) parser.unget(token);
      return;
    }
    if (round === 0 && curly === 0 && square === 0 && kinds.includes(token.kind)) return;
  }
}
