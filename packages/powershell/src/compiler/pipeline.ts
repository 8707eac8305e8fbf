import { Completion, type Execute, type Frame } from '../runtime/frame.ts';
import { Collector } from '../runtime/output.ts';
import { backgroundRefused, openCommand, type PendingCommand } from '../runtime/pipeline/open-command.ts';
import { type Redirected, type Redirection, redirect } from '../runtime/pipeline/redirect.ts';
import { type PipelineInput, runStages } from '../runtime/pipeline/run-stages.ts';
import type { Stage } from '../runtime/pipeline/stage.ts';
import { writeEnumerated } from '../runtime/write-value.ts';
import type { CommandAst, CommandExpressionAst, PipelineAst, PipelineChain } from '../syntax/tree/index.ts';
import { objectArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';
import { type CompiledCommand, compileCommand } from './command.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileFunctionCall } from './function-call.ts';
import { compileRangeItems } from './range-items.ts';
import { compileRedirections } from './redirection.ts';
import { setsSuccess } from './statement.ts';
import { compileStatements } from './statement-list.ts';

type Redirections = ((frame: Frame) => readonly Redirection[]) | undefined;

/** A pipeline with at least one command or redirection; single expressions are statements of their own. */
export function compilePipeline(ast: PipelineAst, context: CompileContext): Execute {
  if (ast.background) {
    return (frame) => {
      frame.position = ast;
      throw backgroundRefused();
    };
  }
  const [first, ...rest] = ast.elements;
  if (first === undefined) return () => Completion.normal;
  if (first.kind === 'commandExpression' && rest.length === 0) return compileLoneExpression(first, context);
  const head = first.kind === 'commandExpression' ? compileHead(first, context) : undefined;
  const commands = ast.elements.flatMap((element) =>
    element.kind === 'command' ? [compileElement(element, context)] : [],
  );
  const [only, second] = commands;
  if (head === undefined && only !== undefined && second === undefined) return compileSingle(ast, only);
  return (frame) => {
    frame.position = ast;
    const input = head?.(frame);
    run(
      frame,
      ast,
      commands.map((command) => evaluateElement(frame, command)),
      input,
    );
    return Completion.normal;
  };
}

interface PipelineElement {
  readonly command: CompiledCommand;
  readonly redirections: Redirections;
}

interface PendingElement {
  readonly command: PendingCommand;
  readonly redirections: readonly Redirection[];
}

function compileElement(ast: CommandAst, context: CompileContext): PipelineElement {
  return { command: compileCommand(ast, context), redirections: compileRedirections(ast.redirections, context) };
}

const none: readonly Redirection[] = [];

function evaluateElement(frame: Frame, { command, redirections }: PipelineElement): PendingElement {
  const head = command.head(frame);
  const args = command.evaluateArguments(frame);
  return { command: { ast: command.ast, head, args }, redirections: redirections?.(frame) ?? none };
}

function compileSingle(ast: PipelineAst, element: PipelineElement): Execute {
  const call = element.redirections === undefined ? compileFunctionCall(element.command) : undefined;
  const general: Execute = (frame) => {
    run(frame, ast, [evaluateElement(frame, element)], undefined);
    return Completion.normal;
  };
  if (call === undefined) {
    return (frame) => {
      frame.position = ast;
      return general(frame);
    };
  }
  return (frame) => {
    frame.position = ast;
    return call(frame);
  };
}

/** The commands of a pipeline opened in a frame, their arguments evaluated: for who drives them step by step. */
export function openPipeline(
  ast: PipelineAst,
  context: CompileContext,
): (frame: Frame, expectsInput: boolean) => readonly Stage[] {
  const commands = ast.elements.flatMap((one) => (one.kind === 'command' ? [compileElement(one, context)] : []));
  return (frame, expectsInput) => {
    const pending = commands.map((command) => evaluateElement(frame, command));
    return openStages(frame, ast, pending, expectsInput, []);
  };
}

function run(
  frame: Frame,
  ast: PipelineAst,
  pending: readonly PendingElement[],
  input: PipelineInput | undefined,
): void {
  const redirected: Redirected[] = [];
  try {
    const stages = openStages(frame, ast, pending, input !== undefined, redirected);
    runStages(stages, input, frame.session);
    for (const one of redirected) one.finish();
    frame.session.lastSucceeded = stages.every((stage) => stage.succeeded);
  } finally {
    for (const one of redirected) one.close();
  }
}

/** Looks the commands up and links each to the next; redirections that hold are added to `redirected`. */
function openStages(
  frame: Frame,
  ast: PipelineAst,
  pending: readonly PendingElement[],
  hasInput: boolean,
  redirected: Redirected[],
): readonly Stage[] {
  const { streams } = frame;
  const links = pending.map(() => new Link());
  return pending.map(({ command, redirections }, index) => {
    const given = { out: links[index + 1] ?? frame.out, streams };
    const where = redirections.length === 0 ? undefined : redirect(frame, redirections, given);
    if (where !== undefined) redirected.push(where);
    const stage = openCommand(frame, command, {
      expectsInput: index > 0 || hasInput,
      length: ast.elements.length,
      position: index + 1 + (ast.elements.length - pending.length),
      out: where?.out ?? given.out,
      streams: where?.streams ?? streams,
    });
    const link = links[index];
    if (link !== undefined) link.stage = stage;
    return stage;
  });
}

/** Leads from one command to the next, which is opened later. */
class Link {
  stage: Stage | undefined;
  write(value: Value): void {
    this.stage?.write(value);
  }
}

/** The expression at the head of a longer pipeline; what commands inside of it write to merged streams comes first. */
function compileHead(ast: CommandExpressionAst, context: CompileContext): (frame: Frame) => PipelineInput {
  const redirections = compileRedirections(ast.redirections, context);
  const range = redirections === undefined ? compileRangeItems(ast.expression, context) : undefined;
  if (range !== undefined) return (frame) => ({ items: range(frame) });
  const evaluate = compileExpression(ast.expression, context);
  if (redirections === undefined) return (frame) => ({ value: evaluate(frame) });
  return (frame) => {
    const collector = new Collector();
    withRedirections(frame, redirections(frame), collector, (out) =>
      writeEnumerated(evaluate(frame), out, frame.session),
    );
    return { value: objectArray(collector.items) };
  };
}

/** An expression with redirections, alone in its pipeline: `$x > file`. */
function compileLoneExpression(ast: CommandExpressionAst, context: CompileContext): Execute {
  const evaluate = compileExpression(ast.expression, context);
  const redirections = compileRedirections(ast.redirections, context);
  const succeeds = setsSuccess(ast.expression);
  return (frame) => {
    frame.position = ast;
    withRedirections(frame, redirections?.(frame) ?? none, frame.out, (out) =>
      writeEnumerated(evaluate(frame), out, frame.session),
    );
    if (succeeds) frame.session.lastSucceeded = true;
    return Completion.normal;
  };
}

function withRedirections(
  frame: Frame,
  redirections: readonly Redirection[],
  given: Collector | Frame['out'],
  body: (out: Frame['out']) => void,
): void {
  const { out, streams } = frame;
  const redirected = redirect(frame, redirections, { out: given, streams });
  frame.out = redirected.out;
  frame.streams = redirected.streams;
  try {
    body(redirected.out);
    redirected.finish();
  } finally {
    frame.out = out;
    frame.streams = streams;
    redirected.close();
  }
}

/** `left && right`, `left || right`: the right side runs by how the left one ended. */
export function compilePipelineChain(ast: PipelineChain, context: CompileContext): Execute {
  if (ast.background) {
    return () => {
      throw backgroundRefused();
    };
  }
  const left =
    ast.left.kind === 'pipelineChain' ? compilePipelineChain(ast.left, context) : compileLink(ast.left, context);
  const right = compileLink(ast.right, context);
  const wanted = ast.operator === '&&';
  return (frame) => {
    const completion = left(frame);
    if (completion !== Completion.normal) return completion;
    return frame.session.lastSucceeded === wanted ? right(frame) : Completion.normal;
  };
}

/** One pipeline of a chain: an error that ends it lets the chain go on with `||`. */
function compileLink(ast: PipelineAst, context: CompileContext): Execute {
  return compileStatements([ast], [], context);
}
