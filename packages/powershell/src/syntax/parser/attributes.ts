import type { AttributeAst, ExpressionAst, NamedAttributeArgument, TypeConstraint } from '../tree/index.ts';
import { parseExpression } from './expressions.ts';
import { parseSimpleName } from './names.ts';
import type { Parser } from './parser.ts';
import { errorExpression, skipTo } from './recovery.ts';
import { parseTypeNameTokens } from './type-names.ts';

/**
 * Attributes and types in brackets, one after another.
 * @param beforeOperand in an expression a type may be a value of its own, so that an end of line behind it counts
 */
export function parseAttributes(parser: Parser, beforeOperand: boolean): (AttributeAst | TypeConstraint)[] {
  const attributes: (AttributeAst | TypeConstraint)[] = [];
  for (;;) {
    const attribute = parseAttribute(parser);
    if (attribute === undefined) return attributes;
    attributes.push(attribute);
    if (!beforeOperand || attribute.kind === 'attribute') parser.skipNewlines();
  }
}

/** `[Name(arguments)]` or `[type]`. */
export function parseAttribute(parser: Parser): AttributeAst | TypeConstraint | undefined {
  return parser.rememberedAttribute(() => readAttribute(parser));
}

function readAttribute(parser: Parser): AttributeAst | TypeConstraint | undefined {
  const open = parser.attributeStart();
  if (open === undefined) return undefined;
  parser.skipNewlines();
  const typeName = parseTypeNameTokens(parser, true);
  if (typeName === undefined) {
    parser.goBack(open);
    parser.reportAfter('MissingTypename', open);
    return undefined;
  }
  const next = parser.next();
  if (next.kind !== '(') {
    let { end } = next;
    if (next.kind !== ']') {
      parser.unget(next);
      parser.reportBefore('EndSquareBracketExpectedAtEndOfAttribute', next);
      ({ end } = typeName);
    }
    return { kind: 'typeConstraint', typeName, start: open.start, end };
  }
  parser.skipNewlines();
  const { mode, commaMakesArrays } = parser;
  parser.setMode('expression');
  parser.commaMakesArrays = false;
  const { positional, named, end } = parseArguments(parser, next.end);
  parser.commaMakesArrays = commaMakesArrays;
  parser.setMode(mode);
  return { kind: 'attribute', typeName, positional, named, start: open.start, end: closeAttribute(parser, end) };
}

/** `)]`; answers where the attribute ends. */
function closeAttribute(parser: Parser, lastEnd: number): number {
  parser.skipNewlines();
  const round = parser.take(')');
  if (round === undefined) parser.report('MissingEndParenthesisInExpression', lastEnd, lastEnd);
  parser.skipNewlines();
  const square = parser.take(']');
  if (square !== undefined) return square.end;
  // One error for a missing `)]` is enough.
  if (round === undefined) return lastEnd;
  parser.reportAfter('EndSquareBracketExpectedAtEndOfAttribute', round);
  return round.end;
}

interface AttributeArguments {
  readonly positional: ExpressionAst[];
  readonly named: NamedAttributeArgument[];
  readonly end: number;
}

function parseArguments(parser: Parser, start: number): AttributeArguments {
  const positional: ExpressionAst[] = [];
  const named: NamedAttributeArgument[] = [];
  const seen = new Set<string>();
  let end = start;
  let comma = false;
  for (;;) {
    parser.skipNewlines();
    const name = parseSimpleName(parser);
    if (name !== undefined) {
      const argument = parseNamed(parser, name);
      if (!argument.omitted) end = argument.end;
      if (seen.has(name.value)) parser.reportAt('DuplicateNamedArgument', name, name.value);
      else named.push(argument);
      seen.add(name.value);
    } else {
      let argument = parseExpression(parser);
      if (argument === undefined && comma) {
        parser.report('MissingExpressionAfterToken', end, end, ',');
        argument = errorExpression({ start: end, end });
      }
      if (argument !== undefined) {
        positional.push(argument);
        end = argument.end;
      }
    }
    parser.skipNewlines();
    const separator = parser.take(',');
    if (separator === undefined) return { positional, named, end };
    comma = true;
    end = separator.end;
  }
}

/** `Name = value` or only `Name`, which means true. */
function parseNamed(parser: Parser, name: { value: string; start: number; end: number }): NamedAttributeArgument {
  const equals = parser.take('=');
  const { start, end } = name;
  if (equals === undefined) {
    const value = {
      kind: 'variable',
      path: 'true',
      scope: undefined,
      name: 'true',
      splatted: false,
      start,
      end,
    } as const;
    return { name: name.value, value, omitted: true, start, end };
  }
  parser.skipNewlines();
  let value = parseExpression(parser);
  if (value === undefined) {
    parser.reportAfter('MissingExpressionInNamedArgument', equals);
    value = errorExpression({ start: equals.end, end: equals.end });
    skipTo(parser, true, ',', ')', ']', 'newline');
  }
  return { name: name.value, value, omitted: false, start, end: value.end };
}
