import { divideHalfEven, powerOfTen } from '../../values/decimal.ts';

/**
 * A number as its decimal digits: `0.d1d2d3… × 10^point`, without zeros in front; zero has none.
 * @property isFloat a double or single, which keeps its sign when it is rounded to zero
 */
export interface Digits {
  readonly negative: boolean;
  readonly digits: string;
  readonly point: number;
  readonly isFloat: boolean;
}

export function digitsOfInteger(value: bigint | number): Digits {
  const text = value.toString();
  const negative = text.startsWith('-');
  const digits = negative ? text.slice(1) : text;
  return digits === '0'
    ? { negative: false, digits: '', point: 0, isFloat: false }
    : { negative, digits, point: digits.length, isFloat: false };
}

/** Of `mantissa / 10^scale`; zeros at the end stay. */
export function digitsOfDecimal(mantissa: bigint, scale: number): Digits {
  const whole = digitsOfInteger(mantissa);
  return { ...whole, point: whole.digits === '' ? -scale : whole.point - scale };
}

/** The fewest digits that read back as the same double. */
export function shortestDigits(value: number): Digits {
  return fromExponential(value.toExponential(), value);
}

/** The fewest digits that read back as the same single. */
export function shortestSingleDigits(value: number): Digits {
  for (let count = 1; count < 9; count++) {
    const text = value.toPrecision(count);
    if (Math.fround(Number(text)) === value) return fromExponential(Number(text).toExponential(), value);
  }
  return fromExponential(value.toExponential(8), value);
}

function fromExponential(text: string, value: number): Digits {
  const negative = value < 0 || Object.is(value, -0);
  const [mantissa = '', exponent = '0'] = text.split('e');
  const digits = mantissa.replace(/^-|\./g, '').replace(/0+$/, '');
  return digits === ''
    ? { negative, digits, point: 0, isFloat: true }
    : { negative, digits, point: Number(exponent) + 1, isFloat: true };
}

const bits = new DataView(new ArrayBuffer(8));

/** A finite double as `mantissa × 2^exponent`, exactly. */
function binaryParts(value: number): { mantissa: bigint; exponent: number } {
  bits.setFloat64(0, Math.abs(value));
  const word = bits.getBigUint64(0);
  const biased = Number(word >> 52n);
  const fraction = word & 0xf_ffff_ffff_ffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10_0000_0000_0000n, exponent: biased - 1075 };
}

/** `|value| × 10^places`, rounded exactly, halves to even. */
function scaledInteger(value: number, places: number): bigint {
  const { mantissa, exponent } = binaryParts(value);
  let numerator = mantissa;
  let denominator = 1n;
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  if (places >= 0) numerator *= powerOfTen(places);
  else denominator *= powerOfTen(-places);
  return divideHalfEven(numerator, denominator);
}

/** A double rounded to so many places after the point, from its exact value. */
export function fixedDigits(value: number, places: number): Digits {
  const negative = value < 0 || Object.is(value, -0);
  // A double has at most 1074 places; more are zeros.
  const used = Math.min(places, 1074);
  const text = scaledInteger(value, used).toString();
  return text === '0'
    ? { negative, digits: '', point: 0, isFloat: true }
    : { negative, digits: text, point: text.length - used, isFloat: true };
}

/** A double rounded to so many significant digits, from its exact value, halves to even. */
export function significantDigits(value: number, count: number): Digits {
  const shortest = shortestDigits(value);
  if (shortest.digits.length <= count && count <= 15) return shortest;
  if (value === 0) return shortest;
  // Halves are seen only in a value whose shortest digits end in a 5 just behind the last one wanted.
  const mayTie = shortest.digits.length === count + 1 && shortest.digits.endsWith('5');
  if (!mayTie && count <= 100) return fromExponential(value.toExponential(count - 1), value);
  const used = Math.min(count, 1100);
  let text = scaledInteger(value, used - shortest.point).toString();
  let point = shortest.point;
  if (text.length > used) {
    text = text.slice(0, used);
    point++;
  }
  return { negative: shortest.negative, digits: text.replace(/0+$/, ''), point, isFloat: true };
}

/** Cuts to so many digits (of `digits`, so behind the point as `point` says), halves away from zero, zeros at the end dropped. */
export function roundDigits(number: Digits, count: number): Digits {
  const { digits } = number;
  if (count < 0 || (count === 0 && digits < '5')) return zeroOf(number);
  let kept = digits.slice(0, count);
  let { point } = number;
  if (digits.length > count && (digits[count] ?? '0') >= '5') {
    const nines = /9*$/.exec(kept)?.[0].length ?? 0;
    const head = kept.slice(0, kept.length - nines);
    if (head === '') {
      kept = '1';
      point++;
    } else {
      kept = head.slice(0, -1) + String.fromCharCode(head.charCodeAt(head.length - 1) + 1);
    }
  }
  kept = kept.replace(/0+$/, '');
  return kept === '' ? zeroOf(number) : { ...number, digits: kept, point };
}

function zeroOf(number: Digits): Digits {
  return { negative: number.isFloat && number.negative, digits: '', point: 0, isFloat: number.isFloat };
}
