import { EnumValue } from '../values/enum.ts';
import { closeType } from './closed-type.ts';
import { namedType, netTypes } from './intrinsic.ts';
import { library } from './library.ts';
import type { NetType, Overload, ParameterInfo, Property } from './net-type.ts';
import { methodOf, resolveMethod } from './resolve-method.ts';
import { described, lookUpText } from './type-lookup.ts';

/** A method, constructor or accessor with its names looked up. */
export interface Method {
  readonly overload: Overload;
  readonly name: string;
  readonly declaring: NetType;
  readonly isStatic: boolean;
  readonly parameters: readonly ParameterInfo[];
  readonly returnType: NetType;
  /** Placeholders of a generic method, in order; empty for others. */
  readonly typeParameters: readonly NetType[];
  readonly hasParamArray: boolean;
  /** How many arguments there must be at least, a params array left out. */
  readonly required: number;
}

export type Member = PropertyMember | MethodMember;

export interface PropertyMember {
  readonly kind: 'property';
  readonly name: string;
  readonly declaring: NetType;
  readonly isStatic: boolean;
  readonly property: Property;
  readonly valueType: NetType;
}

export interface MethodMember {
  readonly kind: 'method';
  readonly name: string;
  readonly declaring: NetType;
  readonly isStatic: boolean;
  /** The type's own overloads first, then those of its bases that none of them hides. */
  readonly methods: readonly Method[];
}

/** What a type's description says, names looked up and inheritance followed. */
export class TypeInfo {
  readonly type: NetType;
  readonly base: NetType | undefined;
  /** All interfaces, those of base types and of interfaces included. */
  readonly interfaces: readonly NetType[];
  /** The type itself, its bases and its interfaces. */
  readonly supertypes: ReadonlySet<NetType>;
  #members: Map<string, Member> | undefined;
  #statics: Map<string, Member> | undefined;
  #constructors: readonly Method[] | undefined;
  #indexerGet: readonly Method[] | undefined;
  #indexerSet: readonly Method[] | undefined;

  constructor(type: NetType) {
    this.type = type;
    const description = type.description;
    this.base = baseOfType(type);
    const supertypes = new Set<NetType>([type]);
    const interfaces = new Set<NetType>();
    for (const own of interfacesOfType(type)) {
      interfaces.add(own);
      for (const inherited of infoOf(own).interfaces) interfaces.add(inherited);
    }
    if (this.base !== undefined) {
      for (const inherited of infoOf(this.base).interfaces) interfaces.add(inherited);
      for (const inherited of infoOf(this.base).supertypes) supertypes.add(inherited);
    }
    for (const one of interfaces) supertypes.add(one);
    if (description.kind === 'interface') supertypes.add(netTypes.object);
    this.interfaces = [...interfaces];
    this.supertypes = supertypes;
  }

  /** Members of instances by folded name. */
  get members(): ReadonlyMap<string, Member> {
    this.#members ??= collectMembers(this.type, this.base, this.interfaces, false);
    return this.#members;
  }

  /** Static members by folded name, those of base types included. */
  get statics(): ReadonlyMap<string, Member> {
    this.#statics ??= collectMembers(this.type, this.base, [], true);
    return this.#statics;
  }

  get constructors(): readonly Method[] {
    this.#constructors ??= (this.type.description.constructors ?? []).map((one) => resolveMethod(one, this.type, true));
    return this.#constructors;
  }

  /** Overloads of the indexer for reading: the type's own, else its base's. */
  get indexerGet(): readonly Method[] {
    this.#indexerGet ??= this.#indexer('get') ?? (this.base === undefined ? [] : infoOf(this.base).indexerGet);
    return this.#indexerGet;
  }

  get indexerSet(): readonly Method[] {
    this.#indexerSet ??= this.#indexer('set') ?? (this.base === undefined ? [] : infoOf(this.base).indexerSet);
    return this.#indexerSet;
  }

  /**
   * Methods that a type has beside those it describes: its indexer by name and as `get_Item` and `set_Item`, its properties
   * as `get_Name` and `set_Name`.
   */
  accessor(folded: string): readonly Method[] | undefined {
    const indexer = (this.indexerGet[0] ?? this.indexerSet[0])?.name.toLowerCase();
    if (indexer !== undefined) {
      if (folded === indexer || folded === `get_${indexer}`) return nonEmpty(this.indexerGet);
      if (folded === `set_${indexer}`) return nonEmpty(this.indexerSet);
    }
    return accessorOf(this.members, folded);
  }

  /** `get_Now` of a static property `Now`. */
  staticAccessor(folded: string): readonly Method[] | undefined {
    return accessorOf(this.statics, folded);
  }

  #indexer(which: 'get' | 'set'): readonly Method[] | undefined {
    const overloads = this.type.description.indexer?.[which];
    return overloads?.map((one) => resolveMethod(one, this.type, false));
  }
}

function accessorOf(members: ReadonlyMap<string, Member>, folded: string): readonly Method[] | undefined {
  const isGetter = folded.startsWith('get_');
  if (!isGetter && !folded.startsWith('set_')) return undefined;
  const member = members.get(folded.slice(4));
  if (member?.kind !== 'property') return undefined;
  if (isGetter) return member.property.get === undefined ? undefined : [getterOf(member)];
  return member.property.set === undefined ? undefined : [setterOf(member)];
}

function nonEmpty(methods: readonly Method[]): readonly Method[] | undefined {
  return methods.length === 0 ? undefined : methods;
}

function getterOf({ name, property, declaring, valueType }: PropertyMember): Method {
  const overload: Overload = {
    signature: `get_${name}()`,
    invoke: (self, _none, context, type) => property.get?.(self, context, type) ?? null,
  };
  return methodOf(overload, `get_${name}`, declaring, false, [], valueType, []);
}

function setterOf({ name, property, declaring, valueType }: PropertyMember): Method {
  const overload: Overload = {
    signature: `set_${name}(value)`,
    invoke: (self, [value], context, type) => {
      property.set?.(self, value, context, type);
      return undefined;
    },
  };
  const parameter: ParameterInfo = {
    name: 'value',
    type: valueType,
    isReference: false,
    isParamArray: false,
    isOptional: false,
    defaultValue: null,
  };
  return methodOf(overload, `set_${name}`, declaring, false, [parameter], netTypes.void, []);
}

/** What is known of a type; worked out once. */
export function infoOf(type: NetType): TypeInfo {
  type.info ??= new TypeInfo(described(type));
  return type.info;
}

const roots = new Set(['System.Object']);

function baseOfType(type: NetType): NetType | undefined {
  const { kind, base, baseType, name } = type.description;
  if (type.element === undefined && roots.has(name)) return undefined;
  if (baseType !== undefined) return baseType;
  if (base !== undefined) return lookUpText(base, type);
  switch (kind) {
    case 'interface':
      return undefined;
    case 'struct':
      return described(netTypes.valueType);
    case 'enum':
      return described(netTypes.enum);
    case 'delegate':
      return described(namedType('System.MulticastDelegate'));
    case 'class':
      return described(netTypes.object);
  }
}

function interfacesOfType(type: NetType): NetType[] {
  const { interfaceTypes = [], interfaces = [] } = type.description;
  const own = [...interfaceTypes, ...interfaces.map((text) => lookUpText(text, type))];
  if (type.element === undefined || type.rank !== 1) return own;
  const generic = ['IList', 'ICollection', 'IEnumerable', 'IReadOnlyList', 'IReadOnlyCollection'].map((name) => {
    const definition = library.named(`System.Collections.Generic.${name}\`1`);
    return definition === undefined || type.element === undefined ? undefined : closeType(definition, [type.element]);
  });
  return [...own, ...generic.filter((one) => one !== undefined)];
}

function collectMembers(
  type: NetType,
  base: NetType | undefined,
  interfaces: readonly NetType[],
  isStatic: boolean,
): Map<string, Member> {
  const inherited = base === undefined ? undefined : isStatic ? infoOf(base).statics : infoOf(base).members;
  const members = new Map<string, Member>();
  const description = type.description;
  if (description.kind === 'interface') {
    for (const one of interfaces) for (const [key, member] of infoOf(one).members) members.set(key, member);
  }
  if (isStatic && description.kind === 'enum') {
    for (const [label, number] of Object.entries(description.labels ?? {})) {
      members.set(label.toLowerCase(), labelMember(type, label, number));
    }
  }
  const properties = isStatic ? description.staticProperties : description.properties;
  for (const [name, property] of Object.entries(properties ?? {})) {
    members.set(name.toLowerCase(), new LazyProperty(name, type, isStatic, property));
  }
  const methods = isStatic ? description.staticMethods : description.methods;
  for (const [name, overloads] of Object.entries(methods ?? {})) {
    const folded = name.toLowerCase();
    const above = inherited?.get(folded);
    members.set(folded, new LazyMethods(name, type, isStatic, overloads, above?.kind === 'method' ? above : undefined));
  }
  for (const [key, member] of inherited ?? []) if (!members.has(key)) members.set(key, member);
  return members;
}

function labelMember(type: NetType, label: string, number: number | bigint): PropertyMember {
  const value = new EnumValue(type, number);
  return {
    kind: 'property',
    name: label,
    declaring: type,
    isStatic: true,
    property: { type: type.name, get: () => value },
    valueType: type,
  };
}

class LazyProperty implements PropertyMember {
  readonly kind = 'property';
  readonly name: string;
  readonly declaring: NetType;
  readonly isStatic: boolean;
  readonly property: Property;
  #valueType: NetType | undefined;

  constructor(name: string, declaring: NetType, isStatic: boolean, property: Property) {
    this.name = name;
    this.declaring = declaring;
    this.isStatic = isStatic;
    this.property = property;
  }

  get valueType(): NetType {
    this.#valueType ??= this.property.valueType ?? lookUpText(this.property.type, this.declaring);
    return this.#valueType;
  }
}

class LazyMethods implements MethodMember {
  readonly kind = 'method';
  readonly name: string;
  readonly declaring: NetType;
  readonly isStatic: boolean;
  readonly #overloads: readonly Overload[];
  readonly #inherited: MethodMember | undefined;
  #methods: readonly Method[] | undefined;

  constructor(
    name: string,
    declaring: NetType,
    isStatic: boolean,
    overloads: readonly Overload[],
    inherited: MethodMember | undefined,
  ) {
    this.name = name;
    this.declaring = declaring;
    this.isStatic = isStatic;
    this.#overloads = overloads;
    this.#inherited = inherited;
  }

  get methods(): readonly Method[] {
    if (this.#methods === undefined) {
      const own = this.#overloads.map((one) => resolveMethod(one, this.declaring, this.isStatic));
      const above = (this.#inherited?.methods ?? []).filter(
        (one) => !own.some((other) => hasSameParameters(one, other)),
      );
      this.#methods = [...own, ...above];
    }
    return this.#methods;
  }
}

function hasSameParameters(a: Method, b: Method): boolean {
  return (
    a.parameters.length === b.parameters.length &&
    a.typeParameters.length === b.typeParameters.length &&
    a.parameters.every((parameter, index) => parameter.type === b.parameters[index]?.type)
  );
}
