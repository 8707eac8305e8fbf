import { netFailure } from '../../errors/raise.ts';
import { sessionOf } from '../../runtime/session-of.ts';
import { NetArray } from '../../values/array.ts';
import { as, int, object, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { isAssignable, isInstance, isReference, isValueType } from '../assignable.ts';
import { closeType } from '../closed-type.ts';
import { enumOf } from '../enumeration.ts';
import { arrayOf, netTypes } from '../intrinsic.ts';
import { type CallContext, NetType, type Overload, type Property, type TypeDescription } from '../net-type.ts';
import { fullName, namespaceOf, netName, shortName } from '../type-display.ts';
import { infoOf } from '../type-info.ts';
import { readEnum } from './enum.ts';
import { reflectionMethods } from './reflection/type-members.ts';

const self = (value: Value): NetType => as(value, NetType);

function isDefinition(type: NetType): boolean {
  return (
    type.definition === undefined && type.element === undefined && (type.description.typeParameters?.length ?? 0) > 0
  );
}

function flag(test: (type: NetType) => boolean): Property {
  return { type: 'bool', get: (value) => test(self(value)) };
}

const primitives = new Set<NetType>([
  netTypes.boolean,
  netTypes.char,
  netTypes.sbyte,
  netTypes.byte,
  netTypes.int16,
  netTypes.uint16,
  netTypes.int32,
  netTypes.uint32,
  netTypes.int64,
  netTypes.uint64,
  netTypes.single,
  netTypes.double,
]);

function types(all: readonly NetType[]): NetArray {
  return new NetArray(netTypes.type, [...all]);
}

const typeCodes = new Map<NetType, number>([
  [netTypes.boolean, 3],
  [netTypes.char, 4],
  [netTypes.sbyte, 5],
  [netTypes.byte, 6],
  [netTypes.int16, 7],
  [netTypes.uint16, 8],
  [netTypes.int32, 9],
  [netTypes.uint32, 10],
  [netTypes.int64, 11],
  [netTypes.uint64, 12],
  [netTypes.single, 13],
  [netTypes.double, 14],
  [netTypes.decimal, 15],
  [netTypes.dateTime, 16],
  [netTypes.string, 18],
]);

/** `Type.GetTypeCode`. */
export function typeCodeOf(type: NetType): number {
  return typeCodes.get(type) ?? (type.kind === 'enum' ? 9 : 1);
}

/** `Type.GetType(name)`: full names only, no short ones; with their case unless it is to be ignored. */
function byFullName(name: string, ignoreCase: boolean, context: CallContext): NetType | null {
  const plain = name.replace(/,.*$/, '').trim();
  const found = sessionOf(context).types.parse(plain);
  if (found === undefined) return null;
  const own = netName(found);
  const isSame = ignoreCase ? own.toLowerCase() === plain.toLowerCase() : own === plain || found.name === plain;
  return isSame || plain.includes('[') ? found : null;
}

function getType(name: string, mustBe: boolean, ignoreCase: boolean, context: CallContext): Value {
  const type = byFullName(name, ignoreCase, context);
  if (type === null && mustBe) {
    throw netFailure(
      'System.TypeLoadException',
      `Could not load type '${name}' from assembly 'System.Management.Automation'.`,
    );
  }
  return type;
}

function makeGeneric(type: NetType, given: Value): NetType {
  const all = given instanceof NetArray ? given.items.filter((one) => one instanceof NetType) : [];
  if (!isDefinition(type)) {
    throw netFailure(
      'System.InvalidOperationException',
      `${netName(type)} is not a GenericTypeDefinition. MakeGenericType may only be called on a type for which Type.IsGenericTypeDefinition is true.`,
    );
  }
  if (all.length !== type.description.typeParameters?.length) {
    throw netFailure(
      'System.ArgumentException',
      "The number of generic arguments provided doesn't equal the arity of the generic type definition.",
      { parameter: 'instantiation' },
    );
  }
  return closeType(type, all);
}

function enumNames(type: NetType): NetArray {
  if (type.kind !== 'enum') {
    throw netFailure('System.ArgumentException', 'Type provided must be an Enum.', { parameter: 'enumType' });
  }
  return new NetArray(netTypes.string, Object.keys(type.description.labels ?? {}));
}

function assembly(type: NetType): string {
  return type.name.startsWith('System.Management.Automation.')
    ? 'System.Management.Automation, Version=7.6.0.500, Culture=neutral, PublicKeyToken=31bf3856ad364e35'
    : 'System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e';
}

const methods: Readonly<Record<string, readonly Overload[]>> = {
  ...reflectionMethods,
  GetElementType: [{ signature: 'type GetElementType()', invoke: (value) => self(value).element ?? null }],
  GetArrayRank: [{ signature: 'int GetArrayRank()', invoke: (value) => self(value).rank }],
  GetGenericTypeDefinition: [
    {
      signature: 'type GetGenericTypeDefinition()',
      invoke: (value) => {
        const definition = self(value).definition ?? (isDefinition(self(value)) ? self(value) : undefined);
        if (definition !== undefined) return definition;
        throw netFailure('System.InvalidOperationException', 'This operation is only valid on generic types.');
      },
    },
  ],
  GetGenericArguments: [
    { signature: 'type[] GetGenericArguments()', invoke: (value) => types(self(value).typeArguments) },
  ],
  MakeGenericType: [
    {
      signature: 'type MakeGenericType(params type[] typeArguments)',
      invoke: (value, [given]) => makeGeneric(self(value), given),
    },
  ],
  MakeArrayType: [
    { signature: 'type MakeArrayType()', invoke: (value) => arrayOf(self(value)) },
    { signature: 'type MakeArrayType(int rank)', invoke: (value, [rank]) => arrayOf(self(value), int(rank)) },
  ],
  IsAssignableFrom: [
    {
      signature: 'bool IsAssignableFrom(type c)',
      invoke: (value, [other]) => other instanceof NetType && isAssignable(other, self(value)),
    },
  ],
  IsAssignableTo: [
    {
      signature: 'bool IsAssignableTo(type targetType)',
      invoke: (value, [other]) => other instanceof NetType && isAssignable(self(value), other),
    },
  ],
  IsSubclassOf: [
    {
      signature: 'bool IsSubclassOf(type c)',
      invoke: (value, [other]) =>
        other instanceof NetType &&
        other !== self(value) &&
        other.kind !== 'interface' &&
        infoOf(self(value)).supertypes.has(other),
    },
  ],
  IsInstanceOfType: [
    {
      signature: 'bool IsInstanceOfType(System.Object o)',
      invoke: (value, [other]) => isInstance(other, self(value)),
    },
  ],
  GetInterfaces: [{ signature: 'type[] GetInterfaces()', invoke: (value) => types(infoOf(self(value)).interfaces) }],
  GetInterface: [
    {
      signature: 'type GetInterface(string name)',
      invoke: (value, [name]) =>
        infoOf(self(value)).interfaces.find((one) => one.name === text(name) || shortName(one) === text(name)) ?? null,
    },
  ],
  GetEnumNames: [{ signature: 'string[] GetEnumNames()', invoke: (value) => enumNames(self(value)) }],
  GetEnumValues: [
    {
      signature: 'array GetEnumValues()',
      invoke: (value) => {
        const type = self(value);
        return new NetArray(
          type,
          enumNames(type).items.map((label) => readEnum(type, text(label), false) ?? null),
        );
      },
    },
  ],
  Equals: [
    { signature: 'bool Equals(System.Object o)', invoke: (value, [other]) => value === other },
    { signature: 'bool Equals(type o)', invoke: (value, [other]) => value === other },
  ],
  ToString: [{ signature: 'string ToString()', invoke: (value) => netName(self(value)) }],
};

/** `System.Type`: what every type object can do. */
export const typeDescription: TypeDescription = {
  name: 'System.Type',
  kind: 'class',
  accelerators: ['type'],
  base: 'System.Reflection.TypeInfo',
  isAbstract: true,
  toText: (value) => netName(self(value)),
  properties: {
    Name: { type: 'string', get: (value) => shortName(self(value)) },
    FullName: { type: 'string', get: (value) => fullName(self(value)) },
    Namespace: { type: 'string', get: (value) => namespaceOf(self(value)) || null },
    AssemblyQualifiedName: { type: 'string', get: (value) => `${fullName(self(value))}, ${assembly(self(value))}` },
    BaseType: { type: 'type', get: (value) => infoOf(self(value)).base ?? null },
    UnderlyingSystemType: { type: 'type', get: (value) => value },
    DeclaringType: { type: 'type', get: () => null },
    GenericTypeArguments: { type: 'type[]', get: (value) => types(self(value).typeArguments) },
    IsArray: flag((type) => type.element !== undefined),
    HasElementType: flag((type) => type.element !== undefined),
    IsSZArray: flag((type) => type.element !== undefined && type.rank === 1),
    IsClass: flag((type) => type.kind !== 'interface' && isReference(type)),
    IsInterface: flag((type) => type.kind === 'interface'),
    IsEnum: flag((type) => type.kind === 'enum'),
    IsValueType: flag(isValueType),
    IsPrimitive: flag((type) => primitives.has(type)),
    IsAbstract: flag((type) => type.kind === 'interface' || type.description.isAbstract === true),
    IsSealed: flag((type) => isValueType(type) || type.element !== undefined || type === netTypes.string),
    IsGenericType: flag((type) => type.typeArguments.length > 0 || isDefinition(type)),
    IsGenericTypeDefinition: flag(isDefinition),
    IsConstructedGenericType: flag((type) => type.typeArguments.length > 0),
    ContainsGenericParameters: flag(isDefinition),
    IsGenericParameter: flag(() => false),
    IsPublic: flag(() => true),
    IsNested: flag((type) => type.name.includes('+')),
    IsByRef: flag(() => false),
    IsPointer: flag(() => false),
    IsSerializable: flag((type) => type.kind !== 'interface'),
    IsVisible: flag(() => true),
  },
  methods,
  staticMethods: {
    GetType: [
      {
        signature: 'static type GetType(string typeName, bool throwOnError, bool ignoreCase)',
        invoke: (_self, [name, mustBe, ignoreCase], context) =>
          getType(text(name), mustBe === true, ignoreCase === true, context),
      },
      {
        signature: 'static type GetType(string typeName, bool throwOnError)',
        invoke: (_self, [name, mustBe], context) => getType(text(name), mustBe === true, false, context),
      },
      {
        signature: 'static type GetType(string typeName)',
        invoke: (_self, [name], context) => getType(text(name), false, false, context),
      },
    ],
    GetTypeCode: [
      {
        signature: 'static System.TypeCode GetTypeCode(type type)',
        invoke: (_self, [type]) => enumOf('System.TypeCode', type instanceof NetType ? typeCodeOf(type) : 0),
      },
    ],
    GetTypeArray: [
      {
        signature: 'static type[] GetTypeArray(System.Object[] args)',
        invoke: (_self, [args]) => types(args instanceof NetArray ? args.items.map((one) => object(one).type) : []),
      },
    ],
  },
  staticProperties: { EmptyTypes: { type: 'type[]', get: () => types([]) } },
};

export const runtimeTypeDescription: TypeDescription = {
  name: 'System.RuntimeType',
  kind: 'class',
  base: 'System.Type',
};
