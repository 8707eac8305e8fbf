import { baseOf, typeOf } from '../conversion/base.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { NetFailure, netFailure, runtimeError } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import type { Session } from '../runtime/session.ts';
import { NetArray, objectArray } from '../values/array.ts';
import { Dictionary } from '../values/dictionary.ts';
import { List } from '../values/list.ts';
import { MultiArray } from '../values/multi-array.ts';
import { Char } from '../values/numbers.ts';
import { PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import type { isAssignable } from './assignable.ts';
import { Hashtable } from './collections/hashtable.ts';
import { arrayOf, netTypes } from './intrinsic.ts';
import { chooseOverload } from './overloads.ts';
import { netName } from './type-display.ts';
import { infoOf, type Method } from './type-info.ts';

/** What an index answers that yields nothing: `$null` for the whole, no item in a slice. */
const nothing: unique symbol = Symbol('nothing');

/**
 * `$target[index]`, `$target[1, 2]` (a slice), `$target[1][2]`. Negative indexes count from the end; out of range is `$null`.
 * @throws Thrown NullArray, NullArrayIndex, CannotIndex under `Set-StrictMode -Version 2`, from version 3 on what the indexer
 *   throws out of range
 */
export function getIndex(target: Value, indexes: readonly Value[], session: Session): Value {
  const index = indexes[0];
  // The everyday cases first.
  if (typeof index === 'number' && indexes.length === 1) {
    if (target instanceof NetArray) return inArray(target, index, session, null);
    if (target instanceof List) return inList(target, index, session, null);
  } else if (typeof index === 'string' && indexes.length === 1 && target instanceof Hashtable) {
    return target.get(index) ?? null;
  }
  const base = baseOf(target);
  if (base === null || base === undefined) {
    throw runtimeError('NullArray', 'Cannot index into a null array.', { category: 'InvalidOperation' });
  }
  if (indexes.length === 1 && (baseOf(index) ?? null) === null) throw nullIndex();
  if (base instanceof MultiArray) return getFromMulti(base, indexes, session);
  if (indexes.length > 1) return slice(base, indexes, session);
  const found = getOne(base, index, session, true);
  return found === nothing ? null : found;
}

function nullIndex(): Thrown {
  return runtimeError('NullArrayIndex', 'Index operation failed; the array index evaluated to null.', {
    category: 'InvalidOperation',
  });
}

function inArray<T>({ items }: NetArray, index: number, session: Session, otherwise: T): Value | T {
  const at = index < 0 ? index + items.length : index;
  if (at >= 0 && at < items.length) return items[at];
  if (session.strictVersion >= 3) throw outOfArray();
  return otherwise;
}

function inList<T>(list: List, index: number, session: Session, otherwise: T): Value | T {
  const at = index < 0 ? index + list.size : index;
  if (at >= 0 && at < list.size) return list.at(at);
  if (session.strictVersion >= 3) throw outOfList();
  return otherwise;
}

/** An index as a number; what is none yields nothing, except where out of range is an error too. */
function toIndex(index: Value, session: Session): number | undefined {
  if (typeof index === 'number') return index;
  try {
    const at = session.convert(index, netTypes.int32);
    return typeof at === 'number' ? at : undefined;
  } catch (error) {
    if (!(error instanceof Thrown) || session.strictVersion >= 3) throw error;
    return undefined;
  }
}

function outOfArray(): Error {
  return netFailure('System.IndexOutOfRangeException', 'Index was outside the bounds of the array.');
}

function outOfList(): Error {
  return netFailure(
    'System.ArgumentOutOfRangeException',
    'Index was out of range. Must be non-negative and less than the size of the collection.',
    { parameter: 'index' },
  );
}

function slice(base: Value, indexes: Iterable<Value>, session: Session): Value {
  const results: Value[] = [];
  for (const index of indexes) {
    const found = getOne(base, index, session, false);
    if (found !== nothing && found !== undefined) results.push(found);
  }
  return objectArray(results);
}

/** @param mayslice false for the indexes inside of a slice: an array among them is an index of its own */
function getOne(base: Value, index: Value, session: Session, maySlice: boolean): Value | typeof nothing {
  if (base instanceof NetArray || (base instanceof List && !base.isKeyed)) {
    const items = maySlice ? enumerable(index, session) : undefined;
    if (items !== undefined) return slice(base, items, session);
    const at = toIndex(index, session);
    if (at === undefined) return nothing;
    return base instanceof NetArray ? inArray(base, at, session, nothing) : inList(base, at, session, nothing);
  }
  if (typeof base === 'string') return inText(base, index, session, maySlice);
  if (base instanceof Dictionary && isGeneric(base)) return inGeneric(base, index, session, maySlice);
  if (base === null || base === undefined) return nothing;
  return throughIndexer(base, index, session, maySlice);
}

function inText(text: string, index: Value, session: Session, maySlice: boolean): Value | typeof nothing {
  const items = maySlice && typeof index !== 'number' ? enumerable(index, session) : undefined;
  if (items !== undefined) return slice(text, items, session);
  const given = toIndex(index, session);
  if (given === undefined) return nothing;
  const at = given < 0 ? given + text.length : given;
  if (at >= 0 && at < text.length) return Char.of(text.charCodeAt(at));
  if (session.strictVersion >= 3) throw outOfArray();
  return nothing;
}

function isGeneric({ keyType }: Dictionary): boolean {
  return keyType !== netTypes.object;
}

function inGeneric(dictionary: Dictionary, index: Value, session: Session, maySlice: boolean): Value | typeof nothing {
  const { keyType } = dictionary;
  const items = keyType.element === undefined ? enumerable(index, session) : undefined;
  if (items !== undefined) return maySlice ? slice(dictionary, items, session) : nothing;
  const value = dictionary.get(session.convert(index, keyType));
  return value === undefined ? nothing : value;
}

/** The indexer that the type declares. */
function throughIndexer(
  base: Exclude<Value, null | undefined>,
  index: Value,
  session: Session,
  maySlice: boolean,
): Value | typeof nothing {
  // A wrapped number is meant as a key: `$ordered[[object]5]`.
  if (index instanceof PSObject && base instanceof Dictionary) return base.get(index.base) ?? nothing;
  const methods = infoOf(typeOf(base)).indexerGet;
  const choice = methods.length === 0 ? undefined : chooseOverload(methods, [index]);
  const items =
    maySlice && (base instanceof Dictionary || choice !== undefined) ? enumerable(index, session) : undefined;
  if (items !== undefined) return slice(base, items, session);
  if (choice === undefined || typeof choice === 'string') return notIndexable(base, index, session);
  const { method } = choice;
  const [parameter] = method.parameters;
  let at = parameter === undefined ? index : session.convert(index, parameter.type);
  if (typeof at === 'number' && at < 0 && countsFromEnd(base, method)) at += countOf(base, session) ?? 0;
  try {
    const value = method.overload.invoke(base, [at], session, method.declaring, []);
    return value === undefined ? null : value;
  } catch (error) {
    if (!(error instanceof NetFailure || error instanceof Thrown) || session.strictVersion >= 3) throw error;
    return nothing;
  }
}

function countsFromEnd(base: Exclude<Value, null | undefined>, method: Method): boolean {
  if (method.parameters[0]?.type !== netTypes.int32) return false;
  return (base instanceof Dictionary && typeOf(base) === netTypes.orderedDictionary) || !(base instanceof Dictionary);
}

function countOf(base: Exclude<Value, null | undefined>, session: Session): number | undefined {
  const { members } = infoOf(typeOf(base));
  const member = members.get('count') ?? members.get('length');
  if (member?.kind !== 'property') return undefined;
  const count = member.property.get?.(base, session, member.declaring);
  return typeof count === 'number' ? count : undefined;
}

/** Index 0 or -1 of a thing that is no collection is the thing itself, any other AutomationNull. */
function notIndexable(base: Exclude<Value, null | undefined>, index: Value, session: Session): Value | typeof nothing {
  if (index === 0 || index === -1) return base;
  if (session.strictVersion < 2) return undefined;
  throw cannotIndex(base);
}

function cannotIndex(base: Exclude<Value, null | undefined>): Thrown {
  return runtimeError('CannotIndex', `Unable to index into an object of type "${netName(typeOf(base))}".`, {
    category: 'InvalidOperation',
    target: base,
  });
}

function getFromMulti(array: MultiArray, indexes: readonly Value[], session: Session): Value {
  const single = indexes.length === 1 ? enumerable(indexes[0], session) : indexes;
  if (single === undefined) throw needsMore(array, indexes, session);
  const list = [...single];
  const inner = list.map((one) => enumerable(one, session));
  if (inner.every((one) => one !== undefined)) {
    return objectArray(list.map((one) => getFromMulti(array, [...(enumerable(one, session) ?? [])], session)));
  }
  if (list.length !== array.lengths.length) throw needsMore(array, list, session);
  const offset = array.offset(list.map((one) => toInt(one, session)));
  if (offset !== undefined) return array.items[offset];
  if (session.strictVersion >= 3) throw outOfArray();
  return null;
}

function needsMore(array: MultiArray, indexes: readonly Value[], session: Session): Thrown {
  const text = indexes.map((one) => session.text(one)).join(',');
  return runtimeError(
    'NeedMultidimensionalIndex',
    `You cannot index into a ${array.lengths.length} dimensional array with index [${text}].`,
    { category: 'InvalidOperation' },
  );
}

function toInt(value: Value, session: Session): number {
  const converted = session.convert(value, netTypes.int32);
  return typeof converted === 'number' ? converted : 0;
}

/**
 * `$target[index] = value`.
 * @throws Thrown NullArray, NullArrayIndex, CannotIndex, ArraySliceAssignmentFailed; NetFailure out of range
 */
export function setIndex(target: Value, indexes: readonly Value[], given: Value, session: Session): void {
  const value = given === undefined ? null : given;
  const base = baseOf(target);
  if (base === null || base === undefined) {
    throw runtimeError('NullArray', 'Cannot index into a null array.', { category: 'InvalidOperation' });
  }
  const [index] = indexes;
  if (indexes.length === 1 && (baseOf(index) ?? null) === null) throw nullIndex();
  if (base instanceof NetArray) {
    setInArray(base, indexes, value, session);
    return;
  }
  if (base instanceof MultiArray) {
    setInMulti(base, indexes, value, session);
    return;
  }
  if (base instanceof Hashtable && indexes.length === 1) {
    base.set(baseOf(index), value);
    return;
  }
  const methods = infoOf(typeOf(base)).indexerSet;
  const args = [...indexes.map(baseOf), value];
  const choice = methods.length === 0 ? 'none' : chooseOverload(methods, args);
  if (typeof choice === 'string' || choice.method.parameters.length !== args.length) throw cannotIndex(base);
  const { method } = choice;
  const converted = method.parameters.map((parameter, at) => convertIndex(args[at], parameter.type, session));
  const [at] = converted;
  if (typeof at === 'number' && at < 0 && !(base instanceof Dictionary) && method.parameters.length === 2) {
    converted[0] = at + (countOf(base, session) ?? 0);
  }
  method.overload.invoke(base, converted, session, method.declaring, []);
}

function convertIndex(value: Value, type: Parameters<typeof isAssignable>[0], session: Session): Value {
  if (type === netTypes.object) return value ?? null;
  return session.convert(value, type);
}

function setInArray(array: NetArray, indexes: readonly Value[], value: Value, session: Session): void {
  if (indexes.length > 1) {
    const text = indexes.map((one) => session.text(one)).join(',');
    throw runtimeError(
      'ArraySliceAssignmentFailed',
      `Array assignment to [${text}] failed because assignment to slices is not supported.`,
      { category: 'InvalidOperation', target: objectArray([...indexes]) },
    );
  }
  const given = toInt(indexes[0], session);
  const converted = array.element === netTypes.object ? value : session.convert(value, array.element);
  const { items } = array;
  const at = given < 0 ? given + items.length : given;
  if (at < 0 || at >= items.length) throw outOfArray();
  items[at] = converted;
}

function setInMulti(array: MultiArray, indexes: readonly Value[], value: Value, session: Session): void {
  const converted = array.element === netTypes.object ? value : session.convert(value, array.element);
  const list = indexes.length === 1 ? session.convert(indexes[0], arrayOf(netTypes.int32)) : objectArray([...indexes]);
  const places = list instanceof NetArray ? list.items.map((one) => toInt(one, session)) : [];
  if (places.length !== array.lengths.length) throw needsMore(array, places, session);
  const offset = array.offset(places);
  if (offset === undefined) throw outOfArray();
  array.items[offset] = converted;
}
