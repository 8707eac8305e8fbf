import type { CallArgument } from '../binding/parameter.ts';
import { literalValue } from '../conversion/number-literal.ts';
import { isNumber, numberText } from '../conversion/numbers/number-text.ts';
import { runtimeError } from '../errors/raise.ts';
import type { Evaluate, Frame } from '../runtime/frame.ts';
import { splat } from '../runtime/pipeline/splat.ts';
import type {
  CommandAst,
  CommandElement,
  CommandParameterAst,
  ConstantExpression,
  ExpressionAst,
} from '../syntax/tree/index.ts';
import { PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { pureExpression } from './statement.ts';

/** A command's words as code. */
export interface CompiledCommand {
  readonly ast: CommandAst;
  /** What comes before the arguments: a name as text, or the value of an expression (`& $command`). */
  readonly head: Evaluate;
  /** The arguments where nothing is splatted: the fast path of function calls binds these itself. */
  readonly words: readonly Word[] | undefined;
  readonly evaluateArguments: (frame: Frame) => CallArgument[];
}

/** One argument: a value, a name, or a name with its value (`-Name:value`). */
export interface Word {
  readonly name: string | undefined;
  /** The name as written, dash and colon included. */
  readonly text: string;
  readonly evaluate: Evaluate | undefined;
  /** The value as written where it is a number. */
  readonly source: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** Compiles a command; its arguments are evaluated in order, before the command is looked up. */
export function compileCommand(ast: CommandAst, context: CompileContext): CompiledCommand {
  const [first, ...rest] = ast.elements;
  if (first === undefined || first.kind === 'parameter') throw new Error('a command without a name does not parse');
  const elements = rest.filter((element) => !isDashes(element));
  const head = isMethodStyle(first, elements) ? strictHead(first, context) : compileExpression(first, context);
  if (!elements.some(isSplat)) {
    const words = elements.map((element) => compileWord(element, context));
    return {
      ast,
      head,
      words,
      evaluateArguments: (frame) => words.map((word) => argumentOf(word, wordValue(word, frame))),
    };
  }
  const adders = elements.map((element) => compileAdder(element, context));
  return {
    ast,
    head,
    words: undefined,
    evaluateArguments: (frame) => {
      const args: CallArgument[] = [];
      for (const add of adders) add(frame, args);
      return args;
    },
  };
}

/** `f(1, 2)`: a command called as if it were a method, which strict mode 2 refuses. */
function isMethodStyle(head: ExpressionAst, elements: readonly CommandElement[]): boolean {
  const [only, more] = elements;
  if (only?.kind !== 'paren' || more !== undefined || only.start !== head.end) return false;
  return pureExpression(only.pipeline)?.kind === 'arrayLiteral';
}

function strictHead(head: ExpressionAst, context: CompileContext): Evaluate {
  const evaluate = compileExpression(head, context);
  return (frame) => {
    if (frame.session.strictVersion < 2) return evaluate(frame);
    throw runtimeError(
      'StrictModeFunctionCallWithParens',
      'The function or command was called as if it were a method. Parameters should be separated by spaces. For information about parameters, see the about_Parameters Help topic.',
      { category: 'InvalidOperation' },
    );
  };
}

/** The first `--`, which says that no names follow; the parser made them words. */
function isDashes(element: CommandElement): boolean {
  return element.kind === 'parameter' && element.name === '-';
}

function isSplat(element: CommandElement): boolean {
  return element.kind === 'variable' && element.splatted;
}

function compileAdder(element: CommandElement, context: CompileContext): (frame: Frame, args: CallArgument[]) => void {
  if (element.kind === 'variable' && element.splatted) {
    const evaluate = compileExpression({ ...element, splatted: false }, context);
    return (frame, args) => splat(evaluate(frame), element, frame.session, args);
  }
  const word = compileWord(element, context);
  return (frame, args) => args.push(argumentOf(word, wordValue(word, frame)));
}

function compileWord(element: CommandElement, context: CompileContext): Word {
  return element.kind === 'parameter' ? compileName(element, context) : compileValue(element, context);
}

function compileValue(element: ExpressionAst, context: CompileContext): Word {
  const { start, end } = element;
  return {
    name: undefined,
    text: '',
    evaluate: element.kind === 'constant' ? compileNumber(element) : compileExpression(element, context),
    source: element.kind === 'constant' ? element.text : undefined,
    start,
    end,
    valueStart: start,
    valueEnd: end,
  };
}

/** A number that its own text would write otherwise remembers how it was written. */
function compileNumber({ value: literal, text }: ConstantExpression): Evaluate {
  const value = literalValue(literal);
  if (isNumber(value) && numberText(value) === text) return () => value;
  return () => new PSObject(value, text);
}

function compileName({ name, argument, start, end }: CommandParameterAst, context: CompileContext): Word {
  if (argument === undefined) {
    const text = context.source.text.slice(start, end);
    return { name, text, evaluate: undefined, source: undefined, start, end, valueStart: start, valueEnd: end };
  }
  return { ...compileValue(argument, context), name, text: `-${name}:`, start, end };
}

export function wordValue({ evaluate }: Word, frame: Frame): Value {
  return evaluate === undefined ? undefined : evaluate(frame);
}

/** The argument as the binder takes it. */
export function argumentOf(word: Word, value: Value): CallArgument {
  const { name, text, evaluate, source, start, end, valueStart, valueEnd } = word;
  if (name === undefined) return { kind: 'positional', value, source, start, end, splatted: false };
  return {
    kind: 'named',
    name,
    text,
    hasValue: evaluate !== undefined,
    value,
    source,
    start,
    end,
    valueStart,
    valueEnd,
    splatted: false,
  };
}
