import { namedType, netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { Value } from './value.ts';

/** `$x.psobject`: an object seen as the set of its members. */
export class PSObjectView extends Instance {
  readonly target: Value;
  constructor(target: Value) {
    super();
    this.target = target;
  }
  get type(): NetType {
    return netTypes.psObject;
  }
}

/** `$x.psbase`, `$x.psadapted`, `$x.psextended`: an object with part of its members only. */
export class MemberView extends Instance {
  readonly target: Value;
  readonly part: 'psbase' | 'psadapted' | 'psextended';
  constructor(target: Value, part: 'psbase' | 'psadapted' | 'psextended') {
    super();
    this.target = target;
    this.part = part;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.PSMemberSet');
  }
}
