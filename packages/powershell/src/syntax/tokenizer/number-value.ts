import type { NumberLiteral } from '../tree/index.ts';

export type NumberSuffix = '' | 'd' | 'l' | 's' | 'y' | 'n' | 'u' | 'ul' | 'us' | 'uy';

/** The pieces of a number literal. `digits` has its sign, its point and its exponent; for hex and binary no prefix. */
export interface NumberPieces {
  readonly format: 'decimal' | 'hex' | 'binary';
  readonly digits: string;
  readonly real: boolean;
  readonly suffix: NumberSuffix;
  readonly multiplier: bigint;
}

/** The value of a literal, or `undefined` where its type cannot hold it. */
export function numberValue(pieces: NumberPieces): NumberLiteral | undefined {
  const { format, digits, real, suffix, multiplier } = pieces;
  if (real) return suffix === 'd' ? decimalValue(digits, multiplier) : realValue(digits, suffix, multiplier);
  if (format === 'decimal') {
    if (suffix === '' && multiplier === 1n && digits.length < 10) {
      // Adding zero makes the literal -0 plain zero.
      return { type: 'System.Int32', value: Number(digits) + 0 };
    }
    return integerValue(BigInt(digits.startsWith('+') ? digits.slice(1) : digits) * multiplier, suffix, true);
  }
  const sign = /^[+-]/.test(digits) ? digits.slice(0, 1) : '';
  const magnitude = format === 'hex' ? `0${digits.slice(sign.length)}` : digits.slice(sign.length);
  const scanned = format === 'hex' ? hexValue(magnitude, suffix) : binaryValue(magnitude, suffix);
  if (scanned === undefined) return undefined;
  const value = scanned.value * multiplier * (sign === '-' ? -1n : 1n);
  const wide = scanned.wide && (suffix === '' || suffix === 'u');
  return integerValue(value, wide ? (suffix === '' ? 'l' : 'ul') : suffix, false);
}

function realValue(digits: string, suffix: NumberSuffix, multiplier: bigint): NumberLiteral | undefined {
  const value = Number(digits) * Number(multiplier);
  if (suffix === '') return { type: 'System.Double', value };
  if (!Number.isFinite(value)) return undefined;
  return integerValue(BigInt(roundHalfEven(value)), suffix, false);
}

function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

const decimalLimit = 1n << 96n;

/** As `decimal.Parse` does it: up to 28 decimals, rounded half to even, trailing zeros kept. */
function decimalValue(digits: string, multiplier: bigint): NumberLiteral | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(digits);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const power = Number(exponent);
  if (power > 60_000 || power < -60_000) return undefined;
  let scale = fraction.length - power;
  let mantissa = BigInt(`${whole}${fraction}` || '0');
  if (scale < 0) {
    if (scale < -60 && mantissa !== 0n) return undefined;
    mantissa *= 10n ** BigInt(Math.min(60, -scale));
    scale = 0;
  }
  const fitted = fitDecimal(mantissa, scale);
  if (fitted === undefined) return undefined;
  const product = fitDecimal(fitted.mantissa * multiplier, fitted.scale);
  if (product === undefined) return undefined;
  return {
    type: 'System.Decimal',
    mantissa: sign === '-' ? -product.mantissa : product.mantissa,
    scale: product.scale,
  };
}

function fitDecimal(mantissa: bigint, scale: number): { mantissa: bigint; scale: number } | undefined {
  let drop = Math.max(0, scale - 28);
  for (;;) {
    const rounded = dropDigits(mantissa, drop);
    if (rounded < decimalLimit) return { mantissa: rounded, scale: scale - drop };
    if (drop === scale) return undefined;
    drop++;
  }
}

function dropDigits(mantissa: bigint, count: number): bigint {
  if (count === 0) return mantissa;
  const unit = 10n ** BigInt(count);
  const quotient = mantissa / unit;
  const twice = (mantissa % unit) * 2n;
  return twice > unit || (twice === unit && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

interface Scanned {
  readonly value: bigint;
  /** As many digits as 64 bits have: the type is 64 bits wide even for a small value. */
  readonly wide: boolean;
}

const signedHexDigits: ReadonlyMap<NumberSuffix, number> = new Map([
  ['y', 2],
  ['s', 4],
  ['l', 16],
]);

/** Hex digits of the full length of a signed type have a sign bit: `0xFFFFFFFF` is -1. `digits` begins with an extra 0. */
function hexValue(digits: string, suffix: NumberSuffix): Scanned {
  let rest = digits;
  if (!suffix.startsWith('u')) {
    const full = signedHexDigits.get(suffix) ?? (digits.length < 16 ? 8 : 16);
    if (digits.length === full + 1) rest = digits.slice(1);
  }
  let value = BigInt(`0x${rest}`);
  if (Number.parseInt(rest.slice(0, 1), 16) >= 8) value -= 1n << BigInt(rest.length * 4);
  return { value, wide: rest.length === 16 };
}

/** Binary digits have a sign bit where they are as many as a type has bits. */
function binaryValue(digits: string, suffix: NumberSuffix): Scanned | undefined {
  if (digits === '') return undefined;
  let value = BigInt(`0b${digits}`);
  const { length } = digits;
  const signed = [8, 16, 32, 64, 96].includes(length) || (length >= 128 && length % 8 === 0);
  if (signed && !suffix.startsWith('u') && digits.startsWith('1')) value -= 1n << BigInt(length);
  return { value, wide: length === 64 };
}

const int32Min = -0x80000000n;
const int32Max = 0x7fffffffn;
const int64Min = -0x8000000000000000n;
const int64Max = 0x7fffffffffffffffn;
const uint64Max = 0xffffffffffffffffn;

function within(value: bigint, low: bigint, high: bigint): boolean {
  return value >= low && value <= high;
}

function integerValue(value: bigint, suffix: NumberSuffix, mayGrow: boolean): NumberLiteral | undefined {
  switch (suffix) {
    case '':
      if (within(value, int32Min, int32Max)) return { type: 'System.Int32', value: Number(value) };
      if (within(value, int64Min, int64Max)) return { type: 'System.Int64', value };
      return mayGrow ? (integerDecimal(value) ?? { type: 'System.Double', value: Number(value) }) : undefined;
    case 'l':
      return within(value, int64Min, int64Max) ? { type: 'System.Int64', value } : undefined;
    case 'd':
      return integerDecimal(value);
    case 'n':
      return { type: 'System.Numerics.BigInteger', value };
    case 'u':
      if (within(value, 0n, 0xffffffffn)) return { type: 'System.UInt32', value: Number(value) };
      return within(value, 0n, uint64Max) ? { type: 'System.UInt64', value } : undefined;
    case 'ul':
      return within(value, 0n, uint64Max) ? { type: 'System.UInt64', value } : undefined;
    case 's':
      return within(value, -32768n, 32767n) ? { type: 'System.Int16', value: Number(value) } : undefined;
    case 'us':
      return within(value, 0n, 65535n) ? { type: 'System.UInt16', value: Number(value) } : undefined;
    case 'y':
      return within(value, -128n, 127n) ? { type: 'System.SByte', value: Number(value) } : undefined;
    case 'uy':
      return within(value, 0n, 255n) ? { type: 'System.Byte', value: Number(value) } : undefined;
  }
}

function integerDecimal(value: bigint): NumberLiteral | undefined {
  const fits = within(value, -decimalLimit + 1n, decimalLimit - 1n);
  return fits ? { type: 'System.Decimal', mantissa: value, scale: 0 } : undefined;
}
