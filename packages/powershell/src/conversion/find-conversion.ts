import { isAssignable, isEnumerable } from '../types/assignable.ts';
import { netTypes } from '../types/intrinsic.ts';
import { type NetType, notConvertible } from '../types/net-type.ts';
import { infoOf } from '../types/type-info.ts';
import { findArrayConversion } from './arrays.ts';
import { noConversion } from './cast-error.ts';
import { findCollectionConversion } from './collections.ts';
import { findConstructorConversion } from './constructors.ts';
import type { Conversion } from './conversion.ts';
import { toCustomObject } from './custom-object.ts';
import { scriptBlockToDelegate, textToType, toReference, toXml } from './engine-types.ts';
import { enumerableToEnum, integerToEnum, textToEnum } from './enums.ts';
import { findPropertyConversion } from './from-properties.ts';
import { changeTypeOf, isConvertible, throughText } from './iconvertible.ts';
import { findNumberConversion } from './numbers/number-conversion.ts';
import { isIntegerType } from './numbers/read-number.ts';
import { findOperatorConversion } from './operator-conversion.ts';
import { findParseConversion } from './parse-conversion.ts';

const identity: Conversion = (value) => value;

const impossible: Conversion = (value, type, context) => {
  throw noConversion(value, type, context);
};

/**
 * The conversion between two types that differ, by PowerShell's order; one that always throws where there is none.
 * Null, text, truth, `[void]` and `[psobject]` as targets are decided before.
 */
export function findConversion(from: NetType, to: NetType): Conversion {
  return find(from, to) ?? impossible;
}

/** True where there is a way from a type to another, whatever becomes of a single value. */
export function hasConversion(from: NetType, to: NetType): boolean {
  return alwaysReachable.has(to) || find(from, to) !== undefined;
}

const alwaysReachable: ReadonlySet<NetType> = new Set([
  netTypes.object,
  netTypes.string,
  netTypes.boolean,
  netTypes.void,
  netTypes.psObject,
]);

function find(from: NetType, to: NetType): Conversion | undefined {
  infoOf(from);
  infoOf(to);
  const number = findNumberConversion(from, to);
  if (number !== undefined) return number;
  if (isAssignable(from, to) && to.definition !== netTypes.nullable) return identity;
  const [underlying] = to.typeArguments;
  if (to.definition === netTypes.nullable && underlying !== undefined && hasConversion(from, underlying)) {
    return (value, _type, context) => context.convert(value, underlying);
  }
  return findLanguageConversion(from, to) ?? findOwnConversion(from, to);
}

/** The conversions that belong to the language: no type can change them. */
function findLanguageConversion(from: NetType, to: NetType): Conversion | undefined {
  if (from === netTypes.string && to === netTypes.type) return textToType;
  const array = findArrayConversion(from, to, hasConversion);
  if (array !== undefined) return array;
  if (to === netTypes.hashtable) {
    return isAssignable(from, netTypes.idictionary) ? findConstructorConversion(from, to) : undefined;
  }
  if (to === netTypes.psReference) return toReference;
  if (to.name === 'System.Xml.XmlDocument') return toXml;
  if (from === netTypes.scriptBlock && to !== netTypes.delegate && infoOf(to).supertypes.has(netTypes.delegate)) {
    return scriptBlockToDelegate;
  }
  if (to === netTypes.psCustomObject) return toCustomObject;
  if (to.kind === 'enum' && (isIntegerType(from) || from.kind === 'enum')) return integerToEnum;
  return undefined;
}

/** What types can do themselves: `Parse`, constructors, operators, `IConvertible`, properties. */
function findOwnConversion(from: NetType, to: NetType): Conversion | undefined {
  const first = findParse(from, to) ?? findConstructorConversion(from, to);
  if (first !== undefined) return first;
  const operator = findOperatorConversion(from, to);
  const rest = findConvertible(from, to) ?? findPropertyConversion(from, to) ?? findCollectionConversion(from, to);
  if (operator === undefined) return rest;
  return (value, type, context) => {
    const converted = operator(value, type, context);
    return converted === notConvertible ? (rest ?? impossible)(value, type, context) : converted;
  };
}

function findParse(from: NetType, to: NetType): Conversion | undefined {
  if (to.kind === 'enum') {
    if (from === netTypes.string) return textToEnum;
    return isEnumerable(from) ? enumerableToEnum : undefined;
  }
  return from === netTypes.string ? findParseConversion(to) : undefined;
}

function findConvertible(from: NetType, to: NetType): Conversion | undefined {
  if (from === netTypes.string || !isConvertible(from)) return undefined;
  if (from.kind === 'enum' || from === netTypes.boolean || from === netTypes.char || from === netTypes.dateTime) {
    return changeTypeOf;
  }
  return to.element === undefined && hasConversion(netTypes.string, to) ? throughText : undefined;
}
