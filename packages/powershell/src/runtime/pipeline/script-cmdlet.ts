import type { Binding } from '../../binding/binding.ts';
import { resolveNative } from '../../commands/items/paths.ts';
import type { ErrorRecord } from '../../errors/error-record.ts';
import type { InvocationInfo } from '../../errors/invocation-info.ts';
import { Thrown } from '../../errors/thrown.ts';
import type { Instance } from '../../values/instance.ts';
import { ScriptCmdletObject } from '../../values/script-cmdlet.ts';
import type { Value } from '../../values/value.ts';
import type { Frame } from '../frame.ts';
import { CommandFailure } from '../signals.ts';
import { writeEnumerated } from '../write-value.ts';
import type { CommandCall } from './call-options.ts';
import type { CommonOptions } from './common-options.ts';
import { CommandEnd, ownRecord } from './invocation-error.ts';
import { type ConfirmImpact, cannotPrompt, operation, shouldProcess } from './should-process.ts';
import { CallWriter } from './stream-writer.ts';

export interface ScriptCmdletParts {
  readonly call: CommandCall;
  readonly binding: Binding;
  readonly common: CommonOptions;
  /** The function's own frame. */
  readonly frame: Frame;
  readonly confirmImpact: ConfirmImpact;
}

/** `$PSCmdlet` of a running advanced function. */
export class ScriptCmdlet extends ScriptCmdletObject {
  readonly #parts: ScriptCmdletParts;
  readonly #writer: CallWriter;

  constructor(parts: ScriptCmdletParts) {
    super();
    this.#parts = parts;
    // The frame listens for `-ErrorVariable` and its kind already.
    this.#writer = new CallWriter(parts.call, { actions: parts.common.actions, collectors: new Map() }, parts.frame);
  }

  get failed(): boolean {
    return this.#writer.failed;
  }

  get parameterSetName(): string {
    return this.#parts.binding.setName;
  }

  get invocation(): InvocationInfo {
    return this.#parts.call.invocation;
  }

  writeObject(value: Value, enumerate: boolean): void {
    const { common, call } = this.#parts;
    if (enumerate) writeEnumerated(value, common.out, call.session);
    else if (value !== undefined) common.out.write(value);
  }

  /** Also a record that another command brought: from now on it is an error of this function. */
  writeError(record: ErrorRecord): void {
    const { errorName, invocation } = this.#parts.call;
    try {
      this.#writer.error(ownRecord(record, errorName, invocation));
    } catch (error) {
      throw error instanceof Thrown ? new CommandFailure(this, error) : error;
    }
  }

  throwTerminatingError(record: ErrorRecord): never {
    const { errorName, invocation } = this.#parts.call;
    throw new CommandEnd(this, ownRecord(record, errorName, invocation));
  }

  writeMessage(stream: 'warning' | 'verbose' | 'debug', text: string): void {
    this.#writer.message(stream, text);
  }

  writeInformation(data: Value, tags: readonly string[]): void {
    this.#writer.information(data, tags);
  }

  writeProgress(record: Instance): void {
    this.#writer.progress(record);
  }

  shouldProcess(target: string, action?: string): boolean {
    const { call, common, frame, confirmImpact } = this.#parts;
    const { whatIf, confirm } = common;
    const description = operation(action ?? call.errorName, target);
    return shouldProcess(frame.scope, { description, impact: confirmImpact, whatIf, confirm }, (text) => {
      if (common.isVerbose) this.#writer.message('verbose', text);
    });
  }

  shouldContinue(question: string): boolean {
    throw cannotPrompt(question);
  }

  variableValue(name: string, missing: Value): Value {
    return this.#parts.frame.scope.find(name.toLowerCase())?.value ?? missing;
  }

  resolvePath(path: string): string {
    return resolveNative(this.#parts.call.session, path);
  }
}
