import type { Value } from '../values/value.ts';

/** One variable of one scope. */
export class Variable {
  /** In the case of its first assignment. */
  readonly name: string;
  value: Value;
  private = false;
  allScope = false;
  description = '';
  /** Attributes as objects, for `Get-Variable`'s `Attributes`. */
  attributes: readonly Value[] = [];
  /** False once removed or replaced: compiled code that holds the variable looks it up anew. */
  alive = true;
  /** True while an assignment is no more than storing: neither a check nor read-only. */
  plain = true;
  #check: ((value: Value) => Value) | undefined;
  #readOnly = false;
  #constant = false;

  constructor(name: string, value: Value) {
    this.name = name;
    this.value = value;
  }

  /** What every new value goes through: casts of a type constraint, validation attributes. Throws `Thrown`. */
  get check(): ((value: Value) => Value) | undefined {
    return this.#check;
  }
  set check(check: ((value: Value) => Value) | undefined) {
    this.#check = check;
    this.#settle();
  }

  get readOnly(): boolean {
    return this.#readOnly;
  }
  set readOnly(on: boolean) {
    this.#readOnly = on;
    this.#settle();
  }

  get constant(): boolean {
    return this.#constant;
  }
  set constant(on: boolean) {
    this.#constant = on;
    this.#settle();
  }

  #settle(): void {
    this.plain = this.#check === undefined && !this.#readOnly && !this.#constant;
  }
}
