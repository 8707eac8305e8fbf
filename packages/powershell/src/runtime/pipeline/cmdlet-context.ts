import type { Bindable } from '../../binding/bindable.ts';
import type { Binding, BindingTarget } from '../../binding/binding.ts';
import type { CmdletCall, PrepareOptions } from '../../commands/description.ts';
import type { ErrorRecord } from '../../errors/error-record.ts';
import type { InvocationInfo } from '../../errors/invocation-info.ts';
import type { Thrown } from '../../errors/thrown.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { Instance } from '../../values/instance.ts';
import type { ScriptBlock } from '../../values/script-block.ts';
import { SwitchParameter } from '../../values/switch-parameter.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCommand } from '../command.ts';
import { Collector, type Output } from '../output.ts';
import type { Scope } from '../scope.ts';
import type { Session } from '../session.ts';
import type { Streams } from '../streams.ts';
import { writeEnumerated } from '../write-value.ts';
import type { CommandCall } from './call-options.ts';
import { CommonOptions } from './common-options.ts';
import { activityOf, InvocationError } from './invocation-error.ts';
import { PreparedBlock, preparable } from './prepared-block.ts';
import { operation, shouldProcess } from './should-process.ts';
import type { Stage } from './stage.ts';
import { StopUpstream } from './stop-upstream.ts';
import { CallWriter } from './stream-writer.ts';

const nothing: ReadonlyMap<string, Value> = new Map();

/** What a running cmdlet sees of its call. */
export class CmdletContext implements CmdletCall {
  readonly session: Session;
  readonly scope: Scope;
  readonly invocation: InvocationInfo;
  readonly streams: Streams;
  /** Bound values by declared parameter name. */
  readonly values = new Map<string, Value>();
  output: Output;
  readonly #call: CommandCall;
  readonly #command: CmdletCommand;
  readonly #stage: Stage;
  readonly #prepared: PreparedBlock[] = [];
  #binding: Binding | undefined;
  #common: CommonOptions;
  #writer: CallWriter;

  constructor(call: CommandCall, command: CmdletCommand, stage: Stage) {
    this.#call = call;
    this.#command = command;
    this.#stage = stage;
    this.session = call.session;
    this.scope = call.caller.scope;
    this.invocation = call.invocation;
    this.streams = call.streams;
    this.output = call.out;
    this.#common = new CommonOptions(nothing, call);
    this.#writer = new CallWriter(call, this.#common, call.caller);
  }

  target(): BindingTarget {
    const { session, caller, invocation, errorName, expectsInput } = this.#call;
    return {
      session,
      invocation,
      activity: activityOf(invocation),
      errorName,
      expectsInput,
      set: (parameter, value) => this.#set(parameter, value),
      defaultOf: () => undefined,
      warn: (message) => this.writeWarning(message),
      presets: () => {
        const value = caller.scope.find('psdefaultparametervalues')?.value;
        return value instanceof Dictionary ? value : undefined;
      },
      presetNames: () => [this.#command.name, ...(this.#command.cmdlet.aliases ?? [])],
      evaluate: (block, input) => {
        const collector = new Collector();
        session.run(block, { underscore: input, newScope: false, out: collector });
        return collector.items;
      },
    };
  }

  #set(parameter: Bindable, value: Value): void {
    if (value === undefined) this.values.delete(parameter.name);
    else this.values.set(parameter.name, value);
  }

  /** The command line is bound: from now on its common parameters hold. */
  open(binding: Binding): void {
    this.#binding = binding;
    this.invocation.boundParameters = binding.values;
    if (!binding.hasCommon) return;
    this.#common = new CommonOptions(binding.values, this.#call);
    this.#writer = new CallWriter(this.#call, this.#common, this.#call.caller);
    this.output = this.#common.out;
  }

  close(): void {
    for (const block of this.#prepared) block.close();
    this.#common.close();
  }

  get failed(): boolean {
    return this.#writer.failed;
  }

  complete(record: ErrorRecord): void {
    this.#writer.complete(record);
  }

  get parameterSet(): string {
    return this.#binding?.setName ?? '';
  }

  get(parameter: string): Value {
    return this.values.get(parameter);
  }

  has(parameter: string): boolean {
    return this.values.has(parameter);
  }

  isOn(parameter: string): boolean {
    const value = this.values.get(parameter);
    return value instanceof SwitchParameter ? value.isPresent : value === true;
  }

  get callerInvocation(): InvocationInfo | undefined {
    return this.scope.call?.invocation;
  }

  write(value: Value): void {
    if (value !== undefined) this.output.write(value);
  }

  writeAll(value: Value): void {
    writeEnumerated(value, this.output, this.session);
  }

  writeError(record: ErrorRecord): void {
    this.#writer.error(record);
  }

  writeWarning(message: string): void {
    this.#writer.message('warning', message);
  }

  writeVerbose(message: string): void {
    this.#writer.message('verbose', message);
  }

  writeDebug(message: string): void {
    this.#writer.message('debug', message);
  }

  writeInformation(record: Value, tags: readonly string[]): void {
    this.#writer.information(record, tags);
  }

  writeProgress(record: Value): void {
    if (record instanceof Instance) this.#writer.progress(record);
  }

  /** An error of the cmdlet ends it: see `CommonOptions.ended`. */
  ended(thrown: Thrown): void {
    this.#common.ended(thrown);
  }

  fail(record: ErrorRecord): never {
    this.#writer.complete(record);
    throw new InvocationError(record);
  }

  shouldProcess(target: string, action?: string): boolean {
    const { whatIf, confirm } = this.#common;
    const description = operation(action ?? this.#command.name, target);
    return shouldProcess(this.scope, { description, impact: 'Medium', whatIf, confirm }, (text) => {
      if (this.#common.isVerbose) this.writeVerbose(text);
    });
  }

  stopUpstream(): never {
    throw new StopUpstream(this.#stage);
  }

  prepare(block: ScriptBlock, options: PrepareOptions = {}): (underscore: Value, out?: Output) => void {
    const { session } = this;
    const streams = options.streams ?? this.streams;
    const compiled = options.newScope ? undefined : preparable(block, session);
    if (compiled === undefined) {
      const newScope = options.newScope ?? false;
      return (underscore, out = this.output) => session.run(block, { underscore, newScope, out, streams });
    }
    const prepared = new PreparedBlock(this.#call, block, compiled, { out: this.output, streams });
    this.#prepared.push(prepared);
    return (underscore, out) => prepared.run(underscore, out ?? this.output);
  }
}
