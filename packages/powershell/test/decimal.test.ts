import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  decimalFromDigits,
  decimalFromDouble,
  decimalOf,
  decimalText,
  decimalToDouble,
  divideDecimals,
  multiplyDecimals,
  remainderOfDecimals,
  roundDecimal,
  subtractDecimals,
} from '../src/values/decimal.ts';
import { Decimal } from '../src/values/numbers.ts';

const most = (1n << 96n) - 1n;

/** An exact fraction: the oracle. */
interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

const ratioOf = ({ mantissa, scale }: Decimal): Ratio => ({ n: mantissa, d: 10n ** BigInt(scale) });
const size = (value: bigint) => (value < 0n ? -value : value);

/** The decimal nearest to a fraction at a scale, halves to even. */
function rounded({ n, d }: Ratio, scale: number): bigint {
  const numerator = size(n) * 10n ** BigInt(scale);
  const denominator = size(d);
  let quotient = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) quotient += 1n;
  return n < 0n !== d < 0n ? -quotient : quotient;
}

/** The largest scale up to a limit at which the fraction fits 96 bits. */
function nearest(ratio: Ratio, limit: number): { mantissa: bigint; scale: number } | undefined {
  for (let scale = Math.min(limit, 28); scale >= 0; scale--) {
    const mantissa = rounded(ratio, scale);
    if (size(mantissa) <= most) return { mantissa, scale };
  }
  return undefined;
}

const decimals = fc
  .tuple(
    fc.oneof(fc.bigInt({ min: -most, max: most }), fc.bigInt({ min: -1000n, max: 1000n })),
    fc.integer({ min: 0, max: 28 }),
  )
  .map(([mantissa, scale]) => new Decimal(mantissa, scale));

function outcome(run: () => Decimal): { mantissa: bigint; scale: number } | undefined {
  try {
    const { mantissa, scale } = run();
    return { mantissa, scale };
  } catch {
    return undefined;
  }
}

describe('decimals against exact fractions', () => {
  test('sums and differences are exact, or rounded half to even to what fits', () => {
    fc.assert(
      fc.property(decimals, decimals, (left, right) => {
        const [a, b] = [ratioOf(left), ratioOf(right)];
        const limit = Math.max(left.scale, right.scale);
        expect(outcome(() => addDecimals(left, right))).toEqual(
          nearest({ n: a.n * b.d + b.n * a.d, d: a.d * b.d }, limit),
        );
        expect(outcome(() => subtractDecimals(left, right))).toEqual(
          nearest({ n: a.n * b.d - b.n * a.d, d: a.d * b.d }, limit),
        );
      }),
    );
  });

  test('products keep the sum of the scales where it fits', () => {
    fc.assert(
      fc.property(decimals, decimals, (left, right) => {
        const [a, b] = [ratioOf(left), ratioOf(right)];
        expect(outcome(() => multiplyDecimals(left, right))).toEqual(
          nearest({ n: a.n * b.n, d: a.d * b.d }, left.scale + right.scale),
        );
      }),
    );
  });

  test('quotients are the nearest decimal with as many places as fit', () => {
    fc.assert(
      fc.property(
        decimals,
        decimals.filter(({ mantissa }) => mantissa !== 0n),
        (left, right) => {
          const [a, b] = [ratioOf(left), ratioOf(right)];
          const expected = nearest({ n: a.n * b.d, d: a.d * b.n }, 28);
          const got = outcome(() => divideDecimals(left, right));
          expect(got === undefined).toBe(expected === undefined);
          if (got === undefined || expected === undefined) return;
          expect(got.mantissa * 10n ** BigInt(expected.scale)).toBe(expected.mantissa * 10n ** BigInt(got.scale));
        },
      ),
    );
  });

  test('a remainder is what the whole quotient leaves, with the sign of the left side', () => {
    fc.assert(
      fc.property(
        decimals,
        decimals.filter(({ mantissa }) => mantissa !== 0n),
        (left, right) => {
          const scale = Math.max(left.scale, right.scale);
          const a = left.mantissa * 10n ** BigInt(scale - left.scale);
          const b = right.mantissa * 10n ** BigInt(scale - right.scale);
          const result = remainderOfDecimals(left, right);
          expect(result.mantissa * 10n ** BigInt(scale - result.scale)).toBe(a % b);
        },
      ),
    );
  });

  test('order is that of the fractions', () => {
    fc.assert(
      fc.property(decimals, decimals, (left, right) => {
        const difference = left.mantissa * 10n ** BigInt(right.scale) - right.mantissa * 10n ** BigInt(left.scale);
        expect(Math.sign(compareDecimals(left, right))).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
    );
  });

  test('text reads back as the same digits and places', () => {
    fc.assert(
      fc.property(decimals, (value) => {
        const [whole = '', behind = ''] = decimalText(value).split('.');
        expect(decimalFromDigits(BigInt(whole + behind), behind.length).scale).toBe(value.scale);
        expect(BigInt(whole + behind)).toBe(value.mantissa);
      }),
    );
  });
});

describe('decimals of doubles', () => {
  test('have the first 15 significant digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e27, noNaN: true }), (value) => {
        const decimal = decimalFromDouble(value);
        expect(Math.abs(decimalToDouble(decimal) - value)).toBeLessThanOrEqual(value * 1e-14);
        expect(decimal.mantissa.toString().replace(/0+$/, '').length).toBeLessThanOrEqual(15);
      }),
    );
  });

  test('0.1 is one tenth, what is too small is zero, what is too large does not fit', () => {
    expect(decimalText(decimalFromDouble(0.1))).toBe('0.1');
    expect(decimalText(decimalFromDouble(-2.5))).toBe('-2.5');
    expect(decimalText(decimalFromDouble(1e-30))).toBe('0');
    expect(() => decimalFromDouble(1e29)).toThrow('Value was either too large or too small for a Decimal.');
    expect(() => decimalFromDouble(Number.NaN)).toThrow('Value was either too large or too small for a Decimal.');
  });
});

test('exact quotients keep the scale of the operands or the fewest places', () => {
  expect(decimalText(divideDecimals(new Decimal(60n, 1), decimalOf(2)))).toBe('3.0');
  expect(decimalText(divideDecimals(decimalOf(10), decimalOf(4)))).toBe('2.5');
  expect(decimalText(divideDecimals(decimalOf(1), decimalOf(3)))).toBe('0.3333333333333333333333333333');
  expect(() => divideDecimals(decimalOf(1), decimalOf(0))).toThrow('Attempted to divide by zero.');
});

test('rounding goes where its mode says', () => {
  const value = new Decimal(-25n, 1);
  expect(decimalText(roundDecimal(value, 0, 'toEven'))).toBe('-2');
  expect(decimalText(roundDecimal(value, 0, 'awayFromZero'))).toBe('-3');
  expect(decimalText(roundDecimal(value, 0, 'toZero'))).toBe('-2');
  expect(decimalText(roundDecimal(value, 0, 'toNegativeInfinity'))).toBe('-3');
  expect(decimalText(roundDecimal(value, 0, 'toPositiveInfinity'))).toBe('-2');
});
