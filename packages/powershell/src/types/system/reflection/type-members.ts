import { netFailure } from '../../../errors/raise.ts';
import { NetArray } from '../../../values/array.ts';
import { EnumValue } from '../../../values/enum.ts';
import { as, text } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import { namedType } from '../../intrinsic.ts';
import { NetType, type Overload } from '../../net-type.ts';
import { infoOf, type Method, type PropertyMember } from '../../type-info.ts';
import { MethodValue, PropertyValue } from './member-values.ts';

const self = (value: Value): NetType => as(value, NetType);

const ignoreCaseFlag = 1;

function ignoresCase(flags: Value): boolean {
  return flags instanceof EnumValue && (Number(flags.value) & ignoreCaseFlag) !== 0;
}

function isNamed(name: string, wanted: string, ignoreCase: boolean): boolean {
  return ignoreCase ? name.toLowerCase() === wanted.toLowerCase() : name === wanted;
}

function propertiesOf(type: NetType): PropertyMember[] {
  const { members, statics } = infoOf(type);
  return [...members.values(), ...statics.values()].filter(
    (member): member is PropertyMember => member.kind === 'property' && member.property.addedAs === undefined,
  );
}

function methodsOf(type: NetType): Method[] {
  const { members, statics } = infoOf(type);
  return [...members.values(), ...statics.values()].flatMap((member) =>
    member.kind === 'method' ? member.methods : [],
  );
}

function findProperty(type: NetType, name: string, ignoreCase: boolean): Value {
  const found = propertiesOf(type).find((member) => isNamed(member.name, name, ignoreCase));
  return found === undefined ? null : new PropertyValue(found);
}

function findMethod(type: NetType, name: string, ignoreCase: boolean): Value {
  const found = methodsOf(type).filter((method) => isNamed(method.name, name, ignoreCase));
  const [method] = found;
  if (found.length > 1) {
    throw netFailure('System.Reflection.AmbiguousMatchException', `Ambiguous match found for '${type.name} ${name}'.`);
  }
  return method === undefined ? null : new MethodValue(method, false);
}

function takes(method: Method, types: Value): boolean {
  const wanted = types instanceof NetArray ? types.items : [];
  return method.parameters.length === wanted.length && method.parameters.every(({ type }, at) => type === wanted[at]);
}

function list(typeName: string, items: Value[]): NetArray {
  return new NetArray(namedType(`System.Reflection.${typeName}`), items);
}

const flags = 'System.Reflection.BindingFlags bindingAttr';

/** What a type tells of its members. */
export const reflectionMethods: Readonly<Record<string, readonly Overload[]>> = {
  GetProperty: [
    {
      signature: 'System.Reflection.PropertyInfo GetProperty(string name)',
      invoke: (value, [name]) => findProperty(self(value), text(name), false),
    },
    {
      signature: `System.Reflection.PropertyInfo GetProperty(string name, ${flags})`,
      invoke: (value, [name, how]) => findProperty(self(value), text(name), ignoresCase(how)),
    },
  ],
  GetProperties: [
    {
      signature: 'System.Reflection.PropertyInfo[] GetProperties()',
      invoke: (value) =>
        list(
          'PropertyInfo',
          propertiesOf(self(value)).map((member) => new PropertyValue(member)),
        ),
    },
    {
      signature: `System.Reflection.PropertyInfo[] GetProperties(${flags})`,
      invoke: (value) =>
        list(
          'PropertyInfo',
          propertiesOf(self(value)).map((member) => new PropertyValue(member)),
        ),
    },
  ],
  GetMethod: [
    {
      signature: 'System.Reflection.MethodInfo GetMethod(string name)',
      invoke: (value, [name]) => findMethod(self(value), text(name), false),
    },
    {
      signature: `System.Reflection.MethodInfo GetMethod(string name, ${flags})`,
      invoke: (value, [name, how]) => findMethod(self(value), text(name), ignoresCase(how)),
    },
    {
      signature: 'System.Reflection.MethodInfo GetMethod(string name, type[] types)',
      invoke: (value, [name, types]) => {
        const found = methodsOf(self(value)).find((method) => method.name === text(name) && takes(method, types));
        return found === undefined ? null : new MethodValue(found, false);
      },
    },
  ],
  GetMethods: [
    {
      signature: 'System.Reflection.MethodInfo[] GetMethods()',
      invoke: (value) =>
        list(
          'MethodInfo',
          methodsOf(self(value)).map((method) => new MethodValue(method, false)),
        ),
    },
    {
      signature: `System.Reflection.MethodInfo[] GetMethods(${flags})`,
      invoke: (value) =>
        list(
          'MethodInfo',
          methodsOf(self(value)).map((method) => new MethodValue(method, false)),
        ),
    },
  ],
  GetConstructors: [
    {
      signature: 'System.Reflection.ConstructorInfo[] GetConstructors()',
      invoke: (value) =>
        list(
          'ConstructorInfo',
          infoOf(self(value)).constructors.map((method) => new MethodValue(method, true)),
        ),
    },
  ],
  GetConstructor: [
    {
      signature: 'System.Reflection.ConstructorInfo GetConstructor(type[] types)',
      invoke: (value, [types]) => {
        const found = infoOf(self(value)).constructors.find((method) => takes(method, types));
        return found === undefined ? null : new MethodValue(found, true);
      },
    },
  ],
};
