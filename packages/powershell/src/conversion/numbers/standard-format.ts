import { netFailure } from '../../errors/raise.ts';
import { type Digits, digitsOfInteger, fixedDigits, roundDigits, significantDigits } from './digits.ts';
import type { NumberCulture } from './number-culture.ts';

/** A number to be written, of one of .NET's kinds. */
export type Formattable =
  /** @property size bytes of its type, which `X` and `B` show of negative numbers; `undefined` for BigInteger */
  | { readonly kind: 'integer'; readonly value: bigint; readonly size: number | undefined }
  | { readonly kind: 'decimal'; readonly digits: Digits }
  /** @property shortest the digits that read back as the same value; `figures` how many its type keeps in plain notation */
  | { readonly kind: 'float'; readonly value: number; readonly shortest: Digits; readonly figures: number };

/** What .NET says of a format that a type does not know. */
export function badSpecifier() {
  return netFailure('System.FormatException', 'Format specifier was invalid.');
}

/**
 * A number by one of the standard formats: a letter and a precision (-1 where none is written).
 * Throws `NetFailure` (FormatException) for a letter that its kind does not have.
 */
export function standardFormat(number: Formattable, letter: string, precision: number, culture: NumberCulture): string {
  switch (letter.toUpperCase()) {
    case 'G':
      return general(number, letter, precision, culture);
    case 'R':
      if (number.kind === 'decimal') return general(number, 'G', precision, culture);
      return general(number, letter === 'R' ? 'G' : 'g', -1, culture);
    case 'F': {
      const places = precision < 0 ? culture.decimalDigits : precision;
      const digits = toPlaces(number, places);
      return sign(digits, culture) + plain(digits, places, culture.decimalSeparator, '', culture);
    }
    case 'N': {
      const places = precision < 0 ? culture.decimalDigits : precision;
      const digits = toPlaces(number, places);
      const text = plain(digits, places, culture.decimalSeparator, culture.groupSeparator, culture);
      return digits.negative ? fill(culture.negativePattern, text, culture) : text;
    }
    case 'C': {
      const places = precision < 0 ? culture.currencyDigits : precision;
      const digits = toPlaces(number, places);
      const text = plain(digits, places, culture.currencyDecimalSeparator, culture.currencyGroupSeparator, culture);
      return fill(digits.negative ? culture.currencyNegativePattern : culture.currencyPositivePattern, text, culture);
    }
    case 'P': {
      const places = precision < 0 ? culture.percentDigits : precision;
      const exact = toPlaces(number, places + 2);
      const digits = exact.digits === '' ? exact : { ...exact, point: exact.point + 2 };
      const text = plain(digits, places, culture.decimalSeparator, culture.groupSeparator, culture);
      return fill(digits.negative ? culture.percentNegativePattern : culture.percentPositivePattern, text, culture);
    }
    case 'E':
      return scientific(number, letter, precision < 0 ? 6 : precision, culture);
    case 'D':
      if (number.kind !== 'integer') throw badSpecifier();
      return decimalText(number.value, precision, culture);
    case 'X':
      if (number.kind !== 'integer') throw badSpecifier();
      return hexadecimal(number, letter === 'X', precision);
    case 'B':
      if (number.kind !== 'integer') throw badSpecifier();
      return binary(number, precision);
    default:
      throw badSpecifier();
  }
}

function toPlaces(number: Formattable, places: number): Digits {
  if (number.kind === 'float') return fixedDigits(number.value, places);
  const digits = number.kind === 'decimal' ? number.digits : digitsOfInteger(number.value);
  return roundDigits(digits, digits.point + places);
}

function toFigures(number: Formattable, count: number): Digits {
  if (number.kind === 'float') return significantDigits(number.value, count);
  return roundDigits(number.kind === 'decimal' ? number.digits : digitsOfInteger(number.value), count);
}

function sign(digits: Digits, culture: NumberCulture): string {
  return digits.negative ? culture.negativeSign : '';
}

function fill(pattern: string, text: string, culture: NumberCulture): string {
  const symbols: Record<string, string> = {
    n: text,
    $: culture.currencySymbol,
    '%': culture.percentSymbol,
    '-': culture.negativeSign,
  };
  return pattern.replace(/[n$%-]/g, (mark) => symbols[mark] ?? mark);
}

/** Digits before and after the point, zeros filled in, without a sign. */
function plain(digits: Digits, places: number, point: string, separator: string, culture: NumberCulture): string {
  const whole = digits.point > 0 ? digits.digits.slice(0, digits.point).padEnd(digits.point, '0') : '0';
  const grouped = separator === '' ? whole : group(whole, separator, culture.groupSizes);
  if (places === 0) return grouped;
  const behind = digits.point >= 0 ? digits.digits.slice(digits.point) : '0'.repeat(-digits.point) + digits.digits;
  return `${grouped}${point}${behind.slice(0, places).padEnd(places, '0')}`;
}

/** Puts separators into whole digits. */
export function group(whole: string, separator: string, sizes: readonly number[]): string {
  let rest = whole;
  const groups: string[] = [];
  let at = 0;
  while (true) {
    const size = sizes[Math.min(at, sizes.length - 1)] ?? 0;
    if (size === 0 || rest.length <= size) break;
    groups.unshift(rest.slice(-size));
    rest = rest.slice(0, -size);
    at++;
  }
  groups.unshift(rest);
  return groups.join(separator);
}

function general(number: Formattable, letter: string, precision: number, culture: NumberCulture): string {
  if (precision < 1) {
    if (number.kind === 'integer') return decimalText(number.value, -1, culture);
    if (number.kind === 'decimal' && precision < 0) {
      return sign(number.digits, culture) + generalText(number.digits, Number.POSITIVE_INFINITY, letter, culture, true);
    }
    const digits = number.kind === 'float' ? number.shortest : roundDigits(number.digits, number.digits.digits.length);
    const figures =
      number.kind === 'float' ? Math.max(digits.digits.length, number.figures) : number.digits.digits.length;
    return sign(digits, culture) + generalText(digits, figures, letter, culture, false);
  }
  const digits = toFigures(number, precision);
  return sign(digits, culture) + generalText(digits, precision, letter, culture, false);
}

function generalText(digits: Digits, figures: number, letter: string, culture: NumberCulture, never: boolean): string {
  const isScientific = !never && (digits.point > figures || digits.point < -3);
  const point = isScientific ? 1 : digits.point;
  const whole = point > 0 ? digits.digits.slice(0, point).padEnd(point, '0') : '0';
  const behind = point >= 0 ? digits.digits.slice(point) : '0'.repeat(-point) + digits.digits;
  const text = behind === '' ? whole : `${whole}${culture.decimalSeparator}${behind}`;
  return isScientific ? text + exponentText(digits.point - 1, letter === 'g' ? 'e' : 'E', 2, true, culture) : text;
}

function scientific(number: Formattable, letter: string, places: number, culture: NumberCulture): string {
  const digits = toFigures(number, places + 1);
  const first = digits.digits[0] ?? '0';
  const behind = digits.digits.slice(1).padEnd(places, '0');
  const text = places === 0 ? first : `${first}${culture.decimalSeparator}${behind}`;
  const exponent = digits.digits === '' ? 0 : digits.point - 1;
  return sign(digits, culture) + text + exponentText(exponent, letter, 3, true, culture);
}

/** `E+004`: at least so many digits. */
export function exponentText(
  exponent: number,
  letter: string,
  least: number,
  showPlus: boolean,
  culture: NumberCulture,
): string {
  const mark = exponent < 0 ? culture.negativeSign : showPlus ? culture.positiveSign : '';
  return `${letter}${mark}${Math.abs(exponent).toString().padStart(least, '0')}`;
}

function decimalText(value: bigint, least: number, culture: NumberCulture): string {
  const digits = (value < 0n ? -value : value).toString();
  return (value < 0n ? culture.negativeSign : '') + digits.padStart(Math.max(least, 1), '0');
}

function hexadecimal(
  { value, size }: { value: bigint; size: number | undefined },
  isUpper: boolean,
  least: number,
): string {
  const text =
    size === undefined
      ? bigHexadecimal(value, Math.max(least, 1))
      : unsigned(value, size).toString(16).padStart(least, '0');
  return isUpper ? text.toUpperCase() : text;
}

/** Two's complement in whole digits whose first bit is the sign. */
function bigHexadecimal(value: bigint, least: number): string {
  if (value >= 0n) {
    const text = value.toString(16);
    return (/^[89a-f]/.test(text) || text.length % 2 === 1 ? `0${text}` : text)
      .replace(/^00(?=[0-7])/, '0')
      .padStart(least, '0');
  }
  let digits = 1;
  while (value < -(1n << BigInt(4 * digits - 1))) digits++;
  return BigInt.asUintN(4 * digits, value)
    .toString(16)
    .padStart(least, 'f');
}

function unsigned(value: bigint, size: number): bigint {
  return BigInt.asUintN(size * 8, value);
}

function binary({ value, size }: { value: bigint; size: number | undefined }, least: number): string {
  if (size !== undefined) return unsigned(value, size).toString(2).padStart(least, '0');
  if (value >= 0n) return `0${value.toString(2)}`.padStart(least, '0');
  let length = 1;
  while (value < -(1n << BigInt(length - 1))) length++;
  return BigInt.asUintN(length, value).toString(2).padStart(least, '1');
}
