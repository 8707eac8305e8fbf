import type { Token } from '../tokenizer/token.ts';
import type { ExpressionAst, FunctionMember } from '../tree/index.ts';
import type { MemberHead } from './classes.ts';
import { parseParameters } from './functions.ts';
import { parseCallArguments } from './members.ts';
import type { Parser } from './parser.ts';
import { parseScriptBlock } from './script-blocks.ts';

/** `Name(parameters) : base(arguments) { }`; stands behind the name. `undefined` after an error. */
export function parseMethod(
  parser: Parser,
  name: Token,
  className: string,
  head: MemberHead,
): FunctionMember | undefined {
  const hasParameters = parser.peek().kind === '(';
  const declared = hasParameters ? parseParameters(parser) : undefined;
  if (declared === undefined) parser.reportAfter('MissingMethodParameterList', name);
  let { failedAt } = declared ?? {};
  const text = parser.text(name);
  const isConstructor = text.toLowerCase() === className.toLowerCase();
  let baseArguments: readonly ExpressionAst[] | undefined;
  if (isConstructor && !head.isStatic) {
    parser.skipNewlines();
    const base = parseBaseCall(parser);
    baseArguments = base.values;
    failedAt = base.failedAt ?? failedAt;
  }
  const open = parser.take('{');
  if (open === undefined && failedAt === undefined) {
    failedAt = declared?.end ?? name.end;
    parser.report('MissingFunctionBody', failedAt, failedAt);
  }
  if (open === undefined || failedAt !== undefined) return undefined;
  const { mode } = parser;
  parser.setMode('command');
  const body = parseScriptBlock(parser, open, false);
  parser.setMode(mode);
  return {
    kind: 'method',
    name: text,
    nameExtent: { start: name.start, end: name.end },
    attributes: head.attributes,
    returnType: head.type,
    parameters: declared?.parameters ?? [],
    body,
    baseArguments,
    isStatic: head.isStatic,
    isHidden: head.isHidden,
    isConstructor,
    start: head.start,
    end: body.end,
  };
}

/** `: base(arguments)` of a constructor, which may be left out. */
function parseBaseCall(parser: Parser): { values: readonly ExpressionAst[] | undefined; failedAt?: number } {
  const { mode } = parser;
  parser.setMode('signature');
  const result = readBaseCall(parser);
  parser.setMode(mode);
  return result;
}

function readBaseCall(parser: Parser): { values: readonly ExpressionAst[] | undefined; failedAt?: number } {
  const colon = parser.take(':');
  if (colon === undefined) return { values: undefined };
  parser.skipNewlines();
  const word = parser.take('base');
  if (word === undefined) {
    parser.reportAfter('MissingBaseCtorCall', colon);
    return { values: undefined, failedAt: colon.end };
  }
  parser.skipNewlines();
  const open = parser.take('(');
  if (open === undefined) {
    parser.reportAfter('MissingMethodParameterList', word);
    return { values: undefined, failedAt: word.end };
  }
  const { values } = parseCallArguments(parser, open);
  parser.skipNewlines();
  return { values };
}
