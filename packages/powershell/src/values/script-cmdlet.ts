import type { ErrorRecord } from '../errors/error-record.ts';
import type { InvocationInfo } from '../errors/invocation-info.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { Value } from './value.ts';

/** `$PSCmdlet`: what an advanced function may ask of its own call. */
export abstract class ScriptCmdletObject extends Instance {
  abstract readonly parameterSetName: string;
  abstract readonly invocation: InvocationInfo;
  abstract writeObject(value: Value, enumerate: boolean): void;
  abstract writeError(record: ErrorRecord): void;
  abstract throwTerminatingError(record: ErrorRecord): never;
  abstract writeMessage(stream: 'warning' | 'verbose' | 'debug', text: string): void;
  abstract writeInformation(data: Value, tags: readonly string[]): void;
  abstract writeProgress(record: Instance): void;
  /** @param action the command's own name where left out */
  abstract shouldProcess(target: string, action?: string): boolean;
  abstract shouldContinue(question: string): boolean;
  /** The value of a variable as the function sees it; `missing` where there is none. */
  abstract variableValue(name: string, missing: Value): Value;
  /** A path made absolute against the current location. */
  abstract resolvePath(path: string): string;

  get type(): NetType {
    return namedType('System.Management.Automation.PSScriptCmdlet');
  }
}
