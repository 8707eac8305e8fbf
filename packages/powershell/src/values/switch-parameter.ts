import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';

/** `System.Management.Automation.SwitchParameter`: one of two objects. */
export class SwitchParameter extends Instance {
  readonly isPresent: boolean;
  private constructor(isPresent: boolean) {
    super();
    this.isPresent = isPresent;
  }
  static readonly on = new SwitchParameter(true);
  static readonly off = new SwitchParameter(false);
  static of(isPresent: boolean): SwitchParameter {
    return isPresent ? SwitchParameter.on : SwitchParameter.off;
  }
  get type(): NetType {
    return netTypes.switchParameter;
  }
}
