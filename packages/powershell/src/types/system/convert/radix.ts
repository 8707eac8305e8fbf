import { integerValue } from '../../../conversion/numbers/change-number.ts';
import { parseInteger, wrapInteger } from '../../../conversion/numbers/read-number.ts';
import { netFailure } from '../../../errors/raise.ts';
import type { Value } from '../../../values/value.ts';
import { netTypes } from '../../intrinsic.ts';
import type { NetType } from '../../net-type.ts';

const bitsOf = new Map<NetType, number>([
  [netTypes.sbyte, 8],
  [netTypes.byte, 8],
  [netTypes.int16, 16],
  [netTypes.uint16, 16],
  [netTypes.int32, 32],
  [netTypes.uint32, 32],
  [netTypes.int64, 64],
  [netTypes.uint64, 64],
]);

/** `Convert.ToInt32(text, 16)`: digits as a bit pattern; only base 10 has a sign. */
export function fromBase(source: string, base: number, type: NetType): Value {
  if (![2, 8, 10, 16].includes(base)) throw netFailure('System.ArgumentException', 'Invalid Base.');
  if (source === '') {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      'Index was out of range. Must be non-negative and less than the size of the collection.',
      { parameter: 'startIndex' },
    );
  }
  if (base === 10) return parseInteger(source, type);
  if (source.startsWith('-')) {
    throw netFailure('System.ArgumentException', 'String cannot contain a minus sign if the base is not 10.');
  }
  const digits = base === 16 ? source.replace(/^0[xX]/, '') : source;
  const alphabet = base === 16 ? /[0-9a-fA-F]/ : base === 8 ? /[0-7]/ : /[01]/;
  if (!alphabet.test(digits[0] ?? ''))
    throw netFailure('System.FormatException', 'Could not find any recognizable digits.');
  for (const digit of digits) {
    if (!alphabet.test(digit)) {
      throw netFailure('System.FormatException', 'Additional non-parsable characters are at the end of the string.');
    }
  }
  const value = BigInt(`${base === 16 ? '0x' : base === 8 ? '0o' : '0b'}${digits}`);
  const bits = bitsOf.get(type) ?? 32;
  if (value >= 1n << BigInt(bits)) throw tooManyDigits(type, bits);
  return wrapInteger(value, type);
}

function tooManyDigits(type: NetType, bits: number): Error {
  const words: Record<number, string> = { 8: 'an unsigned byte', 16: 'a UInt16', 32: 'a UInt32', 64: 'a UInt64' };
  const own = type === netTypes.sbyte ? 'a signed byte' : type === netTypes.int16 ? 'an Int16' : words[bits];
  return netFailure('System.OverflowException', `Value was either too large or too small for ${own}.`);
}

/** `Convert.ToString(number, 2)`: the bit pattern in another base. */
export function toBase(value: Value, base: number, bits: number): string {
  if (![2, 8, 10, 16].includes(base)) throw netFailure('System.ArgumentException', 'Invalid Base.');
  const whole = integerValue(value) ?? 0n;
  return base === 10 ? whole.toString() : BigInt.asUintN(bits, whole).toString(base);
}
