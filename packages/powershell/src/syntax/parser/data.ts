import type { Token } from '../tokenizer/token.ts';
import type { ExpressionAst, StatementAst } from '../tree/index.ts';
import { parseSingleArgument } from './arguments.ts';
import { isParameter } from './loops.ts';
import { parseSimpleName } from './names.ts';
import type { Parser } from './parser.ts';
import { errorStatement } from './recovery.ts';
import { parseStatementBlock } from './statements.ts';

/** `data name -supportedCommand names { }`; stands behind `data`. */
export function parseData(parser: Parser, word: Token): StatementAst {
  const { start } = word;
  parser.skipNewlines();
  const name = parseSimpleName(parser);
  parser.skipNewlines();
  const commands: ExpressionAst[] = [];
  const flag = parser.take('parameter');
  const failedAt = flag === undefined ? undefined : parseCommands(parser, flag, commands);
  if (failedAt !== undefined) return errorStatement(start, failedAt);
  const body = parseStatementBlock(parser);
  if (body === undefined) {
    const last = commands.at(-1) ?? name ?? word;
    parser.reportAfter('MissingStatementBlockForDataSection', last);
    return errorStatement(start, last.end);
  }
  return { kind: 'data', variable: name?.value, commandsAllowed: commands, body, start, end: body.end };
}

/** The names behind `-supportedCommand`; answers where it failed. */
function parseCommands(parser: Parser, flag: Token, commands: ExpressionAst[]): number | undefined {
  let failedAt: number | undefined;
  if (!isParameter(flag, 'supportedcommand')) {
    failedAt = flag.end;
    parser.reportAt('InvalidParameterForDataSectionStatement', flag, flag.value);
  }
  let last = flag;
  for (;;) {
    parser.skipNewlines();
    const command = parseSingleArgument(parser, 'name');
    if (command === undefined) {
      if (failedAt === undefined) {
        parser.reportAfter('MissingValueForSupportedCommandInDataSectionStatement', last);
      }
      return last.end;
    }
    commands.push(command);
    const comma = parser.take(',');
    if (comma === undefined) return failedAt;
    last = comma;
  }
}
