import { sessionOf } from '../../../runtime/session-of.ts';
import { NetArray } from '../../../values/array.ts';
import { as } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import { namedType } from '../../intrinsic.ts';
import { invokeChoice } from '../../invoke.ts';
import { readProperty, writeProperty } from '../../members.ts';
import type { CallContext, TypeDescription } from '../../net-type.ts';
import { languageName, netName } from '../../type-display.ts';
import { MethodValue, ParameterValue, PropertyValue } from './member-values.ts';

const property = (value: Value): PropertyValue => as(value, PropertyValue);
const method = (value: Value): MethodValue => as(value, MethodValue);
const parameter = (value: Value): ParameterValue => as(value, ParameterValue);

function invoke(value: Value, target: Value, args: Value, context: CallContext): Value {
  const { method: own } = method(value);
  const given = args instanceof NetArray ? args.items : [];
  return (
    invokeChoice(
      target,
      { method: own, isExpanded: false, typeArguments: [] },
      given,
      { asked: own.name, called: own.name },
      context,
    ) ?? null
  );
}

function signature({ method: own }: MethodValue): string {
  const types = own.parameters.map(({ type }) => netName(type)).join(', ');
  return `${netName(own.returnType)} ${own.name}(${types})`;
}

const parameters = {
  signature: 'System.Reflection.ParameterInfo[] GetParameters()',
  invoke: (value: Value) =>
    new NetArray(
      namedType('System.Reflection.ParameterInfo'),
      method(value).method.parameters.map((one, at) => new ParameterValue(one, at)),
    ),
};

function based(name: string, base: string, more: Partial<TypeDescription> = {}): TypeDescription {
  return { name: `System.Reflection.${name}`, kind: 'class', base: `System.Reflection.${base}`, ...more };
}

export const reflectionTypes: readonly TypeDescription[] = [
  { name: 'System.Reflection.MemberInfo', kind: 'class', isAbstract: true },
  based('TypeInfo', 'MemberInfo', { isAbstract: true }),
  based('PropertyInfo', 'MemberInfo', {
    isAbstract: true,
    properties: {
      Name: { type: 'string', get: (value) => property(value).member.name },
      PropertyType: { type: 'type', get: (value) => property(value).member.valueType },
      DeclaringType: { type: 'type', get: (value) => property(value).member.declaring },
      CanRead: { type: 'bool', get: (value) => property(value).member.property.get !== undefined },
      CanWrite: { type: 'bool', get: (value) => property(value).member.property.set !== undefined },
    },
    methods: {
      GetValue: [
        {
          signature: 'System.Object GetValue(System.Object obj)',
          invoke: (value, [target], context) => readProperty(property(value).member, target, sessionOf(context)),
        },
      ],
      SetValue: [
        {
          signature: 'void SetValue(System.Object obj, System.Object value)',
          invoke: (value, [target, given], context) => {
            const { member } = property(value);
            writeProperty(member, target, member.name, given, sessionOf(context));
            return undefined;
          },
        },
      ],
    },
    toText: (value) => `${languageName(property(value).member.valueType)} ${property(value).member.name}`,
  }),
  based('RuntimePropertyInfo', 'PropertyInfo'),
  based('MethodBase', 'MemberInfo', {
    isAbstract: true,
    properties: {
      Name: {
        type: 'string',
        get: (value) => (method(value).isConstructor ? '.ctor' : method(value).method.name),
      },
      DeclaringType: { type: 'type', get: (value) => method(value).method.declaring },
      IsStatic: { type: 'bool', get: (value) => method(value).method.isStatic && !method(value).isConstructor },
      IsPublic: { type: 'bool', get: () => true },
      IsConstructor: { type: 'bool', get: (value) => method(value).isConstructor },
    },
    methods: {
      GetParameters: [parameters],
      Invoke: [
        {
          signature: 'System.Object Invoke(System.Object obj, System.Object[] parameters)',
          invoke: (value, [target, args], context) => invoke(value, target, args, context),
        },
      ],
    },
    toText: (value) => signature(method(value)),
  }),
  based('MethodInfo', 'MethodBase', {
    isAbstract: true,
    properties: { ReturnType: { type: 'type', get: (value) => method(value).method.returnType } },
  }),
  based('RuntimeMethodInfo', 'MethodInfo'),
  based('ConstructorInfo', 'MethodBase', {
    isAbstract: true,
    methods: {
      Invoke: [
        {
          signature: 'System.Object Invoke(System.Object[] parameters)',
          invoke: (value, [args], context) => invoke(value, null, args, context),
        },
      ],
    },
  }),
  based('RuntimeConstructorInfo', 'ConstructorInfo'),
  {
    name: 'System.Reflection.ParameterInfo',
    kind: 'class',
    properties: {
      Name: { type: 'string', get: (value) => parameter(value).parameter.name },
      ParameterType: { type: 'type', get: (value) => parameter(value).parameter.type },
      Position: { type: 'int', get: (value) => parameter(value).position },
      IsOptional: { type: 'bool', get: (value) => parameter(value).parameter.isOptional },
      HasDefaultValue: { type: 'bool', get: (value) => parameter(value).parameter.isOptional },
      DefaultValue: { type: 'System.Object', get: (value) => parameter(value).parameter.defaultValue },
    },
    toText: (value) => `${netName(parameter(value).parameter.type)} ${parameter(value).parameter.name}`,
  },
  based('RuntimeParameterInfo', 'ParameterInfo'),
];
