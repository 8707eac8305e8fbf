import { type NetFailure, netFailure } from '../errors/raise.ts';
import { Decimal } from './numbers.ts';

const maxMantissa = (1n << 96n) - 1n;
const maxScale = 28;

const powers: bigint[] = [1n];
/** 10 to the power of a small whole number. */
export function powerOfTen(exponent: number): bigint {
  for (let next = powers.length; next <= exponent; next++) powers.push((powers[next - 1] ?? 1n) * 10n);
  return powers[exponent] ?? 1n;
}

export const decimalZero = new Decimal(0n, 0);

/** What .NET throws where a result does not fit. */
function decimalOverflow(): NetFailure {
  return netFailure('System.OverflowException', 'Value was either too large or too small for a Decimal.');
}

/** `numerator / denominator` as a whole number, halves to the even neighbour; the denominator is positive. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  const twice = 2n * (remainder < 0n ? -remainder : remainder);
  if (twice < denominator || (twice === denominator && (quotient & 1n) === 0n)) return quotient;
  return numerator < 0n ? quotient - 1n : quotient + 1n;
}

/** The decimal nearest to an exact `mantissa / 10^scale`: as many places as fit, halves to even. */
function nearest(mantissa: bigint, scale: number): Decimal {
  const size = magnitude(mantissa);
  let drop = Math.max(0, scale - maxScale);
  while (drop <= scale && size / powerOfTen(drop) > maxMantissa) drop++;
  for (; drop <= scale; drop++) {
    const rounded = divideHalfEven(mantissa, powerOfTen(drop));
    if (magnitude(rounded) <= maxMantissa) return new Decimal(rounded, scale - drop);
  }
  throw decimalOverflow();
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** A whole number as a decimal. Throws `NetFailure` (OverflowException) outside of ±(2^96 − 1). */
export function decimalOf(value: bigint | number): Decimal {
  const mantissa = BigInt(value);
  if (magnitude(mantissa) > maxMantissa) throw decimalOverflow();
  return new Decimal(mantissa, 0);
}

function aligned(left: Decimal, right: Decimal): [bigint, bigint, number] {
  const scale = Math.max(left.scale, right.scale);
  return [left.mantissa * powerOfTen(scale - left.scale), right.mantissa * powerOfTen(scale - right.scale), scale];
}

export function addDecimals(left: Decimal, right: Decimal): Decimal {
  const [a, b, scale] = aligned(left, right);
  return nearest(a + b, scale);
}

export function subtractDecimals(left: Decimal, right: Decimal): Decimal {
  const [a, b, scale] = aligned(left, right);
  return nearest(a - b, scale);
}

export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  return nearest(left.mantissa * right.mantissa, left.scale + right.scale);
}

/**
 * The quotient: exact ones keep the scale that the operands give (`6.0 / 2` is `3.0`) or the fewest places they need,
 * others have as many places as fit. Throws `NetFailure` (DivideByZeroException, OverflowException).
 */
export function divideDecimals(left: Decimal, right: Decimal): Decimal {
  if (right.mantissa === 0n) throw divideByZero();
  const scale = left.scale - right.scale;
  const divisor = magnitude(right.mantissa);
  const dividend = right.mantissa < 0n ? -left.mantissa : left.mantissa;
  if (scale >= 0 && dividend % divisor === 0n) return new Decimal(dividend / divisor, scale);
  for (let places = maxScale; places >= 0; places--) {
    const shift = places - scale;
    const exact =
      shift >= 0
        ? divideHalfEven(dividend * powerOfTen(shift), divisor)
        : divideHalfEven(dividend, divisor * powerOfTen(-shift));
    if (magnitude(exact) <= maxMantissa) return trimmed(new Decimal(exact, places), 0);
  }
  throw decimalOverflow();
}

/** What .NET throws for a division by zero. */
export function divideByZero(): NetFailure {
  return netFailure('System.DivideByZeroException', 'Attempted to divide by zero.');
}

/** The remainder of the division that cuts off towards zero: its sign is that of the left side. */
export function remainderOfDecimals(left: Decimal, right: Decimal): Decimal {
  if (right.mantissa === 0n) throw divideByZero();
  const [a, b, scale] = aligned(left, right);
  if (magnitude(a) < magnitude(b)) return left;
  return new Decimal(a % b, scale);
}

export function compareDecimals(left: Decimal, right: Decimal): number {
  const [a, b] = aligned(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

export function negateDecimal(value: Decimal): Decimal {
  return new Decimal(-value.mantissa, value.scale);
}

/** The same number without zeros at the end of its places, at least `places` of them. */
export function trimmed(value: Decimal, places: number): Decimal {
  let { mantissa, scale } = value;
  while (scale > places && mantissa % 10n === 0n) {
    mantissa /= 10n;
    scale--;
  }
  return scale === value.scale ? value : new Decimal(mantissa, scale);
}

/** How `Math.Round` treats what lies between two results. */
export type RoundingMode = 'toEven' | 'awayFromZero' | 'toZero' | 'toNegativeInfinity' | 'toPositiveInfinity';

/** Rounds to at most so many places; fewer places stay as they are. */
export function roundDecimal(value: Decimal, places: number, mode: RoundingMode): Decimal {
  if (value.scale <= places) return value;
  const unit = powerOfTen(value.scale - places);
  return new Decimal(roundedQuotient(value.mantissa, unit, mode), places);
}

function roundedQuotient(mantissa: bigint, unit: bigint, mode: RoundingMode): bigint {
  const remainder = mantissa % unit;
  const cut = mantissa / unit;
  if (remainder === 0n) return cut;
  switch (mode) {
    case 'toEven':
      return divideHalfEven(mantissa, unit);
    case 'awayFromZero':
      return 2n * magnitude(remainder) < unit ? cut : cut + (mantissa < 0n ? -1n : 1n);
    case 'toZero':
      return cut;
    case 'toNegativeInfinity':
      return mantissa < 0n ? cut - 1n : cut;
    case 'toPositiveInfinity':
      return mantissa < 0n ? cut : cut + 1n;
  }
}

/** The text with all its places: `1.50`. */
export function decimalText(value: Decimal): string {
  const digits = magnitude(value.mantissa)
    .toString()
    .padStart(value.scale + 1, '0');
  const sign = value.mantissa < 0n ? '-' : '';
  const point = digits.length - value.scale;
  return value.scale === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * The decimal of an exact `digits × 10^exponent`, rounded half to even where it has more than fits, as `decimal.Parse` reads
 * text. Throws `NetFailure` (OverflowException).
 */
export function decimalFromDigits(mantissa: bigint, scale: number): Decimal {
  if (scale >= 0) return nearest(mantissa, scale);
  if (mantissa === 0n) return decimalZero;
  if (scale < -maxScale - 1) throw decimalOverflow();
  return nearest(mantissa * powerOfTen(-scale), 0);
}

const doublePowers: readonly number[] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28,
];

/** The nearest double, as .NET computes it: the mantissa as a double divided by the power of ten. */
export function decimalToDouble(value: Decimal): number {
  const size = magnitude(value.mantissa);
  const low = Number(size & 0xffff_ffff_ffff_ffffn);
  const high = Number(size >> 64n);
  const result = (low + high * 2 ** 64) / (doublePowers[value.scale] ?? 1);
  return value.mantissa < 0n ? -result : result;
}

/**
 * A double as a decimal: its first 15 significant digits (7 of a Single), no zeros at their end.
 * Throws `NetFailure` (OverflowException) for what does not fit, NaN and the infinities.
 */
export function decimalFromDouble(value: number, significant: 15 | 7 = 15): Decimal {
  const size = Math.abs(value);
  if (!(size < 2 ** 96)) throw decimalOverflow();
  if (size < 2 ** -95) return decimalZero;
  // 19728 / 2^16 is a little less than log10(2): the estimate is never too large.
  let power = significant - 1 - ((binaryExponent(size) * 19728) >> 16);
  const limit = doublePowers[significant] ?? 1;
  let scaled: number;
  if (power >= 0) {
    power = Math.min(power, maxScale);
    scaled = size * (doublePowers[power] ?? 1);
  } else if (power !== -1 || size >= limit) {
    scaled = size / (doublePowers[-power] ?? 1);
  } else {
    scaled = size;
    power = 0;
  }
  if (scaled < limit / 10 && power < maxScale) {
    scaled *= 10;
    power++;
  }
  const mantissa = BigInt(roundHalfEven(scaled));
  const signed = value < 0 ? -mantissa : mantissa;
  return power < 0 ? decimalOf(signed * powerOfTen(-power)) : trimmed(new Decimal(signed, power), 0);
}

const bits = new DataView(new ArrayBuffer(8));

/** The exponent e of a positive normal double `m × 2^e` with m from 0.5 to 1. */
function binaryExponent(value: number): number {
  bits.setFloat64(0, value);
  return ((bits.getUint32(0) >>> 20) & 0x7ff) - 1022;
}

/** Rounds a double to a whole one, halves to even: `Math.Round`. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  const rounded = up ? floor + 1 : floor;
  return rounded === 0 && value < 0 ? -0 : rounded;
}
