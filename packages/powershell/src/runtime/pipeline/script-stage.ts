import { bindArguments, bindSimple } from '../../binding/bind.ts';
import type { Bindable } from '../../binding/bindable.ts';
import { type Binding, isBindingError } from '../../binding/binding.ts';
import { type FunctionParameter, type FunctionSignature, signatureOf } from '../../binding/function-parameters.ts';
import { bindPipelineObject } from '../../binding/pipeline-input.ts';
import { toThrown } from '../../errors/to-thrown.ts';
import { ArrayList } from '../../types/collections/array-list.ts';
import { objectArray } from '../../values/array.ts';
import { Dictionary } from '../../values/dictionary.ts';
import type { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { CallState } from '../call-state.ts';
import { Completion, type Execute, Frame } from '../frame.ts';
import { Collector, nowhere } from '../output.ts';
import { Scope } from '../scope.ts';
import type { SessionState } from '../session-state.ts';
import { CommandFailure, ExitSignal, JumpSignal } from '../signals.ts';
import { Variable } from '../variable.ts';
import { BorrowedScope } from './borrowed-scope.ts';
import type { CommandCall, ScriptOptions } from './call-options.ts';
import { CommonOptions } from './common-options.ts';
import { dynamicParameters } from './dynamic-parameters.ts';
import { functionTarget } from './function-target.ts';
import { inputEnumerator } from './input-enumerator.ts';
import { asInvocationError, CommandEnd, InvocationError } from './invocation-error.ts';
import { ParameterText } from './parameter-text.ts';
import { ScriptCmdlet } from './script-cmdlet.ts';
import type { Stage } from './stage.ts';
import { CallWriter } from './stream-writer.ts';

const nothing: ReadonlyMap<string, Value> = new Map();

/** A script function, filter, script file or script block as a command of a pipeline. */
export class ScriptStage implements Stage {
  readonly #call: CommandCall;
  readonly #block: ScriptBlock;
  readonly #options: ScriptOptions;
  readonly #signature: FunctionSignature;
  readonly #state: SessionState;
  readonly #scope: Scope;
  readonly #frame: Frame;
  readonly #callState: CallState;
  readonly #borrowed: BorrowedScope | undefined;
  #binding: Binding | undefined;
  #common: CommonOptions | undefined;
  #begun = false;
  #ran = false;
  #exited = false;
  #failed = false;
  #cmdlet: ScriptCmdlet | undefined;
  /** What `$input` walks: the current object in `process`, all objects in `end` where there is no `process`. */
  #input: Value[] = [];

  constructor(call: CommandCall, block: ScriptBlock, options: ScriptOptions) {
    const { session, caller } = call;
    this.#call = call;
    this.#block = block;
    this.#options = options;
    this.#signature = signatureOf(block, session);
    const { compiled } = this.#signature;
    this.#state = block.state ?? caller.scope.state;
    const around = this.#state === caller.scope.state ? caller.scope : this.#state.current;
    this.#callState = new CallState(call.invocation);
    this.#callState.file = block.ast.source.file;
    this.#callState.thisObject = options.thisObject;
    this.#callState.input = () => this.#inputValue(false);
    if (options.newScope) {
      this.#scope = new Scope(this.#state, around, { isScript: options.isScriptFile, layout: compiled.layout });
      this.#scope.call = this.#callState;
    } else {
      this.#scope = around;
      this.#borrowed = new BorrowedScope(around, compiled.layout, this.#callState);
    }
    const locals = options.newScope ? this.#scope.slots : new Array<undefined>(compiled.layout.size).fill(undefined);
    this.#frame = new Frame(session, block.ast.source, this.#scope, locals, call.out, call.streams, options.name);
    this.#frame.caller = caller;
    this.#frame.errorSink = caller.errorSink;
    this.#frame.recordSink = caller.recordSink;
    if (options.underscore !== undefined) this.#setUnderscore(options.underscore);
  }

  get isAdvanced(): boolean {
    return this.#signature.table.isAdvanced;
  }

  get succeeded(): boolean {
    return !this.#failed && !(this.#cmdlet?.failed ?? false);
  }

  prepare(): void {
    if (this.isAdvanced) this.#bind();
  }

  #bind(): void {
    if (this.#binding !== undefined) return;
    const { table, parameters, compiled, obsolete } = this.#signature;
    const { args, errorName } = this.#call;
    if (obsolete !== undefined) this.#writer.message('warning', `The command '${errorName}' is obsolete. ${obsolete}`);
    const target = functionTarget(this.#call, this.#frame, parameters, {
      set: (declared, parameter, value) => this.#setParameter(declared, parameter, value),
      warn: (message) => this.#writer.message('warning', message),
    });
    const inFrame = <T>(run: () => T): T => this.#inFrame(run);
    if (!this.isAdvanced) {
      this.#binding = inFrame(() => bindSimple(target, table, args));
      this.#callState.args = argsOf(this.#binding);
    } else {
      const { dynamicParam } = compiled;
      const dynamic =
        dynamicParam === undefined
          ? undefined
          : (binding: Binding) => {
              this.#callState.boundParameters = binding.values;
              return dynamicParameters(this.#collect(dynamicParam), this.#call.session);
            };
      this.#binding = inFrame(() => bindArguments(target, table, args, dynamic));
      this.#openAdvanced(this.#binding);
    }
    this.#callState.boundParameters = this.#binding.values;
    this.#call.invocation.boundParameters = this.#binding.values;
    this.#call.invocation.unboundArguments = this.#callState.args;
    this.#borrowed?.lend(compiled.layout, this.#callState);
  }

  #openAdvanced(binding: Binding): void {
    const common = new CommonOptions(binding.hasCommon ? binding.values : nothing, this.#call);
    this.#common = common;
    this.#frame.out = common.out;
    common.setPreferences(this.#scope);
    common.listen(this.#frame);
    this.#cmdlet = new ScriptCmdlet({
      call: this.#call,
      binding,
      common,
      frame: this.#frame,
      confirmImpact: this.#signature.confirmImpact,
    });
    this.#callState.cmdlet = this.#cmdlet;
  }

  #collect(execute: Execute): readonly Value[] {
    const collector = new Collector();
    const { out } = this.#frame;
    this.#frame.out = collector;
    try {
      this.#run(execute);
    } finally {
      this.#frame.out = out;
    }
    return collector.items;
  }

  get #writer(): CallWriter {
    return new CallWriter(this.#call, this.#common ?? new CommonOptions(nothing, this.#call), this.#call.caller);
  }

  #setParameter(declared: FunctionParameter | undefined, parameter: Bindable, value: Value): void {
    if (parameter.isCommon || declared === undefined) return;
    const { compiled, check } = declared;
    const scope = this.#scope;
    if (this.#options.newScope) {
      const known = scope.slots[compiled.slot];
      if (known?.alive) {
        known.value = value === undefined ? null : value;
        return;
      }
    }
    const variable = new Variable(compiled.name, value === undefined ? null : value);
    if (check !== undefined) variable.check = check;
    if (this.#options.newScope) scope.slots[compiled.slot] = variable;
    else scope.add(variable);
  }

  #setUnderscore(value: Value): void {
    const scope = this.#scope;
    const own = scope.own('_');
    if (own !== undefined && (this.#options.newScope || this.#borrowed?.has('_'))) own.value = value;
    else if (this.#borrowed !== undefined) this.#borrowed.put(new Variable('_', value));
    else scope.add(new Variable('_', value));
  }

  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#clause(this.#signature.compiled.begin);
  }

  write(value: Value): void {
    if (this.#exited) return;
    this.begin();
    if (this.isAdvanced && !this.#takes(value)) return;
    const process = this.#process;
    if (process === undefined) {
      this.#input.push(value);
      return;
    }
    this.#bind();
    this.#setUnderscore(value);
    this.#input = [value];
    this.#clause(process);
    this.#input = [];
  }

  /** Binds an object to the pipeline parameters; an error is this object's alone. */
  #takes(value: Value): boolean {
    const binding = this.#binding;
    if (binding === undefined) return true;
    try {
      this.#inFrame(() => bindPipelineObject(binding, value));
      if (this.#signature.compiled.layout.has('psboundparameters')) this.#updateBound(binding);
      return true;
    } catch (error) {
      if (!isBindingError(error)) throw error;
      this.#failed = true;
      this.#writer.error(error.record);
      return false;
    }
  }

  /** Lets `$PSBoundParameters`, where a script already has it, show what the object bound. */
  #updateBound({ byPipeline, values }: Binding): void {
    const dictionary = this.#scope.own('psboundparameters')?.value;
    if (!(dictionary instanceof Dictionary)) return;
    for (const { name } of byPipeline) dictionary.set(name, values.get(name) ?? null);
  }

  get #process(): Execute | undefined {
    const { compiled } = this.#signature;
    return compiled.process ?? (this.#block.isFilter && this.#isUnnamed ? compiled.end : undefined);
  }

  get #isUnnamed(): boolean {
    return this.#block.ast.endBlock?.unnamed === true;
  }

  processOnce(): void {
    this.begin();
    const process = this.#process;
    if (process === undefined || this.#exited) return;
    this.#bind();
    if (this.#options.underscore === undefined) this.#setUnderscore(null);
    this.#clause(process);
  }

  end(): void {
    this.begin();
    const { end } = this.#signature.compiled;
    if (!this.#exited && end !== undefined && end !== this.#process) this.#clause(end);
    else if (!this.#exited && !this.#ran) this.#bind();
  }

  clean(): void {
    const { clean } = this.#signature.compiled;
    try {
      if (clean !== undefined && this.#ran) {
        this.#frame.out = nowhere;
        this.#run(clean);
      }
    } finally {
      this.#common?.close();
      this.#borrowed?.giveBack();
    }
  }

  /** Runs one of the named blocks; parameters of a simple function are bound by then. */
  #clause(execute: Execute | undefined): void {
    if (execute === undefined) return;
    this.#bind();
    this.#ran = true;
    if (this.#signature.compiled.layout.has('input')) this.#renewInput();
    try {
      this.#run(execute);
    } catch (error) {
      if (!(error instanceof ExitSignal) || !this.#options.isScriptFile) throw this.#asOwn(error);
      this.#exited = true;
      this.#leave(error);
    }
  }

  /** An error that leaves an advanced function is that function's. */
  #asOwn(error: unknown): unknown {
    if (error instanceof CommandEnd) {
      if (error.cmdlet !== this.#cmdlet) return error;
      const own = new InvocationError(error.record);
      this.#common?.ended(own);
      return own;
    }
    if (error instanceof CommandFailure && error.command === this.#callState.cmdlet) return error.thrown;
    const thrown = this.isAdvanced ? toThrown(error) : undefined;
    if (thrown === undefined) return error;
    const { errorName, invocation } = this.#call;
    return asInvocationError(thrown, errorName, invocation);
  }

  #leave({ code }: ExitSignal): void {
    const { session } = this.#call;
    const { top } = session.global;
    const known = top.own('lastexitcode');
    const value = typeof code === 'number' ? code : 0;
    if (known === undefined) top.add(new Variable('LASTEXITCODE', value));
    else known.value = value;
    if (value !== 0) this.#failed = true;
  }

  /** `$input`: an enumerator; for advanced functions a list in `process` and an array in `end`. */
  #inputValue(inProcess: boolean): Value {
    if (!this.isAdvanced) return inputEnumerator(this.#input);
    return inProcess ? new ArrayList(this.#input) : objectArray(this.#input);
  }

  #renewInput(): void {
    const variable = new Variable('input', this.#inputValue(this.#signature.compiled.process !== undefined));
    if (this.#borrowed === undefined) this.#scope.add(variable);
    else this.#borrowed.put(variable);
  }

  #run(execute: Execute): void {
    const completion = this.#inFrame(() => execute(this.#frame));
    if (completion === Completion.break || completion === Completion.continue) {
      throw new JumpSignal(completion === Completion.break ? 'break' : 'continue', this.#call.session.pendingLabel);
    }
  }

  /** Makes the frame the running one, and its scope the current one of its world. */
  #inFrame<T>(run: () => T): T {
    const { session } = this.#call;
    const state = this.#state;
    const outer = session.frame;
    const current = state.current;
    session.frame = this.#frame;
    state.current = this.#scope;
    session.budget.enter();
    try {
      return run();
    } finally {
      session.budget.leave();
      state.current = current;
      session.frame = outer;
    }
  }
}

/** What no parameter of a simple function took: names as the text that was written. */
function argsOf(binding: Binding): Value[] {
  const args: Value[] = [];
  for (const argument of binding.rest) {
    if (argument.name !== undefined) args.push(new ParameterText(argument.text, argument.name));
    if (argument.hasValue) args.push(argument.value === undefined ? null : argument.value);
  }
  return args;
}
