import type { DriveInfo } from '../types/automation/drive-info.ts';
import type { NetType } from '../types/net-type.ts';
import type { CallState } from './call-state.ts';
import type { AliasCommand, FunctionCommand } from './command.ts';
import type { SessionState } from './session-state.ts';
import type { Variable } from './variable.ts';

/** Folded names of variables to the slots that compiled code gave them. */
export type SlotLayout = ReadonlyMap<string, number>;

const noLayout: SlotLayout = new Map();

/**
 * One scope: variables, functions and aliases by folded name (`name.toLowerCase()`). A function call, a script file and
 * `&` open one; reading goes up the parents (dynamic scoping), writing stays here.
 *
 * The variables that the code of the scope's own block names live in `slots`, where that code finds them by number; others
 * (made by `Set-Variable`, by dot-sourced code) in a map. Use the methods: they hide the difference.
 */
export class Scope {
  readonly parent: Scope | undefined;
  readonly state: SessionState;
  /** True for the scope of a script file, of a module and for the global one: what `$script:` means is the nearest such scope. */
  readonly isScript: boolean;
  readonly layout: SlotLayout;
  readonly slots: (Variable | undefined)[];
  /** The call that opened the scope: `$args`, `$PSBoundParameters` and the like are made from it when first asked for. */
  call: CallState | undefined;
  functions: Map<string, FunctionCommand> | undefined;
  aliases: Map<string, AliasCommand> | undefined;
  /** Drives that were made here, by folded name. */
  drives: Map<string, DriveInfo> | undefined;
  /** Classes and enums whose definitions ran here, by folded name. */
  types: Map<string, NetType> | undefined;
  /** `Set-StrictMode`: 0 is off, `undefined` asks the parent. */
  strictVersion: number | undefined;
  #others: Map<string, Variable> | undefined;

  constructor(
    state: SessionState,
    parent: Scope | undefined,
    { isScript = false, layout = noLayout }: { isScript?: boolean; layout?: SlotLayout } = {},
  ) {
    this.state = state;
    this.parent = parent;
    this.isScript = isScript;
    this.layout = layout;
    this.slots = layout === noLayout ? [] : new Array<Variable | undefined>(layout.size).fill(undefined);
  }

  /** The variable of this very scope. */
  own(folded: string): Variable | undefined {
    const slot = this.layout.get(folded);
    const known = slot === undefined ? this.#others?.get(folded) : this.slots[slot];
    if (known !== undefined || this.call === undefined) return known;
    const automatic = this.call.variable(folded);
    if (automatic !== undefined) this.#put(folded, automatic);
    return automatic;
  }

  /** The variable that a read sees: this scope's, or that of the nearest parent where it is not private. */
  find(folded: string): Variable | undefined {
    const own = this.own(folded);
    if (own !== undefined) return own;
    for (let scope = this.parent; scope !== undefined; scope = scope.parent) {
      const variable = scope.own(folded);
      if (variable !== undefined && !variable.private) return variable;
    }
    return undefined;
  }

  /** Puts a variable here; one of the same name that was here is gone. */
  add(variable: Variable): void {
    const folded = variable.name.toLowerCase();
    this.remove(folded);
    this.#put(folded, variable);
  }

  #put(folded: string, variable: Variable): void {
    const slot = this.layout.get(folded);
    if (slot !== undefined) this.slots[slot] = variable;
    else {
      this.#others ??= new Map();
      this.#others.set(folded, variable);
    }
  }

  /** Takes a variable out, whatever its options; answers whether it was there. */
  remove(folded: string): boolean {
    const slot = this.layout.get(folded);
    const known = slot === undefined ? this.#others?.get(folded) : this.slots[slot];
    if (known === undefined) return false;
    known.alive = false;
    if (slot !== undefined) this.slots[slot] = undefined;
    else this.#others?.delete(folded);
    return true;
  }

  /** The variables of this very scope. */
  *variables(): Generator<Variable, void> {
    for (const variable of this.slots) if (variable !== undefined) yield variable;
    if (this.#others !== undefined) yield* this.#others.values();
  }

  /** The nearest scope of a script file, a module, or the global one: `$script:`. */
  get scriptScope(): Scope {
    let scope: Scope = this;
    while (!scope.isScript && scope.parent !== undefined) scope = scope.parent;
    return scope;
  }
}
