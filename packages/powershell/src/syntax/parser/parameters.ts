import type { Token } from '../tokenizer/token.ts';
import type { AttributeAst, ParameterAst, TypeConstraint } from '../tree/index.ts';
import { parseAttributes } from './attributes.ts';
import { parseExpression } from './expressions.ts';
import type { Parser } from './parser.ts';
import { skipTo } from './recovery.ts';

/** Parameters and commas between them, up to the closing parenthesis. */
export function parseParameterList(parser: Parser): ParameterAst[] {
  const parameters: ParameterAst[] = [];
  let comma: Token | undefined;
  for (;;) {
    const parameter = parseParameter(parser);
    if (parameter === undefined) {
      if (comma !== undefined) parser.reportAfter('MissingExpressionAfterToken', comma, ',');
      return parameters;
    }
    parameters.push(parameter);
    parser.skipNewlines();
    comma = parser.take(',');
    if (comma === undefined) return parameters;
  }
}

/** `[attributes] $name = default` */
function parseParameter(parser: Parser): ParameterAst | undefined {
  const { mode, commaMakesArrays } = parser;
  parser.commaMakesArrays = false;
  parser.setMode('expression');
  parser.skipNewlines();
  const attributes = parseAttributes(parser, false);
  parser.skipNewlines();
  const parameter = parseNameAndDefault(parser, attributes);
  parser.commaMakesArrays = commaMakesArrays;
  parser.setMode(mode);
  return parameter;
}

function parseNameAndDefault(
  parser: Parser,
  attributes: readonly (AttributeAst | TypeConstraint)[],
): ParameterAst | undefined {
  const kind = 'parameterDefinition';
  const first = attributes[0];
  const name = parser.take('variable') ?? parser.take('splatted');
  if (name === undefined) {
    const last = attributes.at(-1);
    if (first === undefined || last === undefined) return undefined;
    parser.reportAfter('InvalidFunctionParameter', last);
    skipTo(parser, true, ')');
    const extent = { start: first.start, end: last.end };
    return { kind, name: '__error__', attributes, defaultValue: undefined, nameExtent: extent, ...extent };
  }
  parser.skipNewlines();
  const equals = parser.take('=');
  let defaultValue: ParameterAst['defaultValue'];
  if (equals !== undefined) {
    parser.skipNewlines();
    defaultValue = parseExpression(parser);
    if (defaultValue === undefined) parser.reportAfter('MissingExpressionAfterToken', equals, '=');
  }
  const nameExtent = { start: name.start, end: name.end };
  const start = first?.start ?? name.start;
  return { kind, name: name.value, attributes, defaultValue, nameExtent, start, end: defaultValue?.end ?? name.end };
}
