import type { ExportErrorCode, ImportErrorCode } from './error-codes.ts';
import type { SchemaAttribute } from './schema.ts';
import type { AttributeType, AttributeValue } from './values.ts';

/** A value in the type its schema attribute declares, or why it cannot be: an error of that one object, never of the run. */
export type Coercion =
  | { readonly ok: true; readonly value: AttributeValue }
  | { readonly ok: false; readonly fault: ValueFault };

/** What is wrong with one value, in the words of both directions. */
export interface ValueFault {
  readonly attribute: string;
  readonly importCode: ImportErrorCode;
  readonly exportCode: ExportErrorCode;
  /** A sentence with the value, shortened. */
  readonly detail: string;
}

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/**
 * Brings a value to the type of its attribute (ECMA sheet 2.3): Boolean from `true`, `false`, `1`, `0` in any case,
 * Integer from decimal digits in 64 bits, Binary from base64, Reference and String as text.
 */
export function coerceValue(attribute: Pick<SchemaAttribute, 'name' | 'type'>, value: AttributeValue): Coercion {
  switch (attribute.type) {
    case 'Boolean':
      return toBoolean(attribute.name, value);
    case 'Integer':
      return toInteger(attribute.name, value);
    case 'Binary':
      return toBinary(attribute.name, value);
    case 'String':
    case 'Reference':
      return toText(attribute.name, attribute.type, value);
  }
}

/** True when both are the same value: bytes by content, all else by identity. */
export function sameValue(a: AttributeValue, b: AttributeValue): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return a.length === b.length && a.every((byte, index) => byte === b[index]);
  }
  return a === b;
}

/** A text that two values share exactly when {@link sameValue} takes them for one, for lists too long to compare each with each. */
export function valueKey(value: AttributeValue): string {
  if (value instanceof Uint8Array) return `x${Buffer.from(value).toString('base64')}`;
  return typeof value === 'string' ? `s${value}` : String(value);
}

/** The text form of a value as .NET prints it, which scripts and files expect: `True`, `42`, base64. */
export function formatValue(value: AttributeValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return String(value);
}

function toBoolean(name: string, value: AttributeValue): Coercion {
  if (typeof value === 'boolean') return { ok: true, value };
  if (typeof value === 'string' || typeof value === 'bigint') {
    const text = String(value).toLowerCase();
    if (text === 'true' || text === '1') return { ok: true, value: true };
    if (text === 'false' || text === '0') return { ok: true, value: false };
  }
  return refuse(name, 'Boolean', value, 'ImportErrorInvalidBooleanValue');
}

function toInteger(name: string, value: AttributeValue): Coercion {
  if (typeof value === 'bigint' || (typeof value === 'string' && /^[+-]?[0-9]{1,19}$/.test(value))) {
    const integer = BigInt(typeof value === 'string' ? value.replace(/^\+/, '') : value);
    if (integer >= smallest && integer <= largest) return { ok: true, value: integer };
  }
  return refuse(name, 'Integer', value, 'ImportErrorInvalidNumericValue');
}

function toBinary(name: string, value: AttributeValue): Coercion {
  if (value instanceof Uint8Array) return { ok: true, value };
  if (typeof value === 'string') {
    // .NET's Convert.FromBase64String ignores white space; PEM-like values wrap their lines.
    const text = value.replace(/[ \t\r\n]+/g, '');
    const bytes = Buffer.from(text, 'base64');
    // Buffer forgives everything, so only what it would write itself counts as base64.
    if (bytes.toString('base64') === text) return { ok: true, value: new Uint8Array(bytes) };
  }
  return refuse(name, 'Binary', value, 'ImportErrorInvalidBase64Value');
}

function toText(name: string, type: AttributeType, value: AttributeValue): Coercion {
  if (value instanceof Uint8Array) return refuse(name, type, value, 'ImportErrorInvalidAttributeValue');
  const text = formatValue(value);
  // U+0000 and half surrogates fit into no store and no UTF-8 file; they are refused at the edge.
  if (text.includes('\u0000') || !text.isWellFormed()) {
    return refuse(name, type, value, 'ImportErrorInvalidAttributeValue');
  }
  return { ok: true, value: text };
}

function refuse(attribute: string, type: AttributeType, value: AttributeValue, importCode: ImportErrorCode): Coercion {
  const detail = `"${attribute}" is of type ${type} and cannot hold ${describe(value)}.`;
  return { ok: false, fault: { attribute, importCode, exportCode: 'ExportErrorInvalidAttributeValue', detail } };
}

function describe(value: AttributeValue): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text = JSON.stringify(String(value).slice(0, 40));
  return typeof value === 'string' && value.length > 40 ? `${text}…` : text;
}
