import type { FunctionMember, PropertyMember } from '../syntax/tree/index.ts';
import type { Property } from '../types/net-type.ts';
import { zeroOf } from '../types/new-array.ts';
import type { Value } from '../values/value.ts';
import type { ClassBuild } from './class-type.ts';
import { MemberCode } from './code.ts';
import { PropertySlot } from './fields.ts';

/** The static properties of a class, and its static constructor, which runs when the class is first used. */
export class StaticPart {
  readonly #slots: readonly PropertySlot[];
  readonly #values: Value[];
  readonly #body: (() => void) | undefined;
  #isReady: boolean;

  constructor(
    { lookup, place, errors }: ClassBuild,
    properties: readonly PropertyMember[],
    functions: readonly FunctionMember[],
  ) {
    this.#slots = properties.map((ast) => new PropertySlot(ast, lookup.declared(ast.type), place));
    this.#values = this.#slots.map(({ valueType }) => zeroOf(valueType));
    const ast = functions.find((one) => one.isConstructor && one.isStatic);
    if (ast !== undefined) {
      const [parameter] = ast.parameters;
      if (parameter !== undefined) errors.report('StaticConstructorCantHaveParameters', parameter);
      const code = new MemberCode(place, ast.name);
      this.#body = () => void code.runBody(ast, undefined, []);
    }
    this.#isReady = this.#body === undefined && !this.#slots.some(({ hasInitial }) => hasInitial);
  }

  /** Before the first use of any member: initial values in order, then the constructor. */
  prepare(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.hasInitial) this.#values[index] = slot.initialValue(undefined);
    }
    this.#body?.();
  }

  *properties(): Generator<readonly [string, Property]> {
    for (const [index, slot] of this.#slots.entries()) {
      const property = slot.property(
        () => {
          this.prepare();
          return this.#values[index];
        },
        (_none, value) => {
          this.prepare();
          this.#values[index] = value;
        },
      );
      yield [slot.ast.name, property];
    }
  }
}
