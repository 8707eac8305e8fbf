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
import { SwitchParameter } from '../values/switch-parameter.ts';
import type { Value } from '../values/value.ts';
import { type CallPlan, planCall } from './call-plan.ts';
import { argumentOf, type CompiledCommand, type Word, wordValue } from './command.ts';

/**
 * A command alone in its pipeline. A script function or block of simple parameters, called with arguments of just their
 * types, runs at once by a plan made for this call site; everything else goes the general way.
 */
export function compileFunctionCall(command: CompiledCommand): Execute {
  const { ast, head, words } = command;
  if (words === undefined || ast.invocation === 'dot') {
    return (frame) => {
      const target = head(frame);
      return runGeneral(frame, command, target, command.evaluateArguments(frame));
    };
  }
  let planned: FunctionSignature | undefined;
  let plan: CallPlan | undefined;
  return (frame) => {
    const target = head(frame);
    const values = new Array<Value>(words.length);
    for (let index = 0; index < words.length; index++) {
      const word = words[index];
      if (word !== undefined) values[index] = wordValue(word, frame);
    }
    const base = baseOf(target);
    if (base instanceof ModuleInfo) return runGeneral(frame, command, target, argumentsOf(words, values));
    const found = runnableOf(frame, base, ast);
    const block = found instanceof FunctionCommand ? found.block : found instanceof ScriptBlock ? found : undefined;
    if (block !== undefined && !block.isFilter) {
      const signature = signatureOf(block, frame.session);
      if (planned !== signature) {
        plan = planCall(signature, words);
        planned = signature;
      }
      if (plan !== undefined && fits(signature, plan, values)) {
        const name = found instanceof FunctionCommand ? found : undefined;
        return callDirectly(frame, command, name, block, signature, plan, values);
      }
    }
    return runGeneral(frame, command, found, argumentsOf(words, values), target);
  };
}

function argumentsOf(words: readonly Word[], values: readonly Value[]): CallArgument[] {
  return words.map((word, index) => argumentOf(word, values[index]));
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

/** Whether each argument is of the very type that its parameter has; Booleans for switches become switches. */
function fits({ parameters }: FunctionSignature, { wordOf }: CallPlan, values: Value[]): boolean {
  for (let index = 0; index < wordOf.length; index++) {
    const word = wordOf[index];
    const type = parameters[index]?.simpleType;
    if (word === undefined || word < 0 || type === undefined || type === netTypes.object) continue;
    const value = values[word];
    if (type === netTypes.int32) {
      if (typeof value !== 'number') return false;
    } else if (type === netTypes.string) {
      if (typeof value !== 'string') return false;
    } else if (type === netTypes.boolean) {
      if (typeof value !== 'boolean') return false;
    } else if (type === netTypes.double) {
      if (!(value instanceof Double)) return false;
    } else if (type === netTypes.switchParameter) {
      if (value === undefined) values[word] = SwitchParameter.on;
      else if (typeof value === 'boolean') values[word] = SwitchParameter.of(value);
      else if (!(value instanceof SwitchParameter)) return false;
    } else if (value === null || typeof value !== 'object' || value.type !== type) return false;
  }
  return true;
}

function callDirectly(
  caller: Frame,
  { ast }: CompiledCommand,
  command: FunctionCommand | undefined,
  block: ScriptBlock,
  signature: FunctionSignature,
  plan: CallPlan,
  values: Value[],
): Completion {
  const { session } = caller;
  const { compiled, parameters } = signature;
  const outer = caller.scope;
  const state = block.state ?? outer.state;
  const around = state === outer.state ? outer : state.current;
  const scope = new Scope(state, around, compiled);
  scope.call = new SimpleCall(caller, ast, command, block, parameters, plan, values);
  const name = command === undefined ? '<ScriptBlock>' : command.name;
  const frame = new Frame(session, block.ast.source, scope, scope.slots, caller.out, caller.streams, name);
  frame.caller = caller;
  frame.errorSink = caller.errorSink;
  frame.recordSink = caller.recordSink;
  const { current } = state;
  session.frame = frame;
  state.current = scope;
  session.budget.enter();
  let completion: Completion = Completion.normal;
  try {
    const { wordOf } = plan;
    for (let index = 0; index < parameters.length; index++) {
      const parameter = parameters[index];
      const word = wordOf[index];
      if (parameter === undefined || word === undefined) continue;
      const value = word < 0 ? defaultOf(frame, parameter) : values[word];
      const { compiled: own, check } = parameter;
      const variable = new Variable(own.name, value === undefined ? null : value);
      if (check !== undefined) variable.check = check;
      frame.locals[own.slot] = variable;
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

/** The value of a parameter without an argument. It may use the parameters before it. */
function defaultOf(frame: Frame, { compiled, implied, name, simpleType }: FunctionParameter): Value {
  if (compiled.defaultValue === undefined) return implied;
  const value = compiled.defaultValue(frame);
  const { call } = frame.scope;
  if (simpleType === undefined || call === undefined) return value;
  try {
    return castArgument(value ?? null, simpleType, false, frame.session);
  } catch (error) {
    const called = { activity: frame.name, errorName: frame.name, invocation: call.invocation };
    throw transformationError(called, name, exceptionOf(error));
  }
}
