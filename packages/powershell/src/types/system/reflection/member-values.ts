import { Instance } from '../../../values/instance.ts';
import { namedType } from '../../intrinsic.ts';
import type { NetType, ParameterInfo } from '../../net-type.ts';
import type { Method, PropertyMember } from '../../type-info.ts';

/** `System.Reflection.PropertyInfo`. */
export class PropertyValue extends Instance {
  readonly member: PropertyMember;
  constructor(member: PropertyMember) {
    super();
    this.member = member;
  }
  get type(): NetType {
    return namedType('System.Reflection.RuntimePropertyInfo');
  }
}

/** `System.Reflection.MethodInfo` or `ConstructorInfo`: one overload. */
export class MethodValue extends Instance {
  readonly method: Method;
  readonly isConstructor: boolean;
  constructor(method: Method, isConstructor: boolean) {
    super();
    this.method = method;
    this.isConstructor = isConstructor;
  }
  get type(): NetType {
    return namedType(`System.Reflection.Runtime${this.isConstructor ? 'Constructor' : 'Method'}Info`);
  }
}

/** `System.Reflection.ParameterInfo`. */
export class ParameterValue extends Instance {
  readonly parameter: ParameterInfo;
  readonly position: number;
  constructor(parameter: ParameterInfo, position: number) {
    super();
    this.parameter = parameter;
    this.position = position;
  }
  get type(): NetType {
    return namedType('System.Reflection.RuntimeParameterInfo');
  }
}
