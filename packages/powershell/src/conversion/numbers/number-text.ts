import { netTypes } from '../../types/intrinsic.ts';
import type { NetType } from '../../types/net-type.ts';
import { decimalText } from '../../values/decimal.ts';
import { BigInteger, Decimal, Double, Single, SmallInteger, UInt64 } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { customFormat } from './custom-format.ts';
import {
  type Digits,
  digitsOfDecimal,
  digitsOfInteger,
  shortestDigits,
  shortestSingleDigits,
  significantDigits,
} from './digits.ts';
import { invariantNumbers, type NumberCulture } from './number-culture.ts';
import { badSpecifier, type Formattable, standardFormat } from './standard-format.ts';

/** A number of any of .NET's types. */
export type NetNumber = number | bigint | Double | Single | SmallInteger | UInt64 | BigInteger | Decimal;

export function isNumber(value: Value): value is NetNumber {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof Double ||
    value instanceof SmallInteger ||
    value instanceof Decimal ||
    value instanceof UInt64 ||
    value instanceof Single ||
    value instanceof BigInteger
  );
}

/**
 * What `.ToString()` and `.ToString(format)` give of a number: the shortest digits that read back, standard and custom
 * formats. Throws `NetFailure` (FormatException) for a format that the number's type does not have.
 */
export function numberText(value: NetNumber, format = '', culture: NumberCulture = invariantNumbers): string {
  if (format === '') {
    if (typeof value === 'number') return culture === invariantNumbers ? String(value) : signed(String(value), culture);
    if (typeof value === 'bigint') return signed(String(value), culture);
    if (value instanceof Decimal && culture === invariantNumbers) return decimalText(value);
    if (value instanceof Double && culture === invariantNumbers && isPlain(value.value)) return String(value.value);
  }
  const special = value instanceof Double || value instanceof Single ? specialText(value.value, culture) : undefined;
  const standard = format === '' ? ['', 'G', ''] : /^([A-Za-z])(\d{0,9})$/.exec(format);
  if (special !== undefined) return special;
  const number = formattable(value);
  if (standard !== null) {
    const [, letter = 'G', digits = ''] = standard;
    return standardFormat(number, letter, digits === '' ? -1 : Number(digits), culture);
  }
  if (/^[A-Za-z]\d{10,}$/.test(format)) throw badSpecifier();
  return customFormat(customDigits(number), format, culture);
}

/** True where JavaScript's own text of a double is .NET's: no exponent, no negative zero. */
function isPlain(value: number): boolean {
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e15;
}

function signed(text: string, culture: NumberCulture): string {
  return text.startsWith('-') ? culture.negativeSign + text.slice(1) : text;
}

function specialText(value: number, culture: NumberCulture): string | undefined {
  if (Number.isFinite(value)) return undefined;
  if (Number.isNaN(value)) return culture.nan;
  return value > 0 ? culture.positiveInfinity : culture.negativeInfinity;
}

const sizes = new Map<NetType, number>([
  [netTypes.byte, 1],
  [netTypes.sbyte, 1],
  [netTypes.int16, 2],
  [netTypes.uint16, 2],
  [netTypes.int32, 4],
  [netTypes.uint32, 4],
  [netTypes.int64, 8],
  [netTypes.uint64, 8],
]);

function formattable(value: NetNumber): Formattable {
  if (typeof value === 'number') return { kind: 'integer', value: BigInt(value), size: 4 };
  if (typeof value === 'bigint') return { kind: 'integer', value, size: 8 };
  if (value instanceof SmallInteger)
    return { kind: 'integer', value: BigInt(value.value), size: sizes.get(value.type) };
  if (value instanceof UInt64) return { kind: 'integer', value: value.value, size: 8 };
  if (value instanceof BigInteger) return { kind: 'integer', value: value.value, size: undefined };
  if (value instanceof Decimal) return { kind: 'decimal', digits: digitsOfDecimal(value.mantissa, value.scale) };
  if (value instanceof Single) {
    return { kind: 'float', value: value.value, shortest: shortestSingleDigits(value.value), figures: 9 };
  }
  return { kind: 'float', value: value.value, shortest: shortestDigits(value.value), figures: 17 };
}

/** Custom formats see 15 digits of a double and 7 of a single. */
function customDigits(number: Formattable): Digits {
  if (number.kind === 'decimal') return number.digits;
  if (number.kind === 'integer') return digitsOfInteger(number.value);
  return significantDigits(number.value, number.figures === 17 ? 15 : 7);
}

/** The text PowerShell itself gives a double: 15 digits (7 of a single), `G15`. */
export function languageDoubleText(value: number, figures: 15 | 7, culture: NumberCulture = invariantNumbers): string {
  if (!Number.isFinite(value)) return specialText(value, culture) ?? '';
  const isInvariant = culture === invariantNumbers;
  if (isInvariant && Number.isSafeInteger(value) && Math.abs(value) < (figures === 15 ? 1e15 : 1e7)) {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  if (isInvariant && figures === 15 && isPlain(value)) {
    const text = String(value);
    // A sign or a point in it: 15 digits at most.
    if (text.length <= 16) return text;
  }
  const digits = significantDigits(value, figures);
  const shape: Formattable = { kind: 'float', value, shortest: digits, figures };
  return standardFormat(shape, 'G', figures, culture);
}
