import type { CallArgument } from '../binding/parameter.ts';
import type { Evaluate, Frame } from '../runtime/frame.ts';
import { splat } from '../runtime/pipeline/splat.ts';
import type { CommandAst, CommandElement, CommandParameterAst, ExpressionAst } from '../syntax/tree/index.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';

/** What comes before the arguments of a command: its name as text, or the value of an expression (`& $command`). */
export interface CompiledCommand {
  readonly ast: CommandAst;
  /** The name where it is plain text. */
  readonly name: string | undefined;
  readonly head: Evaluate;
  /** Where there are only arguments without a name: each of them; the fast path of function calls takes these. */
  readonly plainArguments: readonly PlainArgument[] | undefined;
  readonly evaluateArguments: (frame: Frame) => CallArgument[];
}

export interface PlainArgument {
  readonly evaluate: Evaluate;
  readonly source: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** A command's words as code: arguments are evaluated in order, before the command is looked up. */
export function compileCommand(ast: CommandAst, context: CompileContext): CompiledCommand {
  const [first, ...rest] = ast.elements;
  if (first === undefined || first.kind === 'parameter') throw new Error('a command without a name does not parse');
  const words = rest.filter((element) => !isDashes(element));
  const adders = words.map((element) => compileElement(element, context));
  const isPlain = words.every((element) => element.kind !== 'parameter' && !isSplat(element));
  return {
    ast,
    name: first.kind === 'string' ? first.value : undefined,
    head: compileExpression(first, context),
    plainArguments: isPlain
      ? words.flatMap((element) => (element.kind === 'parameter' ? [] : [plain(element, context)]))
      : undefined,
    evaluateArguments: (frame) => {
      const args: CallArgument[] = [];
      for (const add of adders) add(frame, args);
      return args;
    },
  };
}

/** The first `--`, which says that no names follow; the parser made them words. */
function isDashes(element: CommandElement): boolean {
  return element.kind === 'parameter' && element.name === '-';
}

function isSplat(element: ExpressionAst): boolean {
  return element.kind === 'variable' && element.splatted;
}

type AddArgument = (frame: Frame, args: CallArgument[]) => void;

function compileElement(element: CommandElement, context: CompileContext): AddArgument {
  if (element.kind === 'parameter') return compileParameter(element, context);
  if (element.kind === 'variable' && element.splatted) {
    const evaluate = compileExpression({ ...element, splatted: false }, context);
    return (frame, args) => splat(evaluate(frame), element, frame.session, args);
  }
  const { evaluate, source, start, end } = plain(element, context);
  return (frame, args) => {
    args.push({ kind: 'positional', value: evaluate(frame), source, start, end, splatted: false });
  };
}

function plain(element: ExpressionAst, context: CompileContext): PlainArgument {
  const { start, end } = element;
  return { evaluate: compileExpression(element, context), source: sourceOf(element), start, end };
}

function sourceOf(element: ExpressionAst): string | undefined {
  return element.kind === 'constant' ? element.text : undefined;
}

function compileParameter(element: CommandParameterAst, context: CompileContext): AddArgument {
  const { name, argument, start, end } = element;
  const shown = argument === undefined ? context.source.text.slice(start, end) : `-${name}:`;
  if (argument === undefined) {
    return (_frame, args) => {
      args.push({
        kind: 'named',
        name,
        text: shown,
        hasValue: false,
        value: undefined,
        source: undefined,
        start,
        end,
        valueStart: start,
        valueEnd: end,
        splatted: false,
      });
    };
  }
  const { evaluate, source, start: valueStart, end: valueEnd } = plain(argument, context);
  return (frame, args) => {
    const value = evaluate(frame);
    args.push({
      kind: 'named',
      name,
      text: shown,
      hasValue: true,
      value,
      source,
      start,
      end,
      valueStart,
      valueEnd,
      splatted: false,
    });
  };
}
