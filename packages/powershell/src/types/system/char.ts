import { netFailure } from '../../errors/raise.ts';
import { as, charCode, int, text } from '../../values/narrow.ts';
import { Char, Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { enumOf } from '../enumeration.ts';
import { CultureInfo } from '../globalization/culture.ts';
import { currentCulture, hasDotlessI } from '../globalization/current-culture.ts';
import type { Overload, TypeDescription } from '../net-type.ts';
import { categoryOf, charTests, lowerUnit, turkishLower, turkishUpper, upperUnit } from './char-class.ts';
import { comparable } from './comparable.ts';

function char(value: Value): Char {
  if (value instanceof Char) return value;
  throw new Error('a char was expected');
}

/** The unit at a place in text. Throws as .NET does outside of it. */
function unitAt(source: string, index: number): string {
  if (index < 0 || index >= source.length) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Specified argument was out of the range of valid values.', {
      parameter: 'index',
    });
  }
  return source[index] ?? '';
}

function tests(): Record<string, readonly Overload[]> {
  return Object.fromEntries(
    Object.entries(charTests).map(([name, test]) => [
      name,
      [
        { signature: `static bool ${name}(char c)`, invoke: (_self, [one]) => test(char(one).text) },
        {
          signature: `static bool ${name}(string s, int index)`,
          invoke: (_self, [source, index]) => test(unitAt(text(source), int(index))),
        },
      ] satisfies Overload[],
    ]),
  );
}

function changed(name: string, change: (unit: string) => string, changeTurkish = change): Overload {
  return {
    signature: `static char ${name}(char c)`,
    invoke: (_self, [one]) => toChar((hasDotlessI(currentCulture()) ? changeTurkish : change)(char(one).text)),
  };
}

function withCulture(
  name: string,
  change: (unit: string) => string,
  changeTurkish: (unit: string) => string,
): Overload {
  return {
    signature: `static char ${name}(char c, cultureinfo culture)`,
    invoke: (_self, [one, culture]) =>
      toChar((hasDotlessI(as(culture, CultureInfo)) ? changeTurkish : change)(char(one).text)),
  };
}

function toChar(unit: string): Char {
  return Char.of(unit.charCodeAt(0));
}

function parse(source: string): Char {
  if (source.length === 1) return toChar(source);
  throw netFailure('System.FormatException', 'String must be exactly one character long.');
}

function fromCodePoint(code: number): string {
  if (code >= 0 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff)) return String.fromCodePoint(code);
  throw netFailure(
    'System.ArgumentOutOfRangeException',
    'A valid UTF32 value is between 0x000000 and 0x10ffff, inclusive, and should not include surrogate codepoint values (0x00d800 ~ 0x00dfff).',
    { parameter: 'utf32' },
  );
}

function toCodePoint(source: string, index: number): number {
  if (index < 0 || index >= source.length) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      'Index was out of range. Must be non-negative and less than the size of the collection.',
      { parameter: 'index' },
    );
  }
  const code = source.codePointAt(index) ?? 0;
  if (code < 0xd800 || code > 0xdfff) return code;
  throw netFailure(
    'System.ArgumentException',
    `Found a ${code < 0xdc00 ? 'high' : 'low'} surrogate char without a following ${code < 0xdc00 ? 'low' : 'high'} surrogate at index: ${index}. The input may not be in this encoding, or may not contain valid Unicode (UTF-16) characters.`,
    { parameter: 's' },
  );
}

/** The value of a digit or of a number sign such as `½`; -1 for what is none. */
function numericValue(unit: string): number {
  if (/\p{Nd}/u.test(unit)) return digitValue(unit.charCodeAt(0));
  return fractions.get(unit) ?? -1;
}

/** Digits of every script stand in tens, from a zero on. */
function digitValue(code: number): number {
  let zero = code;
  while (zero > 0 && code - zero < 9 && /\p{Nd}/u.test(String.fromCharCode(zero - 1))) zero--;
  return (code - zero) % 10;
}

const fractions = new Map<string, number>([
  ['¼', 0.25],
  ['½', 0.5],
  ['¾', 0.75],
  ['²', 2],
  ['³', 3],
  ['¹', 1],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
  ['⅛', 0.125],
  ['⅜', 0.375],
  ['⅝', 0.625],
  ['⅞', 0.875],
]);

export const charDescription: TypeDescription = {
  name: 'System.Char',
  kind: 'struct',
  accelerators: ['char'],
  interfaces: [
    'System.IComparable',
    'System.IComparable`1[char]',
    'System.IEquatable`1[char]',
    'System.IConvertible',
    'System.IFormattable',
  ],
  zero: () => Char.of(0),
  toText: (self) => char(self).text,
  hashKey: (self) => char(self).code,
  compare: (self, other) => char(self).code - char(other).code,
  methods: {
    ...comparable('char'),
    CompareTo: [
      {
        signature: 'int CompareTo(System.Object value)',
        invoke: (self, [other]) => {
          if (other === null || other === undefined) return 1;
          if (other instanceof Char) return char(self).code - other.code;
          throw netFailure('System.ArgumentException', 'Object must be of type Char.');
        },
      },
      { signature: 'int CompareTo(char value)', invoke: (self, [other]) => char(self).code - char(other).code },
    ],
    ToString: [
      { signature: 'string ToString()', invoke: (self) => char(self).text },
      { signature: 'string ToString(System.IFormatProvider provider)', invoke: (self) => char(self).text },
    ],
    GetTypeCode: [{ signature: 'System.TypeCode GetTypeCode()', invoke: () => enumOf('System.TypeCode', 4) }],
  },
  staticProperties: {
    MaxValue: { type: 'char', get: () => Char.of(0xffff) },
    MinValue: { type: 'char', get: () => Char.of(0) },
  },
  staticMethods: {
    ...tests(),
    ToUpper: [withCulture('ToUpper', upperUnit, turkishUpper), changed('ToUpper', upperUnit, turkishUpper)],
    ToUpperInvariant: [changed('ToUpperInvariant', upperUnit)],
    ToLower: [withCulture('ToLower', lowerUnit, turkishLower), changed('ToLower', lowerUnit, turkishLower)],
    ToLowerInvariant: [changed('ToLowerInvariant', lowerUnit)],
    ToString: [{ signature: 'static string ToString(char c)', invoke: (_self, [one]) => char(one).text }],
    Parse: [{ signature: 'static char Parse(string s)', invoke: (_self, [source]) => parse(text(source)) }],
    TryParse: [
      {
        signature: 'static bool TryParse(string s, [ref] char result)',
        invoke: (_self, [source, result]) => {
          const isOne = text(source).length === 1;
          setReference(result, isOne ? toChar(text(source)) : Char.of(0));
          return isOne;
        },
      },
    ],
    GetUnicodeCategory: [
      {
        signature: 'static System.Globalization.UnicodeCategory GetUnicodeCategory(char c)',
        invoke: (_self, [one]) => enumOf('System.Globalization.UnicodeCategory', categoryOf(char(one).text)),
      },
      {
        signature: 'static System.Globalization.UnicodeCategory GetUnicodeCategory(string s, int index)',
        invoke: (_self, [source, index]) => {
          unitAt(text(source), int(index));
          const point = String.fromCodePoint(text(source).codePointAt(int(index)) ?? 0);
          return enumOf('System.Globalization.UnicodeCategory', categoryOf(point));
        },
      },
    ],
    GetNumericValue: [
      {
        signature: 'static double GetNumericValue(char c)',
        invoke: (_self, [one]) => new Double(numericValue(char(one).text)),
      },
      {
        signature: 'static double GetNumericValue(string s, int index)',
        invoke: (_self, [source, index]) => new Double(numericValue(unitAt(text(source), int(index)))),
      },
    ],
    ConvertFromUtf32: [
      {
        signature: 'static string ConvertFromUtf32(int utf32)',
        invoke: (_self, [code]) => fromCodePoint(int(code)),
      },
    ],
    ConvertToUtf32: [
      {
        signature: 'static int ConvertToUtf32(char highSurrogate, char lowSurrogate)',
        invoke: (_self, [high, low]) => toCodePoint(char(high).text + char(low).text, 0),
      },
      {
        signature: 'static int ConvertToUtf32(string s, int index)',
        invoke: (_self, [source, index]) => toCodePoint(text(source), int(index)),
      },
    ],
    IsSurrogatePair: [
      {
        signature: 'static bool IsSurrogatePair(string s, int index)',
        invoke: (_self, [source, index]) => (text(source).codePointAt(int(index)) ?? 0) > 0xffff,
      },
      {
        signature: 'static bool IsSurrogatePair(char highSurrogate, char lowSurrogate)',
        invoke: (_self, [high, low]) => ((char(high).text + char(low).text).codePointAt(0) ?? 0) > 0xffff,
      },
    ],
    IsAscii: [{ signature: 'static bool IsAscii(char c)', invoke: (_self, [one]) => char(one).code < 128 }],
    IsBetween: [
      {
        signature: 'static bool IsBetween(char c, char minInclusive, char maxInclusive)',
        invoke: (_self, [unit, from, to]) => charCode(from) <= charCode(unit) && charCode(unit) <= charCode(to),
      },
    ],
    ...asciiTests({
      IsAsciiDigit: /[0-9]/,
      IsAsciiLetter: /[A-Za-z]/,
      IsAsciiLetterLower: /[a-z]/,
      IsAsciiLetterUpper: /[A-Z]/,
      IsAsciiLetterOrDigit: /[A-Za-z0-9]/,
      IsAsciiHexDigit: /[0-9A-Fa-f]/,
      IsAsciiHexDigitLower: /[0-9a-f]/,
      IsAsciiHexDigitUpper: /[0-9A-F]/,
    }),
  },
};

function asciiTests(patterns: Readonly<Record<string, RegExp>>): Record<string, readonly Overload[]> {
  return Object.fromEntries(
    Object.entries(patterns).map(([name, pattern]) => [
      name,
      [
        { signature: `static bool ${name}(char c)`, invoke: (_self, [one]) => pattern.test(char(one).text) },
      ] satisfies Overload[],
    ]),
  );
}
