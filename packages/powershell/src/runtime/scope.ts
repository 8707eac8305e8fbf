import type { AliasCommand, FunctionCommand } from './command.ts';
import type { SessionState } from './session-state.ts';
import type { Variable } from './variable.ts';

/**
 * One scope: variables, functions and aliases by folded name (`name.toLowerCase()`). A function call, a script file and
 * `&` open one; reading goes up the parents (dynamic scoping), writing stays here.
 */
export class Scope {
  readonly parent: Scope | undefined;
  readonly state: SessionState;
  /** True for the scope of a script file, of a module and for the global one: what `$script:` means is the nearest such scope. */
  readonly isScript: boolean;
  readonly variables = new Map<string, Variable>();
  functions: Map<string, FunctionCommand> | undefined;
  aliases: Map<string, AliasCommand> | undefined;
  /** `Set-StrictMode`: 0 is off, `undefined` asks the parent. */
  strictVersion: number | undefined;

  constructor(state: SessionState, parent: Scope | undefined, isScript = false) {
    this.state = state;
    this.parent = parent;
    this.isScript = isScript;
  }

  /** The variable that a read sees: this scope's, or that of the nearest parent where it is not private. */
  find(folded: string): Variable | undefined {
    const own = this.variables.get(folded);
    if (own !== undefined) return own;
    for (let scope = this.parent; scope !== undefined; scope = scope.parent) {
      const variable = scope.variables.get(folded);
      if (variable !== undefined && !variable.private) return variable;
    }
    return undefined;
  }
}
