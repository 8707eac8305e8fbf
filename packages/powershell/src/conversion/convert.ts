import { netTypes } from '../types/intrinsic.ts';
import { type NetType, notConvertible } from '../types/net-type.ts';
import { Char, Double } from '../values/numbers.ts';
import { PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { typeOf } from './base.ts';
import { isCastError } from './cast-error.ts';
import type { ConversionContext } from './context.ts';
import type { Conversion } from './conversion.ts';
import { findConversion } from './find-conversion.ts';
import { convertNull } from './from-null.ts';
import { toText } from './text.ts';
import { isTrue } from './truth.ts';

const conversions = new WeakMap<NetType, Map<NetType, Conversion>>();

/**
 * Converts as a cast does, in PowerShell's order: null, what fits already, the language's own conversions, enums,
 * `Parse`, constructors, the operators of the types, `IConvertible`, properties of a hashtable, arrays into collections.
 * Throws `Thrown` with PowerShell's invalid-cast ids. A cast to `[pscustomobject]` asks for `netTypes.psCustomObject`.
 */
export function convertTo(value: Value, type: NetType, context: ConversionContext): Value {
  if (type === netTypes.object) return value;
  if (value === null || value === undefined) return convertNull(value, type, context);
  if (type === netTypes.string) {
    if (typeof value === 'string') return value;
    return value instanceof PSObject ? (value.written ?? toText(value, context)) : toText(value, context);
  }
  if (type === netTypes.int32) {
    if (typeof value === 'number') return value;
  } else if (type === netTypes.boolean) {
    return isTrue(value);
  } else if (type === netTypes.void) {
    return undefined;
  } else if (type === netTypes.psObject) {
    return asPSObject(value);
  } else if (type === netTypes.double && typeof value === 'number') {
    return new Double(value);
  }
  if (value instanceof PSObject) return convertTo(value.base, type, context);
  return conversionOf(typeOf(value), type)(value, type, context);
}

function conversionOf(from: NetType, to: NetType): Conversion {
  let known = conversions.get(to);
  if (known === undefined) {
    known = new Map();
    conversions.set(to, known);
  }
  let conversion = known.get(from);
  if (conversion === undefined) {
    conversion = findConversion(from, to);
    known.set(from, conversion);
  }
  return conversion;
}

/** `[psobject]`: bare values get an identity of their own, which members can be put on. */
function asPSObject(value: Exclude<Value, null | undefined>): Value {
  const isBare = typeof value !== 'object' || value instanceof Double || value instanceof Char;
  return isBare ? new PSObject(value) : value;
}

/** As `convertTo`, but answers `notConvertible` where that throws an invalid cast. */
export function tryConvert(value: Value, type: NetType, context: ConversionContext): Value | typeof notConvertible {
  try {
    return convertTo(value, type, context);
  } catch (error) {
    if (isCastError(error)) return notConvertible;
    throw error;
  }
}
