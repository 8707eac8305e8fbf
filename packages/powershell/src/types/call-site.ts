import type { Session } from '../runtime/session.ts';
import type { Value } from '../values/value.ts';
import { getMember, invokeMember } from './members.ts';

/** One `.name` in a script: remembers what the name meant for the last type it met. Make one per place, when compiling. */
export class PropertySite {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  get(target: Value, session: Session): Value {
    return getMember(target, this.name, session);
  }
}

/** One `.name(…)` in a script. */
export class MethodSite {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  invoke(target: Value, args: readonly Value[], session: Session): Value {
    return invokeMember(target, this.name, args, session);
  }
}
