import type { ParameterAttribute } from '../binding/attribute.ts';
import { attributeArguments } from '../binding/attributes/attribute-arguments.ts';
import { valueAttribute } from '../binding/attributes/value-attribute.ts';
import { ErrorRecord } from '../errors/error-record.ts';
import { NetFailure } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import type { PropertyMember } from '../syntax/tree/index.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType, Property } from '../types/net-type.ts';
import { zeroOf } from '../types/new-array.ts';
import { infoOf } from '../types/type-info.ts';
import { PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { fieldsOf } from './class-instance.ts';
import type { ClassBuild } from './class-type.ts';
import { type ClassPlace, MemberCode } from './code.ts';

/** Layouts of the classes defined so far: a class continues that of its base. */
const layouts = new WeakMap<NetType, FieldLayout>();

/** A property, instance or static, with what its values go through. */
export class PropertySlot {
  readonly ast: PropertyMember;
  readonly valueType: NetType;
  readonly #place: ClassPlace;
  readonly #initial: ((self: Value, args: readonly Value[]) => Value[]) | undefined;
  #attributes: readonly ParameterAttribute[] | undefined;

  constructor(ast: PropertyMember, valueType: NetType, place: ClassPlace) {
    this.ast = ast;
    this.valueType = valueType;
    this.#place = place;
    this.#initial =
      ast.initialValue === undefined
        ? undefined
        : new MemberCode(place, ast.name).expressions([ast.initialValue], (value) => this.#fit(value));
  }

  get hasInitial(): boolean {
    return this.#initial !== undefined;
  }

  /** The initial value as declared, converted and checked. */
  initialValue(self: Value): Value {
    return this.#initial?.(self, [])[0];
  }

  #fit(value: Value): Value {
    const bare = value instanceof PSObject ? value.base : value;
    const fitting = this.valueType === netTypes.object ? bare : this.#place.session.convert(value, this.valueType);
    try {
      return this.check(fitting);
    } catch (error) {
      throw asMetadataError(error);
    }
  }

  /** Runs the property's attributes over a value of its type. */
  check(value: Value): Value {
    if (this.ast.attributes.length === 0) return value;
    const { session, state, source } = this.#place;
    this.#attributes ??= this.ast.attributes
      .map((one) => valueAttribute(attributeArguments(one, { source, state, session }), session))
      .filter((one) => one !== undefined);
    let checked = value;
    for (const { kind, apply } of this.#attributes) {
      const result = apply(checked, session);
      if (kind !== 'validation') checked = session.convert(result, this.valueType);
    }
    return checked;
  }

  /** As a member of the type. */
  property(get: (self: Value) => Value, set: (self: Value, value: Value) => void): Property {
    return {
      type: this.valueType.name,
      valueType: this.valueType,
      get,
      set: (self, value) => set(self, this.check(value)),
      ...(this.ast.isHidden ? { isHidden: true } : {}),
    };
  }
}

/** An attribute that refuses an initial value does so with its own id. */
function asMetadataError(error: unknown): unknown {
  if (!(error instanceof NetFailure)) return error;
  const { exception } = error;
  const id = exception.details.get('ErrorId');
  if (typeof id !== 'string') return error;
  exception.record = new ErrorRecord(exception, id, 'MetadataError');
  return new Thrown(exception.record);
}

/** The instance properties of a class, and where each object keeps their values. */
export class FieldLayout {
  readonly #slots: readonly PropertySlot[];
  readonly #inherited: FieldLayout | undefined;
  readonly #first: number;

  constructor({ type, base, lookup, place }: ClassBuild, properties: readonly PropertyMember[]) {
    this.#inherited = layoutOf(base);
    this.#first = this.#inherited?.length ?? 0;
    this.#slots = properties.map((ast) => new PropertySlot(ast, lookup.declared(ast.type), place));
    layouts.set(type, this);
  }

  get length(): number {
    return this.#first + this.#slots.length;
  }

  /** What a new object holds before anything ran. */
  zeros(): Value[] {
    return [...(this.#inherited?.zeros() ?? []), ...this.#slots.map(({ valueType }) => zeroOf(valueType))];
  }

  /** Gives the properties of this class, not of its bases, their initial values. */
  initialize(self: Value): void {
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.hasInitial) fieldsOf(self)[this.#first + index] = slot.initialValue(self);
    }
  }

  *properties(): Generator<readonly [string, Property]> {
    for (const [index, slot] of this.#slots.entries()) {
      const at = this.#first + index;
      const property = slot.property(
        (self) => fieldsOf(self)[at],
        (self, value) => {
          fieldsOf(self)[at] = value;
        },
      );
      yield [slot.ast.name, property];
    }
  }
}

/** The layout of a class or of its nearest base that has one. */
export function layoutOf(type: NetType): FieldLayout | undefined {
  for (let one: NetType | undefined = type; one !== undefined; one = infoOf(one).base) {
    const layout = layouts.get(one);
    if (layout !== undefined) return layout;
  }
  return undefined;
}
