import { baseOf, typeOf } from '../conversion/base.ts';
import { toNetText, toText } from '../conversion/text.ts';
import type { ErrorRecord } from '../errors/error-record.ts';
import { Thrown } from '../errors/thrown.ts';
import type { Session } from '../runtime/session.ts';
import { placeOf } from '../syntax/source.ts';
import { netTypes } from '../types/intrinsic.ts';
import { getMember } from '../types/members.ts';
import type { NetType } from '../types/net-type.ts';
import { fullName } from '../types/type-display.ts';
import { NetArray } from '../values/array.ts';
import { Dictionary } from '../values/dictionary.ts';
import { EnumValue, enumLabel } from '../values/enum.ts';
import { List } from '../values/list.ts';
import { PSCustomObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import type { Dump, ErrorDump } from './vector.ts';

/** Below this depth a value is only named. */
const deepest = 6;

/** Formats that keep a value exactly: what `ToString` is asked for. */
const exactFormats = new Map<string, string>([
  ['System.Double', 'R'],
  ['System.Single', 'R'],
  ['System.DateTime', 'o'],
  ['System.DateTimeOffset', 'o'],
  ['System.TimeSpan', 'c'],
]);

const wholeNumbers = new Set<NetType>([
  netTypes.byte,
  netTypes.sbyte,
  netTypes.int16,
  netTypes.uint16,
  netTypes.int32,
  netTypes.uint32,
  netTypes.int64,
  netTypes.uint64,
  netTypes.decimal,
  netTypes.bigInteger,
]);

/** The form of a value in vectors: by type, with the items of collections and the properties of custom objects. */
export function dumpValue(written: Value, session: Session, depth = 0): Dump {
  const value = baseOf(written);
  if (value === null || value === undefined) return null;
  if (value instanceof PSCustomObject) return dumpCustomObject(value, session, depth);
  const type = typeOf(value);
  const t = fullName(type);
  if (value instanceof EnumValue) return { t, s: enumLabel(value) };
  if (typeof value === 'string') return { t, v: value };
  if (typeof value === 'boolean') return { t, v: value };
  if (type === netTypes.char) return { t, v: toText(value, session) };
  const format = exactFormats.get(t);
  if (format !== undefined) {
    const text = toNetText(value, format, session);
    return t === 'System.DateTime'
      ? { t, v: text, k: toText(getMember(value, 'Kind', session), session) }
      : { t, v: text };
  }
  if (value instanceof NetArray && value.element === netTypes.byte) {
    return { t, v: Buffer.from(value.items.map((item) => Number(toText(item, session)))).toString('base64') };
  }
  if (wholeNumbers.has(type)) return { t, v: toNetText(value, undefined, session) };
  if (depth > deepest) return { t, s: 'deep' };
  if (value instanceof Dictionary) return dumpDictionary(value, t, session, depth);
  const items = itemsOf(value, type, session);
  if (items !== undefined) return { t, v: items.map((item) => dumpValue(item, session, depth + 1)) };
  return { t, s: toText(value, session) };
}

function dumpCustomObject(value: PSCustomObject, session: Session, depth: number): Dump {
  if (depth > deepest) return { t: 'PSCustomObject', s: 'deep' };
  const pairs: [string, Dump | string][] = [];
  for (const { kind, name } of value.members.values()) {
    if (kind !== 'note' && kind !== 'alias' && kind !== 'scriptProperty') continue;
    pairs.push([name, dumpProperty(value, name, session, depth)]);
  }
  return { t: 'PSCustomObject', v: pairs };
}

function dumpProperty(value: PSCustomObject, name: string, session: Session, depth: number): Dump | string {
  try {
    return dumpValue(getMember(value, name, session), session, depth + 1);
  } catch (error) {
    if (error instanceof Thrown) return 'ERR';
    throw error;
  }
}

/** Pairs in order; those of a Hashtable, whose order means nothing, by their keys. */
function dumpDictionary(value: Dictionary, t: string, session: Session, depth: number): Dump {
  const pairs = [...value.entries()].map(
    ({ key, value: item }) => [dumpValue(key, session, depth + 1), dumpValue(item, session, depth + 1)] as const,
  );
  if (t !== 'System.Collections.Hashtable') return { t, v: pairs };
  const keyText = ([key]: readonly [Dump, Dump]): string => String(key?.v ?? '');
  return { t, v: pairs.sort((left, right) => keyText(left).localeCompare(keyText(right), 'en')) };
}

/** The items of what is an `ICollection` or a set. */
function itemsOf(value: Exclude<Value, null | undefined>, type: NetType, session: Session): Value[] | undefined {
  if (value instanceof NetArray || value instanceof List) return [...value.items];
  if (typeof value !== 'object') return undefined;
  const { enumerate, interfaces = [] } = type.description;
  const isCollection =
    interfaces.some((name) => /^System\.Collections\.(Generic\.)?(IList|ICollection)\b/.test(name)) ||
    type.name.startsWith('System.Collections.Generic.HashSet');
  return enumerate === undefined || !isCollection ? undefined : [...enumerate(value, session)];
}

/** The form of an error in vectors. */
export function dumpError(record: ErrorRecord): ErrorDump {
  const { exception, invocation } = record;
  const place =
    invocation?.source === undefined ? { line: 0, column: 0 } : placeOf(invocation.source, invocation.start);
  return {
    id: record.fullyQualifiedErrorId,
    category: record.category,
    type: fullName(exception.type),
    message: exception.message,
    line: place.line,
    column: place.column,
  };
}

/** What ended a script. A ParseException by then has no record to look at: it is told by its type and message. */
export function dumpTermination(record: ErrorRecord): ErrorDump {
  const { type, message } = record.exception;
  if (fullName(type) !== 'System.Management.Automation.ParseException') return dumpError(record);
  return { id: '', category: '', type: fullName(type), message, line: 0, column: 0 };
}
