import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { PSMethod } from './ps-method.ts';
import type { ScriptBlock } from './script-block.ts';

/** A delegate made of a script block or of a method: `[Func[int, bool]]{ … }`. `CallContext.invoke` calls it. */
export class Delegate extends Instance {
  readonly type: NetType;
  readonly target: ScriptBlock | PSMethod;
  constructor(type: NetType, target: ScriptBlock | PSMethod) {
    super();
    this.type = type;
    this.target = target;
  }
}
