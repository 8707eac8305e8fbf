import type { InvocationInfo } from '../errors/invocation-info.ts';
import type { Value } from '../values/value.ts';
import { automaticOfCall } from './automatic.ts';
import type { Variable } from './variable.ts';

/**
 * What a running function, script or script block knows of its call. Its automatic variables are made from it when first
 * asked for, so that a call that never reads `$args` never makes that array.
 */
export class CallState {
  args: Value[];
  /** By parameter name in its declared case, in the order of binding. */
  boundParameters: Map<string, Value>;
  invocation: InvocationInfo;
  /** `$input`: an enumerator, made when asked for. */
  input: (() => Value) | undefined;
  /** `$PSCmdlet`, of advanced functions only. */
  cmdlet: Value;
  /** `$this`, in script methods and properties only. */
  thisObject: Value;
  /** The file that the running block was read from: `$PSCommandPath` and `$PSScriptRoot`. */
  file: string | undefined;

  constructor(invocation: InvocationInfo, args: Value[] = [], boundParameters: Map<string, Value> = new Map()) {
    this.invocation = invocation;
    this.args = args;
    this.boundParameters = boundParameters;
    this.input = undefined;
    this.cmdlet = undefined;
    this.thisObject = undefined;
    this.file = undefined;
  }

  /** The automatic variable of a folded name, new at each question; `undefined` for other names. */
  variable(folded: string): Variable | undefined {
    return automaticOfCall(this, folded);
  }
}
