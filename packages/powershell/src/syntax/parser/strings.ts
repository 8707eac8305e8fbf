import type { StringPart, Token } from '../tokenizer/token.ts';
import type { ExpandableString, StringConstant } from '../tree/index.ts';
import type { Parser } from './parser.ts';
import { parsePrimary, parseVariable } from './primary.ts';

type Part = ExpandableString['parts'][number];

/** The expression of a text that may expand: a constant where nothing in it does. */
export function expandableExpression(
  parser: Parser,
  token: Token,
  quotes: 'bare' | 'double' | 'doubleHere',
): ExpandableString | StringConstant {
  const { detail, value, start, end } = token;
  if (detail?.type !== 'parts') return { kind: 'string', value, quotes, start, end };
  parser.enter();
  const parts = detail.parts.map((part) => parsePart(parser, part));
  parser.leave();
  return { kind: 'expandableString', parts, quotes, value, start, end };
}

function parsePart(parser: Parser, part: StringPart): Part {
  if (typeof part === 'string') return part;
  if (part.kind !== 'subExpressionText') return parseVariable(parser, part);
  const inside = parser.nested(part, (nested) => parsePrimary(nested, false));
  // The text begins with `$(`, so that it is a sub-expression even where it does not end well.
  return inside?.kind === 'subExpression' ? inside : '';
}
