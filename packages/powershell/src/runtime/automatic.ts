import { objectArray } from '../values/array.ts';
import { boundParametersDictionary } from './bound-parameters.ts';
import type { CallState } from './call-state.ts';
import { Variable } from './variable.ts';

/** The automatic variable of a call by its folded name; `undefined` for every other name. */
export function automaticOfCall(call: CallState, folded: string): Variable | undefined {
  switch (folded) {
    case 'args':
      return new Variable('args', objectArray(call.args));
    case 'myinvocation':
      return new Variable('MyInvocation', call.invocation);
    case 'psboundparameters':
      return new Variable('PSBoundParameters', boundParametersDictionary(call.boundParameters));
    case 'pscmdlet':
      return call.cmdlet === undefined ? undefined : new Variable('PSCmdlet', call.cmdlet);
    case 'input':
      return call.input === undefined ? undefined : new Variable('input', call.input());
    case 'this':
      return call.thisObject === undefined ? undefined : new Variable('this', call.thisObject);
    default:
      return undefined;
  }
}
