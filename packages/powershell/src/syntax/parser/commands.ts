import type { Token } from '../tokenizer/token.ts';
import type { CommandAst, CommandElement, CommandParameterAst, RedirectionAst } from '../tree/index.ts';
import { type ArgumentPlace, parseArgument } from './arguments.ts';
import type { Parser } from './parser.ts';
import { isRedirection, parseRedirection } from './redirections.ts';

/** What a command has gathered so far. */
interface Words {
  readonly elements: CommandElement[];
  readonly redirections: RedirectionAst[];
  /** Behind `--` nothing is a parameter. */
  sawDashes: boolean;
  end: number;
}

/** A command with its words. `undefined` where none begins. */
export function parseCommand(parser: Parser): CommandAst | undefined {
  const { mode } = parser;
  parser.setMode('command');
  const first = parser.next();
  const invocation = first.kind === '.' ? 'dot' : first.kind === '&' ? 'call' : undefined;
  const words: Words = { elements: [], redirections: [], sawDashes: false, end: first.end };
  let token = invocation === undefined ? first : parser.next();
  let place: ArgumentPlace = invocation === undefined ? 'name' : 'target';
  while (!endsCommand(token)) {
    if (parseElement(parser, token, place, words) === 'last') break;
    place = 'argument';
    token = parser.next();
  }
  if (endsCommand(token)) parser.unget(token);
  parser.setMode(mode);
  if (words.elements.length === 0) {
    if (invocation !== undefined) parser.reportAt('MissingExpression', first, parser.text(first));
    return undefined;
  }
  const { elements, redirections, end } = words;
  return { kind: 'command', elements, redirections, invocation, start: first.start, end };
}

function endsCommand({ kind }: Token): boolean {
  switch (kind) {
    case '|':
    case '}':
    case ')':
    case 'eof':
    case 'newline':
    case ';':
    case '&&':
    case '||':
    case '&':
      return true;
    default:
      return false;
  }
}

function parseElement(parser: Parser, token: Token, place: ArgumentPlace, words: Words): 'last' | undefined {
  const isName = place !== 'argument';
  if (token.kind === '--') {
    words.elements.push(words.sawDashes ? word(parser, token) : { ...parameter(token), name: '-' });
    words.sawDashes = true;
    words.end = token.end;
  } else if (token.kind === ',') {
    parser.reportAt('MissingArgument', token);
    parser.skipNewlines();
    words.end = token.end;
  } else if (token.kind === 'parameter' && !isName && !words.sawDashes) {
    words.elements.push(parseParameter(parser, token));
    words.end = words.elements.at(-1)?.end ?? token.end;
  } else if (isRedirection(token) && !isName) {
    words.end = parseRedirection(parser, token, words.redirections).end;
  } else if (token.kind === 'parameter' || isRedirection(token)) {
    words.elements.push(word(parser, token));
    words.end = token.end;
  } else {
    return parsePlainWord(parser, token, place, words);
  }
  return undefined;
}

function parsePlainWord(parser: Parser, token: Token, place: ArgumentPlace, words: Words): 'last' | undefined {
  const argument = parseArgument(parser, place, token);
  if (argument !== undefined) {
    words.elements.push(argument);
    words.end = argument.end;
  }
  if (token.kind !== 'generic' || token.value !== '--%') return undefined;
  const rest = parser.verbatim();
  if (rest === undefined) return undefined;
  words.elements.push({ kind: 'string', value: rest.value, quotes: 'bare', start: rest.start, end: rest.end });
  words.end = rest.end;
  return 'last';
}

function word(parser: Parser, token: Token): CommandElement {
  return { kind: 'string', value: parser.text(token), quotes: 'bare', start: token.start, end: token.end };
}

function parameter({ value, start, end }: Token): CommandParameterAst {
  return { kind: 'parameter', name: value, argument: undefined, start, end };
}

/** `-Name` or `-Name:argument` */
function parseParameter(parser: Parser, token: Token): CommandParameterAst {
  if (token.detail?.type !== 'colon' || parser.peek().kind === ',') return parameter(token);
  const argument = parseArgument(parser, 'argument', parser.next());
  if (argument === undefined) {
    parser.reportAfter('ParameterRequiresArgument', token, parser.text(token));
    return parameter(token);
  }
  return { ...parameter(token), argument, end: argument.end };
}
