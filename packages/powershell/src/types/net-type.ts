import type { Budget } from '../runtime/budget.ts';
import { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';
import type { TypeInfo } from './type-info.ts';

export type TypeKind = 'class' | 'struct' | 'interface' | 'enum' | 'delegate';

/**
 * What a member may use of the engine beyond its arguments: `types/` knows nothing of scopes and commands.
 * The runtime's session implements it.
 */
export interface CallContext {
  /** Converts as a cast does. Throws `Thrown` with PowerShell's invalid-cast ids. */
  convert(value: Value, type: NetType): Value;
  /** The text PowerShell gives a value in a string. */
  text(value: Value): string;
  /** Runs a script block as a delegate: output collected (none is AutomationNull, one is itself, many an array). */
  invoke(block: Instance, args: readonly Value[], underscore?: Value): Value;
  readonly clock: { now(): number };
  readonly random: { bytes(length: number): Uint8Array };
  /** What makes large values or loops long asks it. */
  readonly budget: Budget;
}

/** One signature of a method, constructor or indexer. Arguments come converted to the parameter types, defaults filled in. */
export interface Overload {
  /** As PowerShell prints it: `string Substring(int startIndex, int length)`; `params object[] args`, `T item` for generics, `string format = "x"`. */
  readonly signature: string;
  /** The parameters and the name where their types are at hand already (members of classes that scripts define); else `signature` is parsed. */
  readonly parameters?: readonly ParameterInfo[];
  readonly returnType?: NetType;
  readonly name?: string;
  /** Left out of `Get-Member`, still callable: compiler-made members such as `get_Length`. */
  readonly isHidden?: boolean;
  /** `type` is the closed type that declares it; `typeArguments` are those of a generic method. */
  readonly invoke: (
    self: Value,
    args: readonly Value[],
    context: CallContext,
    type: NetType,
    typeArguments: readonly NetType[],
  ) => Value;
}

/** One parameter of a signature, resolved. */
export interface ParameterInfo {
  readonly name: string;
  readonly type: NetType;
  /** `[ref]` or `out`: an argument must be a reference, whose value is set after the call. */
  readonly isReference: boolean;
  readonly isParamArray: boolean;
  readonly isOptional: boolean;
  readonly defaultValue: Value;
}

export interface Property {
  /** Type name as in a signature; `T` of a generic type. */
  readonly type: string;
  /** The type itself where it is at hand already (properties of classes that scripts define). */
  readonly valueType?: NetType;
  readonly isHidden?: boolean;
  /** What kind of member it is where PowerShell's own type data adds it to the .NET type. */
  readonly addedAs?: 'AliasProperty' | 'ScriptProperty' | 'CodeProperty' | 'NoteProperty';
  readonly get?: (self: Value, context: CallContext, type: NetType) => Value;
  /** The value comes converted to `type`. */
  readonly set?: (self: Value, value: Value, context: CallContext, type: NetType) => void;
}

/** Properties that depend on the object. `get` answers `undefined` where there is none of that name (in any case). */
export interface MemberAdapter {
  readonly names: (self: Value) => readonly string[];
  readonly get: (self: Value, name: string, context: CallContext) => Value;
  /** What `Get-Member` says of one. */
  readonly definition: (self: Value, name: string) => string;
  /** False where there is none of that name. */
  readonly set: (self: Value, name: string, value: Value, context: CallContext) => boolean;
}

export interface Indexer {
  /** Signatures as `T Item(int index)`; several where the type overloads its indexer. */
  readonly get: readonly Overload[];
  /** The last parameter is the value. */
  readonly set: readonly Overload[];
}

/**
 * A .NET type as data. One small file per type declares one of these with `describe()`; overload choice, coercion and
 * error ids are the engine's. Names are CLR names in CLR case; lookups ignore case.
 */
export interface TypeDescription {
  /** Full name; generic definitions end in a back-tick and the count: ``System.Collections.Generic.List`1``. */
  readonly name: string;
  readonly kind: TypeKind;
  /** Names of the type parameters, for signatures (`T`, `TKey`). */
  readonly typeParameters?: readonly string[];
  /** Full name of the base type; `System.Object` where absent (classes), `System.ValueType` for structs. */
  readonly base?: string;
  /** The base type and the interfaces themselves where they are at hand already (classes that scripts define). */
  readonly baseType?: NetType;
  readonly interfaceTypes?: readonly NetType[];
  /** Full names, closed over the type parameters: ``System.Collections.Generic.IList`1[T]``. */
  readonly interfaces?: readonly string[];
  /** PowerShell's short names: `string`, `psobject`. */
  readonly accelerators?: readonly string[];
  readonly isAbstract?: boolean;
  /** A class of a script: exceptions of its methods reach the caller as they are. */
  readonly isScriptDefined?: boolean;
  /** Members that each object has for itself: elements of XML, columns of a row. Asked after those the type declares. */
  readonly adapter?: MemberAdapter;
  readonly constructors?: readonly Overload[];
  readonly methods?: Readonly<Record<string, readonly Overload[]>>;
  readonly staticMethods?: Readonly<Record<string, readonly Overload[]>>;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly staticProperties?: Readonly<Record<string, Property>>;
  readonly indexer?: Indexer;
  /** Labels of an enum with their numbers, in order; `flags` for `[Flags]`. */
  readonly labels?: Readonly<Record<string, number | bigint>>;
  readonly flags?: boolean;
  /** Underlying type of an enum: `System.Int32` where absent. */
  readonly underlying?: string;
  /** The value of `default(T)` where it is not null: structs. */
  readonly zero?: (type: NetType) => Value;
  /** Items in order where PowerShell enumerates the type (strings and dictionaries are not enumerated by pipelines: see `enumeration`). */
  readonly enumerate?: (self: Value, context: CallContext) => Iterable<Value>;
  /** `Equals`, where it is not reference identity. */
  readonly equals?: (self: Value, other: Value) => boolean;
  /** `GetHashCode`, as a key equal for equal values: a text or number of the value's own kind. */
  readonly hashKey?: (self: Value) => string | number | bigint;
  /** `IComparable`: negative, zero or positive; the other is of the same type. */
  readonly compare?: (self: Value, other: Value) => number;
  /** `ToString()` of the invariant culture; `format` where the type is IFormattable (`-f`, `ToString('N2')`). */
  readonly toText?: (self: Value, format: string | undefined, context: CallContext) => string;
  /** Conversions the type itself knows: `op_Implicit`, `op_Explicit`, `Parse(string)`, taken in PowerShell's order by `conversion/`. */
  readonly parse?: (text: string, context: CallContext) => Value;
  readonly convertFrom?: (value: Value, context: CallContext, type: NetType) => Value | typeof notConvertible;
  readonly convertTo?: (self: Value, target: NetType, context: CallContext) => Value | typeof notConvertible;
  /** Types that derive from this one cross as this one does. */
  readonly handOver?: HandOver;
  /** Operators `op_Addition` and the like, by operator sign; both sides as they came. */
  readonly operators?: Readonly<
    Record<string, (left: Value, right: Value, context: CallContext) => Value | typeof notConvertible>
  >;
}

/**
 * How an object crosses between scripts and the host program, as data: lists, texts, numbers, or objects that cross
 * themselves. A type that has none of this goes out as its name and text.
 */
export interface HandOver {
  /** Makes the object of what the host program gave. Throws `NetFailure` for what is none. */
  readonly receive?: (data: Value, context: CallContext) => Value;
  readonly send?: (self: Value, context: CallContext) => Value;
}

/** What a conversion answers that does not apply. */
export const notConvertible: unique symbol = Symbol('not convertible');

/**
 * A .NET type in a running engine: a description, closed over its type arguments. One object per closed type: types are
 * compared by identity. Intrinsic types exist before they are described, so that values can name them.
 */
export class NetType extends Instance {
  /** Full name as `Type.FullName` prints the definition (no type arguments): ``System.Collections.Generic.List`1``. */
  readonly name: string;
  readonly typeArguments: readonly NetType[];
  /** The element type of an array type. */
  readonly element: NetType | undefined;
  readonly rank: number;
  /** The generic definition that this type closes; `undefined` for definitions and plain types. */
  readonly definition: NetType | undefined;
  /** Where the names in its description are looked up; `undefined` is the library alone. */
  readonly names: TypeNames | undefined;
  /** What `type-info` worked out from the description: the members by name, the supertypes. Made on first use. */
  info: TypeInfo | undefined;
  /** True once one instance of this type was given members of its own, so that member lookup must ask for them. */
  hasExtendedInstances = false;
  #description: TypeDescription | undefined;

  constructor(
    name: string,
    {
      typeArguments = [],
      element,
      rank = element === undefined ? 0 : 1,
      description,
      definition,
      names,
    }: NetTypeOptions = {},
  ) {
    super();
    this.name = name;
    this.typeArguments = typeArguments;
    this.element = element;
    this.rank = rank;
    this.definition = definition;
    this.names = names;
    this.#description = description;
  }

  get type(): NetType {
    return runtimeType;
  }

  get description(): TypeDescription {
    this.#description ??= this.definition?.description;
    if (this.#description === undefined) throw new Error(`type ${this.name} is not described`);
    return this.#description;
  }

  get isDescribed(): boolean {
    return this.#description !== undefined || this.definition?.isDescribed === true;
  }

  /** Gives an intrinsic type its description; once. */
  describe(description: TypeDescription): void {
    this.#description = description;
    this.info = undefined;
  }

  get kind(): TypeKind {
    return this.description.kind;
  }
}

interface NetTypeOptions {
  readonly typeArguments?: readonly NetType[];
  readonly element?: NetType;
  readonly rank?: number;
  readonly definition?: NetType;
  readonly description?: TypeDescription | undefined;
  readonly names?: TypeNames | undefined;
}

/** Looks up the full name of a type, or of a generic definition. */
export interface TypeNames {
  named(name: string): NetType | undefined;
}

const runtimeType = new NetType('System.RuntimeType');

export { runtimeType };
