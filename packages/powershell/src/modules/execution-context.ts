import type { SessionState } from '../runtime/session-state.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from '../values/instance.ts';

/** `$ExecutionContext`: the engine as the code of one world sees it. */
export class ExecutionContext extends Instance {
  readonly sessionState: SessionStateObject;
  constructor(state: SessionState) {
    super();
    this.sessionState = new SessionStateObject(state);
  }
  get type(): NetType {
    return namedType('System.Management.Automation.EngineIntrinsics');
  }
}

/** `System.Management.Automation.SessionState`: the variables and commands of a world as an object. */
export class SessionStateObject extends Instance {
  readonly state: SessionState;
  constructor(state: SessionState) {
    super();
    this.state = state;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.SessionState');
  }
}
