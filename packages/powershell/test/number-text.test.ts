import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languageDoubleText, type NetNumber, numberText } from '../src/conversion/numbers/number-text.ts';
import { parseDecimal, parseDouble, parseInteger, readNumber, Style } from '../src/conversion/numbers/read-number.ts';
import { netTypes } from '../src/types/intrinsic.ts';
import { decimalText } from '../src/values/decimal.ts';
import { BigInteger, Decimal, Double, Single } from '../src/values/numbers.ts';

const double = (value: number) => new Double(value);

describe('texts of numbers read back', () => {
  test('doubles by their shortest text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseDouble(numberText(double(value)))).toBe(value);
      }),
    );
  });

  test('singles by their shortest text', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Math.fround(parseDouble(numberText(new Single(value))))).toBe(value);
      }),
    );
  });

  test('integers in plain, grouped, hexadecimal and exponent form', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), (value) => {
        expect(parseInteger(numberText(value), netTypes.int64)).toBe(value);
        expect(parseInteger(numberText(value, 'N0'), netTypes.int64, Style.number)).toBe(value);
        expect(parseInteger(numberText(value, 'X'), netTypes.int64, Style.hexadecimal)).toBe(value);
        expect(parseInteger(numberText(value, 'E18'), netTypes.int64, Style.float)).toBe(value);
      }),
    );
  });

  test('big integers in hexadecimal and binary form', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 200n), max: 1n << 200n }), (value) => {
        const hexadecimal = numberText(new BigInteger(value), 'X');
        const binary = numberText(new BigInteger(value), 'B');
        expect(parseInteger(hexadecimal, netTypes.bigInteger, Style.hexadecimal)).toEqual(new BigInteger(value));
        expect(parseInteger(binary, netTypes.bigInteger, Style.binary)).toEqual(new BigInteger(value));
      }),
    );
  });

  test('decimals with all their places', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 96n) - 1n }), fc.integer({ min: 0, max: 28 }), (mantissa, scale) => {
        const text = numberText(new Decimal(mantissa, scale));
        expect(decimalText(parseDecimal(text))).toBe(text);
      }),
    );
  });
});

test('fixed-point and exponent formats round the exact value, halves to even', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), fc.integer({ min: 0, max: 12 }), (value, places) => {
      const read = readNumber(numberText(double(value), `F${places}`), Style.float);
      const exact = readNumber(Math.abs(value).toFixed(60), Style.float);
      if (read === undefined || exact === undefined) throw new Error('not a number');
      const unit = 10n ** BigInt(60 - places);
      const difference = exact.digits - read.digits * unit;
      expect(2n * (difference < 0n ? -difference : difference)).toBeLessThanOrEqual(unit);
    }),
  );
});

test('the language writes doubles with 15 digits', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = languageDoubleText(value, 15);
      expect(text.replace(/E.*|[-.]/g, '').replace(/^0+/, '').length).toBeLessThanOrEqual(15);
      expect(text).toBe(numberText(double(value), 'G15'));
    }),
  );
});

describe('formats', () => {
  test.each<[NetNumber, string, string]>([
    [double(1.005), 'F2', '1.00'],
    [double(1.005), '0.00', '1.01'],
    [double(2.5), 'N0', '2'],
    [double(2.5), '0', '3'],
    [double(-0.04), 'F1', '-0.0'],
    [new Decimal(-4n, 2), 'F1', '0.0'],
    [new Decimal(125n, 2), 'F1', '1.3'],
    [double(1234567.891), '#,##0,.00', '1,234.57'],
    [double(12345.678), '##0.0E0', '123.5E2'],
    [5, '00.00.00', '05.0000'],
    [-5, 'abc', '-abc'],
    [-1, 'X', 'FFFFFFFF'],
    [-5, 'C', '(¤5.00)'],
    [new BigInteger(255n), 'X', '0FF'],
    [new Single(0.1), '', '0.1'],
    [new Single(123456789), '', '123456790'],
    [double(1e16), '', '10000000000000000'],
    [double(1e17), '', '1E+17'],
  ])('%s as %s is %s', (value, format, expected) => {
    expect(numberText(value, format)).toBe(expected);
  });

  test('a letter that a type does not have is refused', () => {
    expect(() => numberText(double(1.5), 'D')).toThrow('Format specifier was invalid.');
    expect(() => numberText(5, 'Q')).toThrow('Format specifier was invalid.');
  });

  test('a precision far beyond the digits gives zeros', () => {
    expect(numberText(5, 'F1000').length).toBe(1002);
  });
});

describe('reading numbers', () => {
  test.each<[string, number, number]>([
    [' 1,2,3.5 ', Style.float | Style.thousands, 123.5],
    ['(5)', Style.number | Style.parentheses, -5],
    ['5-', Style.number, -5],
    ['1e3', Style.float, 1000],
    ['5\0\0', Style.float, 5],
  ])('%s', (text, styles, expected) => {
    expect(parseDouble(text, styles)).toBe(expected);
  });

  test.each(['', ' ', '1 2', '１２', '0x10', '1e', '--5', '.', ',5'])('%j is no number', (text) => {
    expect(() => parseDouble(text)).toThrow(`The input string '${text}' was not in a correct format.`);
  });
});
