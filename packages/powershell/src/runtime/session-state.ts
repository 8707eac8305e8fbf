import type { ModuleInfo } from './module-info.ts';
import { Scope } from './scope.ts';

/**
 * The variables and commands of one world: the global one, or one per module. A module's top scope has the global scope
 * as its parent; code of a module sees the module's scopes, never its caller's.
 */
export class SessionState {
  readonly module: ModuleInfo | undefined;
  /** The outermost scope: of the module, or the global one. */
  readonly top: Scope;
  /** The scope that runs now in this world. */
  current: Scope;

  /** @param parent the global scope, for a module */
  constructor(module?: ModuleInfo, parent?: Scope) {
    this.module = module;
    this.top = new Scope(this, parent, { isScript: true });
    this.current = this.top;
  }
}
