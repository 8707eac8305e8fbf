import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { Value } from './value.ts';

/** An attribute as an object: what `[Parameter]@{ Mandatory = $true }` makes for a dynamic parameter. */
export class AttributeObject extends Instance {
  readonly type: NetType;
  /** Properties that were set, by CLR name. */
  readonly values: Map<string, Value>;
  constructor(type: NetType, values: ReadonlyMap<string, Value> = new Map()) {
    super();
    this.type = type;
    this.values = new Map(values);
  }
}

/** `RuntimeDefinedParameter`: a parameter that a `dynamicparam` block makes. */
export class RuntimeDefinedParameter extends Instance {
  name: string;
  parameterType: NetType;
  attributes: Value;
  value: Value = null;
  isSet = false;
  constructor(name: string, parameterType: NetType, attributes: Value) {
    super();
    this.name = name;
    this.parameterType = parameterType;
    this.attributes = attributes;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.RuntimeDefinedParameter');
  }
}
