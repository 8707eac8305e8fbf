import type { Token, TokenKind } from '../tokenizer/token.ts';
import type { ParameterAst, StatementAst } from '../tree/index.ts';
import { parseParameterList } from './parameters.ts';
import type { Parser } from './parser.ts';
import { errorStatement } from './recovery.ts';
import { parseScriptBlock } from './script-blocks.ts';

/** What cannot name a function; any other token can, as it could name a command. */
const noName: ReadonlySet<TokenKind> = new Set<TokenKind>([
  '|',
  '(',
  '{',
  '@(',
  '@{',
  '}',
  ')',
  'eof',
  ';',
  'redirection',
  '<',
  '&&',
  '||',
  '&',
  'variable',
  'splatted',
  'string',
  'expandable',
  'hereString',
  'hereExpandable',
]);

/** `function name(parameters) { }`; stands behind the keyword. */
export function parseFunction(parser: Parser, word: Token): StatementAst {
  const { start } = word;
  parser.skipNewlines();
  const name = parser.peek();
  if (noName.has(name.kind)) {
    parser.reportAfter('MissingNameAfterKeyword', word, parser.text(word));
    return errorStatement(start, word.end);
  }
  parser.skip();
  const { parameters, end, failedAt } = parseParameters(parser);
  const open = parser.take('{');
  if (open === undefined || failedAt !== undefined) {
    const at = failedAt ?? end ?? name.end;
    if (failedAt === undefined) parser.report('MissingFunctionBody', at, at);
    // The body of a function with bad parameters is left to be read as a script block.
    return errorStatement(start, at);
  }
  const isFilter = word.kind === 'filter';
  const body = parseScriptBlock(parser, open, isFilter);
  return {
    kind: 'function',
    isFilter,
    isWorkflow: word.kind === 'workflow',
    name: name.kind === 'generic' ? name.value : parser.text(name),
    parameters,
    body,
    start,
    end: body.end,
  };
}

/** `(parameters)` of a function or method, and newlines around. */
export interface Parameters {
  /** `undefined` where there are no parentheses. */
  readonly parameters: readonly ParameterAst[] | undefined;
  /** Behind the closing parenthesis. */
  readonly end: number | undefined;
  /** What was read without doubt ends here, where an error was reported. */
  readonly failedAt: number | undefined;
}

export function parseParameters(parser: Parser): Parameters {
  parser.skipNewlines();
  const open = parser.take('(');
  if (open === undefined) return { parameters: undefined, end: undefined, failedAt: undefined };
  const parameters = parseParameterList(parser);
  parser.skipNewlines();
  const close = parser.take(')');
  const last = parameters.at(-1) ?? open;
  if (close === undefined) parser.reportAfter('MissingEndParenthesisInFunctionParameterList', last);
  parser.skipNewlines();
  return { parameters, end: close?.end, failedAt: close === undefined ? last.end : undefined };
}
