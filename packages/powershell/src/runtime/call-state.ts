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
  #boundParameters: Map<string, Value> | (() => Map<string, Value>);
  #invocation: InvocationInfo | (() => InvocationInfo);
  /** `$input`: an enumerator, made when asked for. */
  input: (() => Value) | undefined;
  /** `$PSCmdlet`, of advanced functions only. */
  cmdlet: Value;
  /** `$this`, in script methods and properties only. */
  thisObject: Value;
  /** The file that the running block was read from: `$PSCommandPath` and `$PSScriptRoot`. */
  file: string | undefined;

  /** @param invocation and `boundParameters` may be functions: made when first asked for */
  constructor(
    invocation: InvocationInfo | (() => InvocationInfo),
    args: Value[] = [],
    boundParameters: Map<string, Value> | (() => Map<string, Value>) = () => new Map(),
  ) {
    this.#invocation = invocation;
    this.args = args;
    this.#boundParameters = boundParameters;
    this.input = undefined;
    this.cmdlet = undefined;
    this.thisObject = undefined;
    this.file = undefined;
  }

  /** By parameter name in its declared case, in the order of binding. */
  get boundParameters(): Map<string, Value> {
    const known = this.#boundParameters;
    if (typeof known !== 'function') return known;
    const made = known();
    this.#boundParameters = made;
    return made;
  }
  set boundParameters(values: Map<string, Value>) {
    this.#boundParameters = values;
  }

  get invocation(): InvocationInfo {
    const known = this.#invocation;
    if (typeof known !== 'function') return known;
    const made = known();
    this.#invocation = made;
    return made;
  }

  /** The automatic variable of a folded name, new at each question; `undefined` for other names. */
  variable(folded: string): Variable | undefined {
    return automaticOfCall(this, folded);
  }
}
