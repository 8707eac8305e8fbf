import type { Value } from '../values/value.ts';

/**
 * One variable of one scope.
 * @property check what every new value goes through: casts of a type constraint, validation attributes. Throws `Thrown`.
 */
export class Variable {
  /** In the case of its first assignment. */
  readonly name: string;
  value: Value;
  check: ((value: Value) => Value) | undefined;
  readOnly = false;
  constant = false;
  private = false;
  allScope = false;
  description = '';
  /** Attributes as objects, for `Get-Variable`'s `Attributes`. */
  attributes: readonly Value[] = [];
  /** False once removed: compiled code that holds the variable looks it up anew. */
  alive = true;

  constructor(name: string, value: Value) {
    this.name = name;
    this.value = value;
  }
}
