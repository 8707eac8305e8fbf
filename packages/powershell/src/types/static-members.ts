import { netFailure } from '../errors/raise.ts';
import type { Session } from '../runtime/session.ts';
import { int } from '../values/narrow.ts';
import { PSMethod } from '../values/ps-method.ts';
import type { Value } from '../values/value.ts';
import { invokeBest } from './invoke.ts';
import {
  methodNotFound,
  noOverload,
  propertyIsReadOnly,
  propertyNotFound,
  propertyNotFoundStrict,
} from './member-errors.ts';
import { readProperty, writeProperty } from './members.ts';
import type { CallContext, NetType } from './net-type.ts';
import { newArray } from './new-array.ts';
import { resolveMethod } from './resolve-method.ts';
import { fullName } from './type-display.ts';
import { infoOf, type Method } from './type-info.ts';

/**
 * `[type]::name`. What the type does not have is `$null`.
 * @throws Thrown PropertyNotFoundStrict under `Set-StrictMode -Version 2`
 */
export function getStatic(type: NetType, name: string, session: Session): Value {
  const folded = name.toLowerCase();
  const member = infoOf(type).statics.get(folded);
  if (member?.kind === 'property') return readProperty(member, null, session);
  if (member?.kind === 'method') return new PSMethod(member.name, type, type);
  if (folded === 'new' && infoOf(type).constructors.length > 0) return new PSMethod('new', type, type);
  if (session.strictVersion >= 2) throw propertyNotFoundStrict(name);
  return folded === 'count' || folded === 'length' ? 1 : null;
}

/**
 * `[type]::name = value`.
 * @throws Thrown PropertyAssignmentException, ExceptionWhenSetting
 */
export function setStatic(type: NetType, name: string, given: Value, session: Session): void {
  const member = infoOf(type).statics.get(name.toLowerCase());
  if (member === undefined) throw propertyNotFound('PropertyAssignmentException', name);
  if (member.kind === 'method') throw propertyIsReadOnly(name);
  writeProperty(member, null, name, given === undefined ? null : given, session);
}

/**
 * `[type]::name(args)`; `new` is the constructor.
 * @throws Thrown MethodNotFound and what `invokeBest` throws
 */
export function invokeStatic(
  type: NetType,
  name: string,
  args: readonly Value[],
  session: Session,
  typeArguments: readonly NetType[] = [],
): Value {
  const folded = name.toLowerCase();
  const methods = staticMethodsOf(type, folded);
  if (methods !== undefined) {
    return invokeBest(null, methods, args, { asked: name, called: methods[0]?.name ?? name }, session, typeArguments);
  }
  if (folded === 'new') return construct(type, args, session);
  throw methodNotFound(fullName(type), name);
}

/** The overloads of a static name, accessors of properties included. */
export function staticMethodsOf(type: NetType, folded: string): readonly Method[] | undefined {
  const member = infoOf(type).statics.get(folded);
  return member?.kind === 'method' ? member.methods : infoOf(type).staticAccessor(folded);
}

/** The constructors that `[type]::new(…)` chooses among; `undefined` where it makes objects in another way, or none. */
export function constructorsOf(type: NetType): readonly Method[] | undefined {
  const { kind, isAbstract, typeParameters = [] } = type.description;
  const isOpen = type.typeArguments.length < typeParameters.length;
  if (isOpen || isAbstract === true || kind === 'interface') return undefined;
  const constructors = type.element === undefined ? infoOf(type).constructors : arrayConstructors(type);
  return constructors.length === 0 ? undefined : constructors;
}

/**
 * Makes an object: `[type]::new(args)`, `New-Object`.
 * @param name how the error names the constructor where none fits: `new`, or the type for `New-Object`
 * @param argumentsOf see `CallName`
 */
export function construct(
  type: NetType,
  args: readonly Value[],
  session: Session,
  name = 'new',
  argumentsOf?: string,
): Value {
  const constructors = constructorsOf(type);
  if (constructors !== undefined) {
    const call = { asked: name, called: '.ctor', ...(argumentsOf === undefined ? {} : { argumentsOf }) };
    return invokeBest(null, constructors, args, call, session);
  }
  const { kind, isAbstract, typeParameters = [], zero } = type.description;
  const isOpen = type.typeArguments.length < typeParameters.length;
  if (isOpen || isAbstract === true || kind === 'interface') throw noOverload(name, args.length);
  if (args.length === 0 && zero !== undefined) return zero(type);
  return invokeBest(null, [], args, { asked: name, called: '.ctor' }, session);
}

const arrays = new Map<NetType, readonly Method[]>();

/** `[int[]]::new(3)`, `[int[,]]::new(2, 3)`. */
function arrayConstructors(type: NetType): readonly Method[] {
  let methods = arrays.get(type);
  if (methods === undefined) {
    const lengths = Array.from({ length: type.rank }, (_, index) => `int length${index}`).join(', ');
    methods = [resolveMethod({ signature: `new(${lengths})`, invoke: makeArray }, type, true)];
    arrays.set(type, methods);
  }
  return methods;
}

function makeArray(_self: Value, lengths: readonly Value[], _context: CallContext, type: NetType): Value {
  const sizes = lengths.map(int);
  if (sizes.some((size) => size < 0)) {
    throw netFailure('System.OverflowException', 'Arithmetic operation resulted in an overflow.');
  }
  return newArray(type, sizes);
}
