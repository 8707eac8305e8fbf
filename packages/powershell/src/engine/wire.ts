import { type EngineError, type EngineValue, isList, type NumberType, numberTypes } from './value.ts';

/**
 * A value as it goes through the pipe: JSON, so that what comes out of the child is data whatever happened in it. `null`,
 * booleans, texts and 32-bit whole numbers are themselves; everything else is an array that begins with its kind.
 */
export type Wire = null | boolean | number | string | readonly [WireKind, ...Wire[]];

type WireKind =
  /** Int64 or BigInteger: text */
  | 'long'
  /** type, text */
  | 'number'
  /** base64 */
  | 'bytes'
  /** items */
  | 'list'
  /** text */
  | 'date'
  /** ordered?, key, value, key, value … */
  | 'dictionary'
  /** list of type names, name, value, name, value … */
  | 'object'
  /** id, category, type, message, file or null, line, column */
  | 'error'
  /** type, data */
  | 'typed'
  /** type, text */
  | 'opaque';

/** Values nested deeper are cut. */
export const deepestValue = 64;

/** Throws `TypeError` for what is no value, or is nested deeper than 64 levels (or holds itself). */
export function encodeValue(value: EngineValue, depth = 0): Wire {
  if (depth > deepestValue) throw new TypeError(`a value is nested deeper than ${deepestValue} levels`);
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'bigint':
      return ['long', value.toString()];
    case 'number':
      return encodeNumber(value);
    default:
  }
  if (value === null) return null;
  if (value instanceof Uint8Array) return ['bytes', Buffer.from(value).toString('base64')];
  const encode = (item: EngineValue): Wire => encodeValue(item, depth + 1);
  if (isList(value)) return ['list', ...value.map(encode)];
  switch (value.kind) {
    case 'number':
      return ['number', value.type, value.text];
    case 'date':
      return ['date', value.text];
    case 'dictionary':
      return ['dictionary', value.ordered, ...[...value.entries].flat().map(encode)];
    case 'object':
      return ['object', ['list', ...value.typeNames], ...[...value.properties].flat().map(encode)];
    case 'error': {
      const { id, category, type, message, file = null, line, column } = value;
      return ['error', id, category, type, message, file, line, column];
    }
    case 'typed':
      return ['typed', value.type, encode(value.data)];
    case 'opaque':
      return ['opaque', value.type, value.text];
    default:
      // Callers in JavaScript hand over anything.
      throw notAValue();
  }
}

function encodeNumber(value: number): Wire {
  if (Number.isInteger(value) && value === (value | 0) && !Object.is(value, -0)) return value;
  return ['number', 'System.Double', Object.is(value, -0) ? '-0' : String(value)];
}

/** Throws `TypeError` for what is no value: the other side is not to be trusted. */
export function decodeValue(wire: unknown, depth = 0): EngineValue {
  if (wire === null || typeof wire === 'boolean' || typeof wire === 'string') return wire;
  if (typeof wire === 'number' && wire === (wire | 0)) return wire;
  if (!Array.isArray(wire) || depth > deepestValue + 1) throw notAValue();
  const [kind, ...parts]: readonly unknown[] = wire;
  const decode = (part: unknown): EngineValue => decodeValue(part, depth + 1);
  switch (kind) {
    case 'long':
      return longOf(text(parts[0]));
    case 'number':
      return { kind, type: numberType(parts[0]), text: text(parts[1]) };
    case 'bytes':
      return new Uint8Array(Buffer.from(text(parts[0]), 'base64'));
    case 'list':
      return parts.map(decode);
    case 'date':
      return { kind, text: text(parts[0]) };
    case 'dictionary':
      return { kind, ordered: parts[0] === true, entries: new Map(pairs(parts.slice(1), decode, decode)) };
    case 'object': {
      const names = decode(parts[0]);
      if (!isList(names)) throw notAValue();
      return { kind, typeNames: names.map(text), properties: new Map(pairs(parts.slice(1), text, decode)) };
    }
    case 'error':
      return decodeError(parts);
    case 'typed':
      return { kind, type: text(parts[0]), data: decode(parts[1]) };
    case 'opaque':
      return { kind, type: text(parts[0]), text: text(parts[1]) };
    default:
      throw notAValue();
  }
}

function decodeError([id, category, type, message, file, line, column]: readonly unknown[]): EngineError {
  return {
    kind: 'error',
    id: text(id),
    category: text(category),
    type: text(type),
    message: text(message),
    ...(file === null ? {} : { file: text(file) }),
    line: count(line),
    column: count(column),
  };
}

/** More digits than any number of a script here has take longer to read the more they are. */
function longOf(digits: string): bigint {
  if (!/^-?\d{1,400}$/.test(digits)) throw notAValue();
  return BigInt(digits);
}

function count(part: unknown): number {
  if (typeof part !== 'number' || part !== part >>> 0) throw notAValue();
  return part;
}

function pairs<K, V>(
  parts: readonly unknown[],
  decodeKey: (part: unknown) => K,
  decodeItem: (part: unknown) => V,
): [K, V][] {
  const found: [K, V][] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) found.push([decodeKey(parts[at]), decodeItem(parts[at + 1])]);
  return found;
}

function text(part: unknown): string {
  if (typeof part !== 'string') throw notAValue();
  return part;
}

function numberType(part: unknown): NumberType {
  const type = numberTypes.find((name) => name === part);
  if (type === undefined) throw notAValue();
  return type;
}

function notAValue(): TypeError {
  return new TypeError('not a value of the engine');
}

/** True for a part that is a form of its own: `Array.isArray` does not narrow read-only arrays. */
export function isForm(wire: Wire | undefined): wire is readonly [WireKind, ...Wire[]] {
  return Array.isArray(wire);
}
