import { bindArguments } from '../../binding/bind.ts';
import { type Binding, isBindingError } from '../../binding/binding.ts';
import { bindPipelineObject } from '../../binding/pipeline-input.ts';
import type { CmdletSteps } from '../../commands/description.ts';
import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { fromException } from '../../errors/to-thrown.ts';
import { netTypes } from '../../types/intrinsic.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCommand } from '../command.ts';
import type { CommandCall } from './call-options.ts';
import { CmdletContext } from './cmdlet-context.ts';
import { asInvocationError, InvocationError } from './invocation-error.ts';
import type { Stage } from './stage.ts';

/** A cmdlet as a command of a pipeline. */
export class CmdletStage implements Stage {
  readonly #call: CommandCall;
  readonly #command: CmdletCommand;
  readonly #context: CmdletContext;
  #steps: CmdletSteps | undefined;
  #binding: Binding | undefined;
  #begun = false;
  /** The one parameter that takes each object as it is, once the first object showed that nothing else changes. */
  #fastInput: string | undefined;

  constructor(call: CommandCall, command: CmdletCommand) {
    this.#call = call;
    this.#command = command;
    this.#context = new CmdletContext(call, command, this);
  }

  get succeeded(): boolean {
    return !this.#context.failed;
  }

  prepare(): void {
    const { cmdlet, parameters } = this.#command;
    const context = this.#context;
    this.#inCaller(() => {
      this.#binding = bindArguments(context.target(), parameters, this.#call.args);
      context.open(this.#binding);
    });
    this.#steps = this.#guard(() => cmdlet.start(context));
  }

  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const begin = this.#steps?.begin;
    if (begin !== undefined) this.#guard(begin);
  }

  write(value: Value): void {
    if (!this.#begun) this.begin();
    if (this.#fastInput !== undefined && value !== null) this.#context.values.set(this.#fastInput, value);
    else if (!this.#takes(value)) return;
    const process = this.#steps?.process;
    if (process !== undefined) this.#guard(process);
  }

  #takes(value: Value): boolean {
    const binding = this.#binding;
    if (binding === undefined) return false;
    try {
      this.#inCaller(() => bindPipelineObject(binding, value));
    } catch (error) {
      if (!isBindingError(error)) throw error;
      this.#context.writeError(error.record);
      return false;
    }
    this.#fastInput = fastInput(binding);
    return true;
  }

  processOnce(): void {
    this.begin();
    const process = this.#steps?.process;
    if (process !== undefined) this.#guard(process);
  }

  end(): void {
    this.begin();
    const end = this.#steps?.end;
    if (end !== undefined) this.#guard(end);
  }

  clean(): void {
    try {
      const clean = this.#steps?.clean;
      if (clean !== undefined) this.#guard(clean);
    } finally {
      this.#context.close();
    }
  }

  /** Runs code of the cmdlet; an error that it throws gets the cmdlet's name and place. */
  #guard<T>(run: () => T): T {
    try {
      return this.#inCaller(run);
    } catch (error) {
      const completed = this.#completed(error);
      if (completed instanceof Thrown && completed.record.invocation === this.#call.invocation) {
        this.#context.ended(completed);
      }
      throw completed;
    }
  }

  /** Runs in the frame of the caller, whose scope and preferences a cmdlet sees. */
  #inCaller<T>(run: () => T): T {
    const { session, caller } = this.#call;
    const { scope } = caller;
    const { state } = scope;
    const outer = session.frame;
    const current = state.current;
    session.frame = caller;
    state.current = scope;
    try {
      return run();
    } finally {
      state.current = current;
      session.frame = outer;
    }
  }

  #completed(error: unknown): unknown {
    if (error instanceof NetFailure) return this.#completed(fromException(error.exception, 'NotSpecified'));
    if (!(error instanceof Thrown)) return error;
    if (error.record.invocation !== undefined) {
      return asInvocationError(error, this.#call.errorName, this.#call.invocation);
    }
    this.#context.complete(error.record);
    return error.reach === 'statement' ? new InvocationError(error.record) : error;
  }
}

function fastInput(binding: Binding): string | undefined {
  const { byPipeline, bound, delayed, sets, setsBeforeInput, preferredSet, table } = binding;
  const [only, second] = byPipeline;
  if (only === undefined || second !== undefined || delayed.size > 0 || preferredSet !== 0) return undefined;
  const { type, attributes } = only.declaration;
  if (attributes.length > 0 || (type !== netTypes.object && type !== netTypes.psObject)) return undefined;
  if (table.fromPipeline.some((one) => !bound.has(one) && one.takesPipelineIn(setsBeforeInput))) return undefined;
  const lacks = table.mandatory.some(
    (one) => !bound.has(one) && one.matchingSets(sets).some(({ entry }) => entry.mandatory),
  );
  return lacks ? undefined : only.name;
}
