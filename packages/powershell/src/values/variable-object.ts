import type { ModuleInfo } from '../runtime/module-info.ts';
import type { Variable } from '../runtime/variable.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';

const objects = new WeakMap<Variable, VariableObject>();

/** `System.Management.Automation.PSVariable`: a variable as a value. */
export class VariableObject extends Instance {
  readonly variable: Variable;
  readonly module: ModuleInfo | undefined;
  constructor(variable: Variable, module?: ModuleInfo) {
    super();
    this.variable = variable;
    this.module = module;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.PSVariable');
  }
}

/** The one object of a variable. */
export function variableObject(variable: Variable): VariableObject {
  let object = objects.get(variable);
  if (object === undefined) {
    object = new VariableObject(variable);
    objects.set(variable, object);
  }
  return object;
}
