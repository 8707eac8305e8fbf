import { type NetFailure, netFailure } from '../../errors/raise.ts';
import { netTypes } from '../../types/intrinsic.ts';
import type { NetType } from '../../types/net-type.ts';
import { decimalFromDigits, powerOfTen } from '../../values/decimal.ts';
import { BigInteger, type Decimal, SmallInteger, UInt64 } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { invariantNumbers, type NumberCulture } from './number-culture.ts';

/** `System.Globalization.NumberStyles`. */
export const Style = {
  leadingWhite: 1,
  trailingWhite: 2,
  leadingSign: 4,
  trailingSign: 8,
  parentheses: 16,
  decimalPoint: 32,
  thousands: 64,
  exponent: 128,
  currency: 256,
  hexadecimal: 512,
  binary: 1024,
  integer: 7,
  number: 111,
  float: 167,
} as const;

/** A number as text gives it: `±digits × 10^-scale`, exactly. */
interface ReadNumber {
  readonly negative: boolean;
  readonly digits: bigint;
  readonly scale: number;
}

/** Reads a number in .NET's styles; `undefined` for text that is none. */
export function readNumber(
  text: string,
  styles: number,
  culture: NumberCulture = invariantNumbers,
): ReadNumber | undefined {
  let rest = text.replace(/\0+$/, '');
  if (styles & Style.leadingWhite) rest = rest.replace(/^[\t-\r ]+/, '');
  if (styles & Style.trailingWhite) rest = rest.replace(/[\t-\r ]+$/, '');
  let negative = false;
  let signed = false;
  const take = (sign: string): boolean => {
    if (sign === '' || !rest.startsWith(sign)) return false;
    rest = rest.slice(sign.length);
    return true;
  };
  const takeEnd = (sign: string): boolean => {
    if (sign === '' || !rest.endsWith(sign)) return false;
    rest = rest.slice(0, -sign.length);
    return true;
  };
  const isCurrency = (styles & Style.currency) !== 0 && rest.includes(culture.currencySymbol);
  if (isCurrency) rest = rest.replace(culture.currencySymbol, '').trim();
  if (styles & Style.parentheses && rest.startsWith('(') && rest.endsWith(')')) {
    rest = rest.slice(1, -1);
    negative = signed = true;
  }
  if (styles & Style.leadingSign && !signed) {
    if (take(culture.negativeSign) || take('-')) negative = signed = true;
    else if (take(culture.positiveSign)) signed = true;
  }
  if (styles & Style.trailingSign && !signed) {
    if (takeEnd(culture.negativeSign) || takeEnd('-')) negative = true;
    else takeEnd(culture.positiveSign);
    rest = rest.replace(/[\t-\r ]+$/, '');
  }
  return readMagnitude(rest, styles, negative, isCurrency, culture);
}

function readMagnitude(
  text: string,
  styles: number,
  negative: boolean,
  isCurrency: boolean,
  culture: NumberCulture,
): ReadNumber | undefined {
  const groups = isCurrency ? culture.currencyGroupSeparator : culture.groupSeparator;
  const point = isCurrency ? culture.currencyDecimalSeparator : culture.decimalSeparator;
  let exponent = 0;
  let rest = text;
  if (styles & Style.exponent) {
    const match = /[eE]([+-]?\d+)$/.exec(rest);
    if (match !== null) {
      exponent = Number(match[1]);
      rest = rest.slice(0, match.index);
    }
  }
  let behind = '';
  if (styles & Style.decimalPoint) {
    const at = rest.indexOf(point);
    if (at >= 0) {
      behind = rest.slice(at + point.length);
      rest = rest.slice(0, at);
    }
  }
  if (styles & Style.thousands && rest !== '' && /^\d/.test(rest)) rest = withoutGroups(rest, groups);
  if (!/^\d*$/.test(rest) || !/^\d*$/.test(behind) || rest + behind === '') return undefined;
  return { negative, digits: BigInt(rest + behind), scale: behind.length - exponent };
}

/** No-break spaces as separators are the same as plain ones. */
function withoutGroups(text: string, separator: string): string {
  const plain = text.replaceAll(separator, '');
  return separator.trim() === '' ? plain.replace(/[\u00a0\u202f ]/g, '') : plain;
}

function badNumber(text: string): NetFailure {
  return netFailure('System.FormatException', `The input string '${text}' was not in a correct format.`);
}

interface IntegerType {
  readonly type: NetType;
  readonly least: bigint;
  readonly most: bigint;
  /** As the overflow message calls it. */
  readonly words: string;
}

const integerTypes: readonly IntegerType[] = [
  { type: netTypes.byte, least: 0n, most: 255n, words: 'an unsigned byte' },
  { type: netTypes.sbyte, least: -128n, most: 127n, words: 'a signed byte' },
  { type: netTypes.int16, least: -32768n, most: 32767n, words: 'an Int16' },
  { type: netTypes.uint16, least: 0n, most: 65535n, words: 'a UInt16' },
  { type: netTypes.int32, least: -2147483648n, most: 2147483647n, words: 'an Int32' },
  { type: netTypes.uint32, least: 0n, most: 4294967295n, words: 'a UInt32' },
  { type: netTypes.int64, least: -(1n << 63n), most: (1n << 63n) - 1n, words: 'an Int64' },
  { type: netTypes.uint64, least: 0n, most: (1n << 64n) - 1n, words: 'a UInt64' },
];
const byType = new Map(integerTypes.map((one) => [one.type, one]));

/** True for the eight integer types of .NET. */
export function isIntegerType(type: NetType): boolean {
  return byType.has(type);
}

/** What .NET throws where a number does not fit an integer type. */
export function integerOverflow(type: NetType): NetFailure {
  const words = byType.get(type)?.words ?? 'a number';
  return netFailure('System.OverflowException', `Value was either too large or too small for ${words}.`);
}

/** A whole number as a value of an integer type, BigInteger included. Throws `NetFailure` (OverflowException) where it does not fit. */
export function integerOf(value: bigint, type: NetType): Value {
  if (type === netTypes.bigInteger) return new BigInteger(value);
  const range = byType.get(type);
  if (range === undefined || value < range.least || value > range.most) throw integerOverflow(type);
  return wrapInteger(value, type);
}

/** A whole number cut to the width of an integer type, as `unchecked` does. */
export function wrapInteger(value: bigint, type: NetType): Value {
  switch (type) {
    case netTypes.int32:
      return Number(BigInt.asIntN(32, value));
    case netTypes.int64:
      return BigInt.asIntN(64, value);
    case netTypes.uint64:
      return new UInt64(BigInt.asUintN(64, value));
    case netTypes.sbyte:
      return new SmallInteger(type, Number(BigInt.asIntN(8, value)));
    case netTypes.int16:
      return new SmallInteger(type, Number(BigInt.asIntN(16, value)));
    case netTypes.byte:
      return new SmallInteger(type, Number(BigInt.asUintN(8, value)));
    case netTypes.uint16:
      return new SmallInteger(type, Number(BigInt.asUintN(16, value)));
    default:
      return new SmallInteger(type, Number(BigInt.asUintN(32, value)));
  }
}

/** `int.Parse` and its kin. Throws `NetFailure` (FormatException, OverflowException). */
export function parseInteger(
  text: string,
  type: NetType,
  styles: number = Style.integer,
  culture: NumberCulture = invariantNumbers,
): Value {
  if (styles & (Style.hexadecimal | Style.binary)) return parseBits(text, type, styles);
  const number = readNumber(text, styles, culture);
  if (number === undefined) {
    throw type === netTypes.bigInteger
      ? netFailure('System.FormatException', 'The value could not be parsed.')
      : badNumber(text);
  }
  const whole = wholeOf(number);
  if (whole === undefined) throw integerOverflow(type);
  return integerOf(whole, type);
}

/** The number where it is whole and of a size that an integer can have. */
function wholeOf({ negative, digits, scale }: ReadNumber): bigint | undefined {
  if (digits === 0n) return 0n;
  if (scale < -400) return undefined;
  const whole = scale <= 0 ? digits * powerOfTen(-scale) : digits / powerOfTen(Math.min(scale, 10_000));
  if (scale > 0 && whole * powerOfTen(Math.min(scale, 10_000)) !== digits) return undefined;
  return negative ? -whole : whole;
}

function parseBits(text: string, type: NetType, styles: number): Value {
  const trimmed = styles & Style.leadingWhite ? text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '') : text;
  const isHex = (styles & Style.hexadecimal) !== 0;
  if (!(isHex ? /^[0-9a-fA-F]+$/ : /^[01]+$/).test(trimmed)) throw badNumber(text);
  const value = BigInt((isHex ? '0x' : '0b') + trimmed);
  if (type === netTypes.bigInteger) {
    const width = trimmed.length * (isHex ? 4 : 1);
    return new BigInteger(BigInt.asIntN(width, value));
  }
  const range = byType.get(type);
  if (range === undefined || value > range.most - range.least) throw integerOverflow(type);
  return wrapInteger(value, type);
}

/** `double.Parse`: too large is an infinity. Throws `NetFailure` (FormatException). */
export function parseDouble(
  text: string,
  styles: number = Style.float | Style.thousands,
  culture: NumberCulture = invariantNumbers,
): number {
  const number = readNumber(text, styles, culture);
  if (number === undefined) return parseSpecial(text, culture);
  const value = Number(`${number.digits}e${-number.scale}`);
  return number.negative ? -value : value;
}

function parseSpecial(text: string, culture: NumberCulture): number {
  const trimmed = text.trim().toLowerCase();
  const nan = culture.nan.toLowerCase();
  const infinity = culture.positiveInfinity.toLowerCase();
  switch (trimmed) {
    case infinity:
    case `${culture.positiveSign}${infinity}`:
      return Number.POSITIVE_INFINITY;
    case culture.negativeInfinity.toLowerCase():
    case `-${infinity}`:
      return Number.NEGATIVE_INFINITY;
    case nan:
    case `-${nan}`:
    case `+${nan}`:
      return Number.NaN;
    default:
      throw badNumber(text);
  }
}

/** `decimal.Parse`. Throws `NetFailure` (FormatException, OverflowException). */
export function parseDecimal(
  text: string,
  styles: number = Style.number,
  culture: NumberCulture = invariantNumbers,
): Decimal {
  const number = readNumber(text, styles, culture);
  if (number === undefined) throw badNumber(text);
  return decimalFromDigits(number.negative ? -number.digits : number.digits, number.scale);
}
