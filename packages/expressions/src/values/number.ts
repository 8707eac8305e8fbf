/** An exact decimal number: `mantissa` / 10^`scale`. */
interface Decimal {
  readonly mantissa: bigint;
  readonly scale: number;
}

/**
 * The integer a text spells: decimal digits with an optional sign, or `&H` and hexadecimal digits.
 * @returns undefined when it spells none
 */
export function readInteger(text: string): bigint | undefined {
  const trimmed = text.trim();
  if (/^[+-]?[0-9]{1,400}$/.test(trimmed)) return BigInt(trimmed.replace('+', ''));
  if (/^&[Hh][0-9A-Fa-f]{1,400}$/.test(trimmed)) return BigInt(`0x${trimmed.slice(2)}`);
  return undefined;
}

function readDecimal(value: string | bigint): Decimal | undefined {
  if (typeof value === 'bigint') return { mantissa: value, scale: 0 };
  const integer = readInteger(value);
  if (integer !== undefined) return { mantissa: integer, scale: 0 };
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)([0-9]{1,400})\.([0-9]{1,400})$/.exec(value.trim()) ?? [];
  if (fraction === '') return undefined;
  return { mantissa: BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`), scale: fraction.length };
}

/**
 * Compares two values as exact decimal numbers.
 * @returns negative, zero or positive; undefined when either is not a number
 */
export function compareNumbers(left: string | bigint, right: string | bigint): number | undefined {
  const a = readDecimal(left);
  const b = readDecimal(right);
  if (a === undefined || b === undefined) return undefined;
  const scale = Math.max(a.scale, b.scale);
  const difference = a.mantissa * 10n ** BigInt(scale - a.scale) - b.mantissa * 10n ** BigInt(scale - b.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
