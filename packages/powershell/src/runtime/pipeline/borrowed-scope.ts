import type { CallState } from '../call-state.ts';
import type { Scope, SlotLayout } from '../scope.ts';
import type { Variable } from '../variable.ts';

const automatic = ['args', 'input', 'myinvocation', 'pscmdlet', 'psboundparameters', 'this'];

/**
 * The automatic variables of code that runs in a scope that is not its own (dot-sourced, `ForEach-Object`): in for its
 * time, then what was there before is there again.
 */
export class BorrowedScope {
  readonly #scope: Scope;
  readonly #before = new Map<string, Variable | undefined>();

  constructor(scope: Scope, layout: SlotLayout, call: CallState) {
    this.#scope = scope;
    this.lend(layout, call);
  }

  /** Puts in the automatic variables that the code names; again once arguments are bound, which changes them. */
  lend(layout: SlotLayout, call: CallState): void {
    for (const folded of automatic) {
      if (!layout.has(folded)) continue;
      const variable = call.variable(folded);
      if (variable !== undefined) this.put(variable);
    }
  }

  /** True once a variable of the name was put in. */
  has(folded: string): boolean {
    return this.#before.has(folded);
  }

  put(variable: Variable): void {
    const folded = variable.name.toLowerCase();
    if (!this.#before.has(folded)) this.#before.set(folded, this.#scope.own(folded));
    this.#scope.add(variable);
  }

  giveBack(): void {
    for (const [folded, before] of this.#before) {
      this.#scope.remove(folded);
      if (before === undefined) continue;
      before.alive = true;
      this.#scope.add(before);
    }
    this.#before.clear();
  }
}
