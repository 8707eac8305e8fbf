import { NetException } from '../errors/net-exception.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { netName } from '../types/type-display.ts';
import { EnumValue } from '../values/enum.ts';
import { SmallInteger, UInt64 } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { castError, messageText, wrapped } from './cast-error.ts';
import type { ConversionContext } from './context.ts';
import type { Conversion } from './conversion.ts';
import { underlyingType } from './enum-text.ts';
import { enumerable } from './enumerate.ts';
import { integerValue } from './numbers/change-number.ts';
import { parseInteger, readNumber, Style, wrapInteger } from './numbers/read-number.ts';
import { toNetText } from './text.ts';

/** The value of an enum with a number, cut to the width of its underlying type. */
export function enumOf(type: NetType, number: bigint): EnumValue {
  const value = wrapInteger(number, underlyingType(type));
  if (typeof value === 'number' || typeof value === 'bigint') return new EnumValue(type, value);
  return new EnumValue(type, value instanceof SmallInteger || value instanceof UInt64 ? value.value : 0);
}

/** Labels with their numbers in the order of `Enum.GetNames`: by number, negative ones last. */
function labelsOf(type: NetType): [string, bigint][] {
  const labels = Object.entries(type.description.labels ?? {}).map(([name, number]): [string, bigint] => [
    name,
    BigInt(number),
  ]);
  return labels.sort(([, a], [, b]) => {
    const [left, right] = [BigInt.asUintN(64, a), BigInt.asUintN(64, b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

function checkDefined(id: string, value: EnumValue, given: Value, context: ConversionContext): EnumValue {
  if (isDefined(value)) return value;
  const names = labelsOf(value.type).map(([name]) => name);
  throw castError(
    id,
    `Cannot convert value "${messageText(given, context)}" to type "${netName(value.type)}" due to enumeration values that are not valid. Specify one of the following enumeration values and try again. The possible enumeration values are "${names.join(',')}".`,
  );
}

/** PowerShell refuses numbers without a label; of flags, bits that no label has. Enums with negative labels take any. */
function isDefined(value: EnumValue): boolean {
  const numbers = labelsOf(value.type).map(([, number]) => number);
  if (numbers.some((number) => number < 0n)) return true;
  const number = BigInt(value.value);
  if (number < 0n) return false;
  if (value.type.description.flags !== true) return numbers.includes(number);
  const all = numbers.reduce((bits, one) => bits | one, 0n);
  return (number | all) === all;
}

export const integerToEnum: Conversion = (value, type, context) => {
  const number = value instanceof EnumValue ? BigInt(value.value) : integerValue(value);
  return checkDefined('UndefinedIntegerToEnum', enumOf(type, number ?? 0n), value, context);
};

export const textToEnum: Conversion = (value, type, context) => {
  const text = typeof value === 'string' ? value : '';
  let parsed: EnumValue | undefined;
  try {
    parsed = parseEnum(type, text, false) ?? parseEnum(type, text, true);
  } catch (error) {
    throw wrapped('CaseSensitiveEnumParseThrewAnException', value, type, error, context);
  }
  return checkDefined('EnumParseUndefined', parsed ?? disambiguate(type, text), value, context);
};

/**
 * `Enum.Parse`: a number, or labels with commas between them, which are put together. `undefined` for text that is neither.
 * Throws `NetFailure` (OverflowException) for a number that its type cannot hold.
 */
export function parseEnum(type: NetType, text: string, ignoreCase: boolean): EnumValue | undefined {
  const trimmed = text.trim();
  if (/^[\d+-]/.test(trimmed) && readNumber(trimmed, Style.integer) !== undefined) {
    const number = integerValue(parseInteger(trimmed, underlyingType(type)));
    return enumOf(type, number ?? 0n);
  }
  if (trimmed === '') return undefined;
  const labels = labelsOf(type);
  let bits = 0n;
  for (const part of trimmed.split(',')) {
    const name = part.trim();
    const found =
      labels.find(([label]) => label === name) ??
      (ignoreCase ? labels.find(([label]) => label.toLowerCase() === name.toLowerCase()) : undefined);
    if (found === undefined) return undefined;
    bits |= found[1];
  }
  return enumOf(type, bits);
}

/** Labels that win over others with the same beginning. */
const preferred = new Map([['System.IO.FileAttributes', ['Directory', 'ReadOnly', 'System']]]);

/** The one label that text is the beginning of. */
function disambiguate(type: NetType, text: string): EnumValue {
  const labels = labelsOf(type);
  const begins = (label: string) => label.toLowerCase().startsWith(text.toLowerCase());
  const matches = labels.filter(([label]) => begins(label));
  const winner = preferred.get(type.name)?.find(begins);
  const [only] = matches.length === 1 ? matches : matches.filter(([label]) => label === winner);
  if (only !== undefined) return enumOf(type, only[1]);
  const message =
    matches.length === 0
      ? `Unable to match the identifier name ${text} to a valid enumerator name. Specify one of the following enumerator names and try again:\n${labels.map(([label]) => label).join(', ')}`
      : `The identifier name ${text} cannot be processed because it is either too similar or identical to the following enumerator names: ${matches.map(([label]) => label).join(', ')}. Use a more specific identifier name.`;
  throw castError(
    'SubstringDisambiguationEnumParseThrewAnException',
    `Cannot convert value "${text}" to type "${netName(type)}". Error: "${message}"`,
    new NetException(namedType('System.Management.Automation.RuntimeException'), message),
  );
}

/** A list of labels or numbers becomes one value of flags. */
export const enumerableToEnum: Conversion = (value, type, context) => {
  const names: string[] = [];
  for (const item of enumerable(value, context) ?? []) {
    names.push(typeof item === 'string' ? item : toNetText(context.convert(item, type), undefined, context));
  }
  return textToEnum(names.join(','), type, context);
};
