import { transformationError } from '../binding/binding-error.ts';
import { castArgument, exceptionOf } from '../binding/coerce.ts';
import { type FunctionParameter, type FunctionSignature, signatureOf } from '../binding/function-parameters.ts';
import type { CallArgument } from '../binding/parameter.ts';
import { baseOf } from '../conversion/base.ts';
import { FunctionCommand } from '../runtime/command.ts';
import { Completion, type Execute, Frame } from '../runtime/frame.ts';
import { ModuleInfo } from '../runtime/module-info.ts';
import { openCommand, runnableOf } from '../runtime/pipeline/open-command.ts';
import { runStages } from '../runtime/pipeline/run-stages.ts';
import { SimpleCall } from '../runtime/pipeline/simple-call.ts';
import { Scope } from '../runtime/scope.ts';
import { Variable } from '../runtime/variable.ts';
import { netTypes } from '../types/intrinsic.ts';
import { Double } from '../values/numbers.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import type { CompiledCommand, PlainArgument } from './command.ts';

/**
 * A command alone in its pipeline. A script function or block of simple parameters, called with arguments of just their
 * types, runs at once; everything else goes the general way.
 */
export function compileFunctionCall(command: CompiledCommand): Execute {
  const { ast, head, plainArguments } = command;
  const isDot = ast.invocation === 'dot';
  if (plainArguments === undefined || isDot) {
    return (frame) => runGeneral(frame, command, head(frame), command.evaluateArguments(frame));
  }
  return (frame) => {
    const target = head(frame);
    const values = new Array<Value>(plainArguments.length);
    for (let index = 0; index < plainArguments.length; index++) values[index] = plainArguments[index]?.evaluate(frame);
    const base = baseOf(target);
    if (base instanceof ModuleInfo) return runGeneral(frame, command, target, callArguments(plainArguments, values));
    const found = runnableOf(frame, base, ast);
    const block = found instanceof FunctionCommand ? found.block : found instanceof ScriptBlock ? found : undefined;
    if (block !== undefined && !block.isFilter) {
      const signature = signatureOf(block, frame.session);
      if (isDirect(signature) && fits(signature, values, plainArguments)) {
        return callDirectly(
          frame,
          command,
          found instanceof FunctionCommand ? found : undefined,
          block,
          signature,
          values,
        );
      }
    }
    return runGeneral(frame, command, found, callArguments(plainArguments, values), target);
  };
}

function callArguments(given: readonly PlainArgument[], values: readonly Value[]): CallArgument[] {
  return given.map(({ source, start, end }, index) => ({
    kind: 'positional',
    value: values[index],
    source,
    start,
    end,
    splatted: false,
  }));
}

function runGeneral(
  frame: Frame,
  { ast }: CompiledCommand,
  head: Value,
  args: readonly CallArgument[],
  written = head,
): Completion {
  const place = { out: frame.out, streams: frame.streams, expectsInput: false, length: 1, position: 1 };
  const stage = openCommand(frame, { ast, head, written, args }, place);
  runStages([stage], undefined, frame.session);
  frame.session.lastSucceeded = stage.succeeded;
  return Completion.normal;
}

/** Only an `end` block, and only simple parameters. */
function isDirect({ isSimple, compiled }: FunctionSignature): boolean {
  const { begin, process, clean, dynamicParam } = compiled;
  return isSimple && begin === undefined && process === undefined && clean === undefined && dynamicParam === undefined;
}

/** Whether each argument is of the very type that its parameter has, and there are not more than parameters. */
function fits({ parameters }: FunctionSignature, values: readonly Value[], given: readonly PlainArgument[]): boolean {
  if (values.length > parameters.length) return false;
  for (let index = 0; index < values.length; index++) {
    const type = parameters[index]?.simpleType;
    if (type === undefined) continue;
    const value = values[index];
    if (type === netTypes.int32) {
      if (typeof value !== 'number') return false;
    } else if (type === netTypes.string) {
      if (typeof value !== 'string') return false;
    } else if (type === netTypes.boolean) {
      if (typeof value !== 'boolean') return false;
    } else if (type === netTypes.double) {
      if (!(value instanceof Double)) return false;
    } else if (type !== netTypes.object) return false;
  }
  return given.length === values.length;
}

function callDirectly(
  caller: Frame,
  { ast }: CompiledCommand,
  command: FunctionCommand | undefined,
  block: ScriptBlock,
  signature: FunctionSignature,
  values: Value[],
): Completion {
  const { session } = caller;
  const { compiled, parameters } = signature;
  const outer = caller.scope;
  const state = block.state ?? outer.state;
  const around = state === outer.state ? outer : state.current;
  const scope = new Scope(state, around, compiled);
  scope.call = new SimpleCall(caller, ast, command, block, parameters, values);
  const frame = new Frame(
    session,
    block.ast.source,
    scope,
    scope.slots,
    caller.out,
    caller.streams,
    command === undefined ? '<ScriptBlock>' : command.name,
  );
  frame.caller = caller;
  frame.errorSink = caller.errorSink;
  frame.recordSink = caller.recordSink;
  const { current } = state;
  session.frame = frame;
  state.current = scope;
  session.budget.enter();
  let completion: Completion = Completion.normal;
  try {
    for (let index = 0; index < parameters.length; index++) {
      const parameter = parameters[index];
      if (parameter !== undefined) setParameter(frame, parameter, index < values.length, values[index]);
    }
    if (compiled.end !== undefined) completion = compiled.end(frame);
  } finally {
    session.budget.leave();
    state.current = current;
    session.frame = caller;
  }
  session.lastSucceeded = true;
  return completion === Completion.return ? Completion.normal : completion;
}

function castDefault(frame: Frame, { name, simpleType }: FunctionParameter, value: Value): Value {
  if (simpleType === undefined) return value;
  const call = frame.scope.call;
  try {
    return castArgument(value ?? null, simpleType, false, frame.session);
  } catch (error) {
    const inner = exceptionOf(error);
    if (call === undefined) throw error;
    throw transformationError({ errorName: frame.name, invocation: call.invocation }, name, inner);
  }
}

function setParameter(frame: Frame, parameter: FunctionParameter, isGiven: boolean, given: Value): void {
  const { compiled, check, implied } = parameter;
  let value = given;
  if (!isGiven) {
    value = compiled.defaultValue === undefined ? implied : castDefault(frame, parameter, compiled.defaultValue(frame));
  }
  const variable = new Variable(compiled.name, value === undefined ? null : value);
  if (check !== undefined) variable.check = check;
  frame.locals[compiled.slot] = variable;
}
