import { baseOf } from '../conversion/base.ts';
import { isTrue } from '../conversion/truth.ts';
import type { FunctionMember, TypeName } from '../syntax/tree/index.ts';
import { isInstance } from '../types/assignable.ts';
import { invokeMember } from '../types/members.ts';
import type { NetType, notConvertible, TypeDescription } from '../types/net-type.ts';
import { invokeStatic } from '../types/static-members.ts';
import { infoOf } from '../types/type-info.ts';
import type { Value } from '../values/value.ts';
import type { ClassBuild } from './class-type.ts';

/** Static methods that are operators, by name. */
const operatorMethods = new Map([
  ['op_addition', '+'],
  ['op_subtraction', '-'],
  ['op_multiply', '*'],
  ['op_division', '/'],
  ['op_modulus', '%'],
]);

/** What the engine asks of a type beside its members, answered by the class's methods of well-known names. */
export function hooksOf(
  type: NetType,
  methods: readonly FunctionMember[],
  { place: { session }, interfaces }: ClassBuild,
): Partial<TypeDescription> {
  const has = (name: string, count: number, isStatic = false): boolean =>
    methods.some(
      (one) => one.name.toLowerCase() === name && one.parameters.length === count && one.isStatic === isStatic,
    );
  const call = (self: Value, name: string, args: readonly Value[]): Value => invokeMember(self, name, args, session);
  const operators: Record<string, (left: Value, right: Value) => Value | typeof notConvertible> = {};
  for (const [name, sign] of operatorMethods) {
    if (has(name, 2, true)) operators[sign] = (left, right) => invokeStatic(type, name, [left, right], session);
  }
  const comparable = [...infoOf(type).supertypes, ...interfaces].some(({ name }) =>
    /^System\.IComparable(?:`1)?$/.test(name),
  );
  return {
    ...(has('tostring', 0) ? { toText: (self) => session.text(call(self, 'ToString', [])) } : {}),
    ...(has('equals', 1) ? { equals: equalsHook(type, methods, call) } : {}),
    ...(has('gethashcode', 0) ? { hashKey: (self) => hashOf(call(self, 'GetHashCode', [])) } : {}),
    ...(comparable && has('compareto', 1)
      ? { compare: (self, other) => Number(hashOf(call(self, 'CompareTo', [other]))) }
      : {}),
    ...(has('parse', 1, true) ? { parse: (text) => invokeStatic(type, 'Parse', [text], session) } : {}),
    ...(Object.keys(operators).length > 0 ? { operators } : {}),
  };
}

/** `Equals` of a parameter with a type is asked only for objects of the class itself. */
function equalsHook(
  type: NetType,
  methods: readonly FunctionMember[],
  call: (self: Value, name: string, args: readonly Value[]) => Value,
): (self: Value, other: Value) => boolean {
  const takesAny = methods.some(
    ({ name, parameters: [first, ...others] }) =>
      name.toLowerCase() === 'equals' &&
      others.length === 0 &&
      first?.attributes.every((one) => one.kind !== 'typeConstraint' || isObject(one.typeName)) === true,
  );
  return (self, other) => (takesAny || isInstance(other, type)) && isTrue(call(self, 'Equals', [other]));
}

function isObject(name: TypeName): boolean {
  return name.kind === 'simpleType' && /^(?:system\.)?object$/i.test(name.name);
}

function hashOf(value: Value): number {
  const base = baseOf(value);
  return typeof base === 'number' ? base : 0;
}
