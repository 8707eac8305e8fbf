import { baseOf, typeOf } from '../conversion/base.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { NetFailure } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import type { Session } from '../runtime/session.ts';
import { objectArray } from '../values/array.ts';
import { Dictionary } from '../values/dictionary.ts';
import { MemberView, PSObjectView } from '../values/member-view.ts';
import { PSMethod } from '../values/ps-method.ts';
import { PSCustomObject, PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { callScriptMethod, readExtended, writeExtended } from './extended-access.ts';
import { extendedMember } from './extended-members.ts';
import { netTypes } from './intrinsic.ts';
import { invokeForEach, invokeWhere, isIntrinsicMethod } from './intrinsic-methods.ts';
import { invokeBest } from './invoke.ts';
import {
  methodNotFound,
  methodOnNull,
  propertyIsReadOnly,
  propertyNotFound,
  propertyNotFoundOnItems,
  propertyNotFoundStrict,
  wrapSet,
} from './member-errors.ts';
import { setByAdapter, setKey } from './member-write.ts';
import type { NetType } from './net-type.ts';
import { typeMember } from './type-data.ts';
import { fullName } from './type-display.ts';
import { infoOf, type Method, type PropertyMember } from './type-info.ts';
import { typeNameList } from './type-names.ts';

/** What a lookup answers that finds no member: distinct from every value. */
export const missing: unique symbol = Symbol('missing');

type Found = Value | typeof missing;

/**
 * `$target.name`: extended members first, then a dictionary's keys, then the .NET type's members; where there is none, the
 * member of each item of a collection; `Count` and `Length` of anything else are 1.
 * @throws Thrown PropertyNotFoundStrict under `Set-StrictMode -Version 2`
 */
export function getMember(target: Value, name: string, session: Session): Value {
  const folded = name.toLowerCase();
  const found = findMember(target, name, folded, session);
  return found === missing ? memberOfItems(target, name, folded, session) : found;
}

/** A member of the value itself; `missing` where it has none, and for `$null`. */
export function findMember(target: Value, name: string, folded: string, session: Session): Found {
  const base = baseOf(target);
  if (base === null || base === undefined) return missing;
  const note = base instanceof PSCustomObject ? base.note(name) : undefined;
  if (note !== undefined && !(target instanceof PSObject)) return note;
  if (
    base instanceof PSCustomObject ||
    target instanceof PSObject ||
    (typeof base === 'object' && base.type.hasExtendedInstances)
  ) {
    const member = extendedMember(target, folded) ?? extendedMember(base, folded);
    if (member !== undefined) return quietly(() => readExtended(member, target, session));
  }
  if (base instanceof MemberView) return findInView(base, name, folded, session);
  const reserved = reservedMember(target, folded);
  if (reserved !== undefined) return reserved;
  if (base instanceof Dictionary) {
    const value = keyOf(base, name);
    if (value !== undefined) return value;
  }
  const found = findNetMember(base, typeOf(base), name, folded, session);
  if (found !== missing) return found;
  const member = typeMember(target, folded, session);
  return member === undefined ? missing : quietly(() => readExtended(member, target, session));
}

/** A member of the .NET type alone. */
function findNetMember(
  base: Exclude<Value, null | undefined>,
  type: NetType,
  name: string,
  folded: string,
  session: Session,
): Found {
  const member = infoOf(type).members.get(folded);
  if (member === undefined) {
    const { adapter } = type.description;
    if (adapter === undefined) return missing;
    const value = adapter.get(base, name, session);
    return value === undefined ? missing : value;
  }
  if (member.kind === 'method') return new PSMethod(member.name, base, undefined);
  return readProperty(member, base, session);
}

/** An exception of a getter is `$null` to a script. */
export function readProperty({ property, declaring }: PropertyMember, base: Value, session: Session): Value {
  const { get } = property;
  if (get === undefined) return null;
  return quietly(() => get(base, session, declaring));
}

function quietly(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof NetFailure || (error instanceof Thrown && !passesGetter(error))) return null;
    throw error;
  }
}

/** True for the errors that reading a property does not swallow. */
export function passesGetter(error: Thrown): boolean {
  return passesThrough.has(error.record.exception.type.name);
}

const passesThrough = new Set([
  'System.Management.Automation.MethodException',
  'System.Management.Automation.MethodInvocationException',
  'System.Management.Automation.PropertyNotFoundException',
]);

/** The value of a key by that name; generic dictionaries only where their keys are text. */
function keyOf(dictionary: Dictionary, name: string): Value {
  const { keyType } = dictionary;
  if (keyType !== netTypes.object && keyType !== netTypes.string) return undefined;
  return dictionary.get(name);
}

function reservedMember(target: Value, folded: string): Value {
  if (folded.length < 6 || !folded.startsWith('ps')) return undefined;
  switch (folded) {
    case 'psobject':
      return new PSObjectView(target);
    case 'psbase':
    case 'psadapted':
    case 'psextended':
      return new MemberView(target, folded);
    case 'pstypenames':
      return typeNameList(target);
    default:
      return undefined;
  }
}

function findInView(view: MemberView, name: string, folded: string, session: Session): Found {
  const { target, part } = view;
  if (part === 'psextended') {
    const member = extendedMember(target, folded);
    return member === undefined ? missing : readExtended(member, target, session);
  }
  const base = baseOf(target);
  return base === null || base === undefined ? missing : findNetMember(base, typeOf(base), name, folded, session);
}

/** The member of every item that has it; items that are collections without it are entered. */
function memberOfItems(target: Value, name: string, folded: string, session: Session): Value {
  const items = target === undefined ? undefined : enumerable(target, session);
  if (items !== undefined) {
    const results: Value[] = [];
    gather(items, name, folded, session, results);
    if (results.length === 1) return results[0];
    if (results.length > 1) return objectArray(results);
    if (session.strictVersion >= 2) throw propertyNotFoundOnItems(name);
    return null;
  }
  const counts = folded === 'count' || folded === 'length';
  if (counts && baseOf(target) instanceof PSCustomObject) return 1;
  if (session.strictVersion >= 2) throw propertyNotFoundStrict(name);
  if (counts) return baseOf(target) === null ? 0 : 1;
  return null;
}

function gather(items: Iterable<Value>, name: string, folded: string, session: Session, results: Value[]): void {
  const scalar = folded === 'count' || folded === 'length';
  for (const item of items) {
    let value = findMember(item, name, folded, session);
    if (value === missing) {
      if (session.strictVersion >= 2) throw propertyNotFoundStrict(name);
      if (baseOf(item) instanceof PSCustomObject && !scalar) {
        // What a custom object does not have counts as null here, unlike what other objects do not have.
        results.push(null);
        continue;
      }
      if (!scalar) {
        const nested = enumerable(item, session);
        if (nested !== undefined) gather(nested, name, folded, session, results);
        continue;
      }
      value = baseOf(item) === null ? 0 : 1;
    }
    if (value === undefined) continue;
    const inner = enumerable(value, session);
    if (inner === undefined) results.push(value);
    else for (const one of inner) results.push(one);
  }
}

/**
 * `$target.name = value`.
 * @throws Thrown PropertyNotFound on `$null`, PropertyAssignmentException, ExceptionWhenSetting
 */
export function setMember(target: Value, name: string, given: Value, session: Session): void {
  const folded = name.toLowerCase();
  const value = given === undefined ? null : given;
  const base = baseOf(target);
  if (base === null || base === undefined) throw propertyNotFound('PropertyNotFound', name);
  if (target instanceof PSCustomObject && target.setNote(name, value)) return;
  const member = extendedMember(target, folded) ?? extendedMember(base, folded);
  if (member !== undefined) {
    writeExtended(member, target, value, session);
    return;
  }
  if (base instanceof Dictionary && setKey(base, name, value, session)) return;
  const type = typeOf(base);
  const netMember = base instanceof PSCustomObject ? undefined : infoOf(type).members.get(folded);
  if (netMember === undefined) {
    const added = typeMember(target, folded, session);
    if (added !== undefined) {
      writeExtended(added, target, value, session);
      return;
    }
    if (base instanceof PSCustomObject) {
      throw wrapSet(propertyNotFound('PropertyAssignmentException', name), name);
    }
    const { adapter } = type.description;
    if (adapter === undefined) throw propertyNotFound('PropertyAssignmentException', name);
    if (setByAdapter(adapter, base, name, value, session)) return;
    throw wrapSet(propertyNotFound('PropertyAssignmentException', name), name);
  }
  if (netMember.kind === 'method') throw propertyIsReadOnly(name);
  writeProperty(netMember, base, name, value, session);
}

export function writeProperty(
  { property, declaring, valueType }: PropertyMember,
  base: Value,
  name: string,
  value: Value,
  session: Session,
): void {
  const { set } = property;
  if (set === undefined) throw propertyIsReadOnly(name);
  try {
    set(base, valueType === netTypes.object ? unwrapped(value) : session.convert(value, valueType), session, declaring);
  } catch (error) {
    throw wrapSet(error, name);
  }
}

function unwrapped(value: Value): Value {
  return value instanceof PSObject && typeof value.base === 'string' ? value.base : value;
}

/**
 * `$target.name(args)`: a script method, a method of the .NET type, the method of each item of a collection, or `.Where()`
 * and `.ForEach()`.
 * @throws Thrown InvokeMethodOnNull, MethodNotFound and what `invokeBest` throws
 */
export function invokeMember(
  target: Value,
  name: string,
  args: readonly Value[],
  session: Session,
  typeArguments: readonly NetType[] = [],
): Value {
  const folded = name.toLowerCase();
  const base = baseOf(target);
  if (base === null || base === undefined) {
    if (folded === 'where') return invokeWhere([], args, session);
    if (folded === 'foreach') return invokeForEach([], args, session);
    throw methodOnNull();
  }
  const result = invokeOwn(target, base, name, folded, args, session, typeArguments);
  return result === missing ? invokeOnItems(target, base, name, folded, args, session, typeArguments) : result;
}

/** Calls a method of the value itself; `missing` where it has none. */
function invokeOwn(
  target: Value,
  base: Exclude<Value, null | undefined>,
  name: string,
  folded: string,
  args: readonly Value[],
  session: Session,
  typeArguments: readonly NetType[],
): Found {
  const extended = extendedMember(target, folded) ?? extendedMember(base, folded);
  if (extended !== undefined) {
    if (extended.kind === 'scriptMethod') return callScriptMethod(extended, target, args, session);
    throw methodNotFound(fullName(typeOf(base)), name);
  }
  const self = base instanceof MemberView ? baseOf(base.target) : base;
  if (self === null || self === undefined) throw methodOnNull();
  const methods = methodsOf(typeOf(self), folded);
  if (methods === undefined) {
    const added = typeMember(target, folded, session);
    return added?.kind === 'scriptMethod' ? callScriptMethod(added, target, args, session) : missing;
  }
  return invokeBest(self, methods, args, { asked: name, called: methods[0]?.name ?? name }, session, typeArguments);
}

/** The overloads that a name means on a type: its methods, its indexer as `Item`, accessors of properties. */
export function methodsOf(type: NetType, folded: string): readonly Method[] | undefined {
  const info = infoOf(type);
  const member = info.members.get(folded);
  if (member !== undefined) return member.kind === 'method' ? member.methods : undefined;
  return info.accessor(folded);
}

function invokeOnItems(
  target: Value,
  base: Exclude<Value, null | undefined>,
  name: string,
  folded: string,
  args: readonly Value[],
  session: Session,
  typeArguments: readonly NetType[],
): Value {
  const items = enumerable(target, session);
  if (isIntrinsicMethod(folded)) {
    return folded === 'where'
      ? invokeWhere(items ?? [target], args, session)
      : invokeForEach(items ?? [target], args, session);
  }
  if (items === undefined) throw methodNotFound(fullName(typeOf(base)), name);
  const results: Value[] = [];
  const isFound = callOnEach(items, name, folded, args, session, typeArguments, results);
  if (results.length === 1) return results[0];
  if (!isFound) throw methodNotFound(fullName(typeOf(base)), name);
  return results.length === 0 ? undefined : objectArray(results);
}

function callOnEach(
  items: Iterable<Value>,
  name: string,
  folded: string,
  args: readonly Value[],
  session: Session,
  typeArguments: readonly NetType[],
  results: Value[],
): boolean {
  let isFound = false;
  for (const item of items) {
    const base = baseOf(item);
    if (base === null || base === undefined) throw methodOnNull();
    const value = invokeOwn(item, base, name, folded, args, session, typeArguments);
    if (value === missing) {
      const nested = enumerable(item, session);
      if (nested === undefined) throw methodNotFound(fullName(typeOf(base)), name);
      if (callOnEach(nested, name, folded, args, session, typeArguments, results)) isFound = true;
      continue;
    }
    isFound = true;
    if (value === undefined) continue;
    const inner = enumerable(value, session);
    if (inner === undefined) results.push(value);
    else for (const one of inner) results.push(one);
  }
  return isFound;
}
