import { convertTo } from '../../conversion/convert.ts';
import { inherited } from '../../conversion/inherited.ts';
import { isForm, type Wire } from '../../engine/wire.ts';
import { errorCategories } from '../../errors/category.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetException } from '../../errors/net-exception.ts';
import { runtimeError } from '../../errors/raise.ts';
import type { Session } from '../../runtime/session.ts';
import { listOf } from '../../types/collections/generic-list.ts';
import { Hashtable } from '../../types/collections/hashtable.ts';
import { OrderedDictionary } from '../../types/collections/ordered-dictionary.ts';
import { namedType, netTypes } from '../../types/intrinsic.ts';
import type { NetType } from '../../types/net-type.ts';
import { invokeStatic } from '../../types/static-members.ts';
import { NetArray, objectArray } from '../../values/array.ts';
import { BigInteger, SmallInteger } from '../../values/numbers.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';

/** A value as it comes into the child. Throws `Thrown` where its text is none of its type, or the type is unknown. */
export function fromWire(wire: Wire, session: Session): Value {
  if (wire === null || typeof wire !== 'object') return wire;
  const [kind, ...parts] = wire;
  switch (kind) {
    case 'long': {
      const number = BigInt(text(parts[0]));
      return number === BigInt.asIntN(64, number) ? number : new BigInteger(number);
    }
    case 'number':
    case 'opaque':
      return typed(text(parts[0]), text(parts[1]), session);
    case 'typed':
      return received(text(parts[0]), parts[1] ?? null, session);
    case 'bytes':
      return new NetArray(
        netTypes.byte,
        [...Buffer.from(text(parts[0]), 'base64')].map((byte) => new SmallInteger(netTypes.byte, byte)),
      );
    case 'list':
      return objectArray(parts.map((part) => fromWire(part, session)));
    case 'date':
      return dateOf(text(parts[0]), session);
    case 'dictionary':
      return dictionaryOf(parts, session);
    case 'object':
      return objectOf(parts, session);
    case 'error':
      return errorOf(parts);
  }
}

function text(wire: Wire | undefined): string {
  if (typeof wire !== 'string') throw new TypeError('a text was expected');
  return wire;
}

function typed(name: string, value: string, session: Session): Value {
  // A cast would drop the zeros at the end.
  if (name === 'System.Decimal') return invokeStatic(netTypes.decimal, 'Parse', [value], session);
  return convertTo(value, typeNamed(name, session), session);
}

function typeNamed(name: string, session: Session): NetType {
  const type = session.types.parse(name);
  if (type !== undefined) return type;
  throw runtimeError('TypeNotFound', `Unable to find type [${name}].`, {
    category: 'InvalidOperation',
    target: name,
  });
}

/** An object that its type makes of its data, or a list of such objects. */
function received(name: string, data: Wire, session: Session): Value {
  const type = typeNamed(name, session);
  const [element] = type.typeArguments;
  if (element === undefined || type.definition !== listDefinition) return receivedOne(type, data, session);
  const items = isForm(data) && data[0] === 'list' ? data.slice(1) : [];
  return listOf(
    element,
    items.map((item) => (item === null ? null : receivedOne(element, item, session))),
  );
}

function receivedOne(type: NetType, data: Wire, session: Session): Value {
  const receive = inherited(type, 'handOver')?.receive;
  if (receive === undefined) throw new TypeError(`objects of ${type.name} are not handed over`);
  return receive(fromWire(data, session), session);
}

const listDefinition = namedType('System.Collections.Generic.List`1');

/** A cast would make every time with a zone a local one. */
function dateOf(value: string, session: Session): Value {
  return invokeStatic(netTypes.dateTime, 'Parse', [value, null, 'RoundtripKind'], session);
}

function dictionaryOf([ordered, ...parts]: readonly Wire[], session: Session): Value {
  const dictionary = ordered === true ? new OrderedDictionary() : new Hashtable();
  for (let at = 0; at + 1 < parts.length; at += 2) {
    dictionary.set(fromWire(parts[at] ?? null, session), fromWire(parts[at + 1] ?? null, session));
  }
  return dictionary;
}

function objectOf([names, ...parts]: readonly Wire[], session: Session): Value {
  const object = new PSCustomObject();
  if (isForm(names) && names.length > 1) object.typeNames = names.slice(1).map(text);
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const name = text(parts[at]);
    object.members.set(name.toLowerCase(), { kind: 'note', name, value: fromWire(parts[at + 1] ?? null, session) });
  }
  return object;
}

function errorOf([id, category, type, message]: readonly Wire[]): ErrorRecord {
  const known = errorCategories.find((name) => name === category) ?? 'NotSpecified';
  const exception = new NetException(namedType(text(type)), text(message));
  const record = new ErrorRecord(exception, text(id), known);
  exception.record = record;
  return record;
}
