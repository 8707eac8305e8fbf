import type { CallArgument } from '../../binding/parameter.ts';
import type { InvocationInfo } from '../../errors/invocation-info.ts';
import type { Value } from '../../values/value.ts';
import type { Frame } from '../frame.ts';
import type { Output } from '../output.ts';
import type { Session } from '../session.ts';
import type { Streams } from '../streams.ts';

/** One call of a command, ready to be opened as a stage of a pipeline. */
export interface CommandCall {
  readonly session: Session;
  /** The frame that calls: its scope is the parent of a function's, and what cmdlets act on. */
  readonly caller: Frame;
  /** What error ids end with. */
  readonly errorName: string;
  readonly invocation: InvocationInfo;
  readonly args: readonly CallArgument[];
  readonly out: Output;
  readonly streams: Streams;
  /** True for a command that objects are piped to. */
  readonly expectsInput: boolean;
}

/** How a script block, function or script file is to run. */
export interface ScriptOptions {
  /** False runs in the caller's scope: dot-sourcing. */
  readonly newScope: boolean;
  /** A script file has a script scope, and `exit` ends it alone. */
  readonly isScriptFile: boolean;
  /** How a stack trace names it. */
  readonly name: string;
  readonly thisObject?: Value;
  /** `$_` for the whole run; AutomationNull leaves it to the caller's. */
  readonly underscore?: Value;
}
