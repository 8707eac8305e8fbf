import { baseOf, typeOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { toInvariantText, toText } from '../../conversion/text.ts';
import { type NumberType, numberTypes } from '../../engine/value.ts';
import { deepestValue, type Wire } from '../../engine/wire.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetException } from '../../errors/net-exception.ts';
import { Thrown } from '../../errors/thrown.ts';
import type { Session } from '../../runtime/session.ts';
import { placeOf } from '../../syntax/source.ts';
import { GenericList } from '../../types/collections/generic-list.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { getMember } from '../../types/members.ts';
import type { CallContext, NetType } from '../../types/net-type.ts';
import { netName } from '../../types/type-display.ts';
import { infoOf } from '../../types/type-info.ts';
import { NetArray } from '../../values/array.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { EnumValue, enumLabel } from '../../values/enum.ts';
import { List } from '../../values/list.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';

const numbers = new Set<string>(numberTypes);

/** Bytes that a part of a value is counted with beside its texts: a value that holds itself many times over ends the run before it fills the memory. */
const partBytes = 8;

/** A value as it leaves the child. Every part counts against the output of the run. */
export function toWire(written: Value, session: Session, depth = 0): Wire {
  session.budget.emit(partBytes);
  const value = baseOf(written);
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'boolean':
    case 'number':
      return value;
    case 'bigint':
      return ['long', value.toString()];
    case 'string':
      session.budget.emit(value.length);
      return value;
    default:
  }
  const crossing = crossingOf(typeOf(value));
  if (crossing !== undefined && depth < deepestValue) {
    return ['typed', crossing.name, toWire(crossing.send(value, session), session, depth + 1)];
  }
  const type = netName(typeOf(value));
  if (value instanceof EnumValue) return ['opaque', type, enumLabel(value)];
  if (isNumberType(type)) {
    return type === 'System.Numerics.BigInteger'
      ? ['number', type, toInvariantText(value, 'R', session)]
      : ['number', type, toInvariantText(value, undefined, session)];
  }
  if (type === 'System.DateTime') return ['date', toInvariantText(value, 'o', session)];
  if (value instanceof ErrorRecord) return errorWire(value);
  if (value instanceof NetException) return exceptionWire(value);
  if (depth >= deepestValue) return ['opaque', type, type];
  if (value instanceof PSCustomObject) return objectWire(value, session, depth);
  if (value instanceof Dictionary) return dictionaryWire(value, session, depth);
  if (value instanceof NetArray && value.element === netTypes.byte) return bytesWire(value, session);
  const ofItems = value instanceof GenericList ? crossingOf(value.elementType) : undefined;
  if (value instanceof GenericList && ofItems !== undefined) return typedListWire(value, ofItems, session, depth);
  const items = value instanceof NetArray || value instanceof List ? value.items : enumerable(value, session);
  if (items !== undefined) {
    const wires: Wire[] = [];
    for (const item of items) wires.push(toWire(item, session, depth + 1));
    return ['list', ...wires];
  }
  return ['opaque', type, toText(value, session)];
}

/** How objects of a type go out as data, and the name of the type that says so: its own or a base type. */
interface Crossing {
  readonly name: string;
  readonly send: (self: Value, context: CallContext) => Value;
}

const crossings = new WeakMap<NetType, Crossing | null>();

function crossingOf(type: NetType): Crossing | undefined {
  let crossing = crossings.get(type);
  if (crossing === undefined) {
    crossing = findCrossing(type) ?? null;
    crossings.set(type, crossing);
  }
  return crossing ?? undefined;
}

function findCrossing(type: NetType): Crossing | undefined {
  for (let at: NetType | undefined = type; at !== undefined; at = infoOf(at).base) {
    const send = at.description.handOver?.send;
    if (send !== undefined) return { name: at.name, send };
  }
  return undefined;
}

/** The type is named once for all items. */
function typedListWire({ items }: GenericList, { name, send }: Crossing, session: Session, depth: number): Wire {
  const wires: Wire[] = [];
  for (const item of items) {
    const one = baseOf(item);
    wires.push(one === null || one === undefined ? null : toWire(send(one, session), session, depth + 2));
  }
  return ['typed', `System.Collections.Generic.List[${name}]`, ['list', ...wires]];
}

function isNumberType(type: string): type is NumberType {
  return numbers.has(type);
}

function bytesWire(value: NetArray, session: Session): Wire {
  session.budget.emit(value.items.length);
  return ['bytes', Buffer.from(value.items.map((item) => Number(toText(item, session)))).toString('base64')];
}

function dictionaryWire(value: Dictionary, session: Session, depth: number): Wire {
  const parts: Wire[] = [];
  for (const { key, value: item } of value.items()) {
    parts.push(toWire(key, session, depth + 1), toWire(item, session, depth + 1));
  }
  return ['dictionary', value.type !== netTypes.hashtable, ...parts];
}

function objectWire(value: PSCustomObject, session: Session, depth: number): Wire {
  const parts: Wire[] = [];
  const { layout } = value;
  if (layout !== undefined) {
    const { fields } = value;
    for (const [index, name] of layout.names.entries()) {
      session.budget.emit(name.length);
      parts.push(name, toWire(fields[index] ?? null, session, depth + 1));
    }
    return ['object', ['list', ...(value.typeNames ?? [])], ...parts];
  }
  for (const { kind, name } of value.members.values()) {
    if (kind !== 'note' && kind !== 'alias' && kind !== 'scriptProperty') continue;
    session.budget.emit(name.length);
    parts.push(name, propertyWire(value, name, session, depth));
  }
  return ['object', ['list', ...(value.typeNames ?? [])], ...parts];
}

/** A property whose script fails reads as null, as PowerShell shows it. */
function propertyWire(value: PSCustomObject, name: string, session: Session, depth: number): Wire {
  try {
    return toWire(getMember(value, name, session), session, depth + 1);
  } catch (error) {
    if (error instanceof Thrown) return null;
    throw error;
  }
}

/** An error record as it leaves the child. */
export function errorWire(record: ErrorRecord): Wire {
  const { exception, invocation } = record;
  const source = invocation?.source;
  const place =
    invocation === undefined || source === undefined ? { line: 0, column: 0 } : placeOf(source, invocation.start);
  return [
    'error',
    record.fullyQualifiedErrorId,
    record.category,
    exception.type.name,
    shownMessage(record),
    source?.file ?? null,
    place.line,
    place.column,
  ];
}

/**
 * What an error says outside of the script. What a server answered stays inside, in its details: it may repeat what it was
 * sent, and with it what is secret.
 */
export function shownMessage({ details, exception }: ErrorRecord): string {
  const isAnswer = exception.type.name === 'Microsoft.PowerShell.Commands.HttpResponseException';
  return isAnswer ? exception.message : (details?.message ?? exception.message);
}

function exceptionWire(exception: NetException): Wire {
  return ['error', '', 'NotSpecified', exception.type.name, exception.message, null, 0, 0];
}
