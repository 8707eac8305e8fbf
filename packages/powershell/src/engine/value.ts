/**
 * A value on its way between a host program and a script: the closed set of forms in which values cross.
 *
 * | Form | .NET | Into a script |
 * |---|---|---|
 * | `null`, `boolean`, `string` | `$null`, Boolean, String | the same |
 * | `number` | Int32 | whole numbers of 32 bits are Int32, every other one is a Double |
 * | `bigint` | Int64 | Int64; BigInteger beyond its range |
 * | {@link EngineNumber} | every other number, as exact text | the named type |
 * | `Uint8Array` | Byte[] | Byte[] |
 * | array | arrays and lists of every kind | Object[] |
 * | {@link EngineDate} | DateTime with its kind | DateTime |
 * | {@link EngineDictionary} | dictionaries of every kind | Hashtable, or OrderedDictionary where `ordered` |
 * | {@link EngineObject} | custom objects | PSCustomObject |
 * | {@link EngineError} | ErrorRecord, exceptions | ErrorRecord |
 * | {@link EngineTyped} | objects of types that say how they cross: credentials, registered types | the named type |
 * | {@link EngineOpaque} | everything else, as type and text (Guid, Char, TimeSpan, enums, script blocks …) | the type's own conversion from the text |
 *
 * What does not cross: members that scripts added to texts, numbers and collections, types of items, identity (one object
 * in two places becomes two). Values nested deeper than 64 levels cross as opaque ones.
 */
export type EngineValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly EngineValue[]
  | EngineNumber
  | EngineDate
  | EngineDictionary
  | EngineObject
  | EngineError
  | EngineTyped
  | EngineOpaque;

/** The number types that have no form of their own. */
export const numberTypes = [
  'System.Double',
  'System.Single',
  'System.Decimal',
  'System.Byte',
  'System.SByte',
  'System.Int16',
  'System.UInt16',
  'System.UInt32',
  'System.UInt64',
  'System.Numerics.BigInteger',
] as const;

export type NumberType = (typeof numberTypes)[number];

/** @property text round-trips: invariant, the scale of a Decimal kept (`1.50`), `NaN`, `Infinity`, `-Infinity` of a Double */
export interface EngineNumber {
  readonly kind: 'number';
  readonly type: NumberType;
  readonly text: string;
}

/** @property text as .NET's round-trip format: seven digits of a second; `Z` for UTC, an offset for local time, nothing for unspecified */
export interface EngineDate {
  readonly kind: 'date';
  readonly text: string;
}

export interface EngineDictionary {
  readonly kind: 'dictionary';
  /** Whether the order of the entries means something: false for Hashtable. */
  readonly ordered: boolean;
  readonly entries: ReadonlyMap<EngineValue, EngineValue>;
}

export interface EngineObject {
  readonly kind: 'object';
  /** The type names that a script gave it, most special first; empty for a plain one. */
  readonly typeNames: readonly string[];
  readonly properties: ReadonlyMap<string, EngineValue>;
}

/** An error of a script. */
export interface EngineError {
  readonly kind: 'error';
  /** `FullyQualifiedErrorId`; empty for an exception that no error record was made of. */
  readonly id: string;
  /** `CategoryInfo.Category` */
  readonly category: string;
  /** Full type name of the exception. */
  readonly type: string;
  readonly message: string;
  /** The file of the script, absent for text without one. */
  readonly file?: string;
  /** From 1; 0 where no place of a script is known. */
  readonly line: number;
  readonly column: number;
}

export interface EngineOpaque {
  readonly kind: 'opaque';
  /** Full .NET type name. */
  readonly type: string;
  readonly text: string;
}

/**
 * An object of a type that says itself how it crosses (`handOver` of its description): registered types, PSCredential and
 * SecureString on their way in.
 * @property type full name; `System.Collections.Generic.List[Name]` for a list of such objects, whose data are theirs in order
 * @property data in the form that the type has for it; `null` for a null in a list
 */
export interface EngineTyped {
  readonly kind: 'typed';
  readonly type: string;
  readonly data: EngineValue;
}

/** A hashtable of text keys. */
export function hashtable(
  entries: Readonly<Record<string, EngineValue>> | ReadonlyMap<string, EngineValue>,
): EngineDictionary {
  return { kind: 'dictionary', ordered: false, entries: mapOf(entries) };
}

/** A custom object. */
export function customObject(
  properties: Readonly<Record<string, EngineValue>> | ReadonlyMap<string, EngineValue>,
): EngineObject {
  return { kind: 'object', typeNames: [], properties: mapOf(properties) };
}

/** A point in time as a UTC DateTime. */
export function date(time: Date): EngineDate {
  return { kind: 'date', text: time.toISOString().replace('Z', '0000Z') };
}

function mapOf(
  entries: Readonly<Record<string, EngineValue>> | ReadonlyMap<string, EngineValue>,
): ReadonlyMap<string, EngineValue> {
  return entries instanceof Map ? entries : new Map(Object.entries(entries));
}

/** A PSCredential; the empty one where there is no user name. */
export function credential(userName: string, password: string): EngineTyped {
  return { kind: 'typed', type: 'System.Management.Automation.PSCredential', data: [userName, password] };
}

/** A list of objects of a type that says how they cross, as `List[type]`. */
export function typedList(type: string, items: readonly EngineValue[]): EngineTyped {
  return { kind: 'typed', type: `${listPrefix}${type}]`, data: items };
}

/** The items' data of a list of objects of a type; `undefined` for every other value. */
export function typedItems(value: EngineValue, type: string): readonly EngineValue[] | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'typed') return undefined;
  return value.type === `${listPrefix}${type}]` && isList(value.data) ? value.data : undefined;
}

const listPrefix = 'System.Collections.Generic.List[';

/** A value as JSON would have it: for printing. Numbers beyond JSON's, dates and opaque values become their text, bytes base64. */
export function toJsonValue(value: EngineValue): unknown {
  if (value === null || typeof value !== 'object') {
    return typeof value === 'bigint' ? jsonNumber(value.toString()) : value;
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (isList(value)) return value.map(toJsonValue);
  switch (value.kind) {
    case 'number':
      return jsonNumber(value.text);
    case 'date':
    case 'opaque':
      return value.text;
    case 'dictionary':
      return Object.fromEntries([...value.entries].map(([key, item]) => [keyText(key), toJsonValue(item)]));
    case 'object':
      return Object.fromEntries([...value.properties].map(([name, item]) => [name, toJsonValue(item)]));
    case 'typed':
      return toJsonValue(value.data);
    case 'error':
      return { error: value.id, category: value.category, type: value.type, message: value.message };
  }
}

/** True for the list form: `Array.isArray` does not narrow read-only arrays. */
export function isList(value: EngineValue): value is readonly EngineValue[] {
  return Array.isArray(value);
}

/** A number where JavaScript's holds it exactly, otherwise its text. */
function jsonNumber(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) && (String(number) === text || Number.isSafeInteger(number)) ? number : text;
}

function keyText(key: EngineValue): string {
  const plain = toJsonValue(key);
  return typeof plain === 'object' && plain !== null ? JSON.stringify(plain) : String(plain);
}
