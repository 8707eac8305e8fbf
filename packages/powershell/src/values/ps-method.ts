import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { ExtendedMember } from './ps-object.ts';
import type { Value } from './value.ts';

/** What `$x.Method` without a call is: the method with its target, to be called later by `Invoke`. */
export class PSMethod extends Instance {
  readonly name: string;
  readonly target: Value;
  /** The type whose static method it is; `undefined` for methods of `target`. */
  readonly owner: NetType | undefined;
  constructor(name: string, target: Value, owner: NetType | undefined) {
    super();
    this.name = name;
    this.target = target;
    this.owner = owner;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.PSMethod');
  }
}

/** A script method as a value: `$x.Method` where `Add-Member` made it. */
export class PSScriptMethodValue extends Instance {
  readonly member: Extract<ExtendedMember, { kind: 'scriptMethod' }>;
  readonly target: Value;
  constructor(member: Extract<ExtendedMember, { kind: 'scriptMethod' }>, target: Value) {
    super();
    this.member = member;
    this.target = target;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.PSScriptMethod');
  }
}
