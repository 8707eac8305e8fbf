import { netFailure } from '../../../errors/raise.ts';
import { int, text } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import { compareWithOptions } from '../../globalization/compare-info.ts';
import type { Overload } from '../../net-type.ts';
import { negative } from './range-errors.ts';
import {
  byCulture,
  type Comparison,
  compareNullable,
  compareUnits,
  comparisonOf,
  equalBy,
  ordinal,
} from './string-comparison.ts';

const compareOptions = 'System.Globalization.CompareOptions options';
const comparisonType = 'System.StringComparison comparisonType';

function compareToObject(self: Value, other: Value): number {
  if (other === null || other === undefined) return 1;
  if (typeof other === 'string') return compareNullable(self, other, byCulture);
  throw netFailure('System.ArgumentException', 'Object must be of type String.');
}

export const compareMethods: Readonly<Record<string, readonly Overload[]>> = {
  CompareTo: [
    {
      signature: 'int CompareTo(System.Object value)',
      invoke: (self, [other]) => compareToObject(self, other),
    },
    {
      signature: 'int CompareTo(string strB)',
      invoke: (self, [other]) => compareNullable(self, other, byCulture),
    },
  ],
  Equals: [
    { signature: 'bool Equals(System.Object obj)', invoke: (self, [other]) => self === other },
    { signature: 'bool Equals(string value)', invoke: (self, [other]) => self === other },
    {
      signature: `bool Equals(string value, ${comparisonType})`,
      invoke: (self, [other, kind]) => equalBy(text(self), text(other), comparisonOf(kind)),
    },
  ],
};

/** A part of a text for `Compare` with places: as much as there is, at most `length`. */
function part(source: Value, index: number, length: number, which: 'A' | 'B'): string {
  const whole = text(source);
  const left = whole.length - index;
  if (index < 0) throw negative(index, `offset${which === 'A' ? 1 : 2}`);
  if (left < 0) throw negative(left, `length${which === 'A' ? 1 : 2}`);
  return whole.slice(index, index + length);
}

function compareParts(args: readonly Value[], comparison: Comparison): number {
  const [a, indexA, b, indexB, length] = args;
  const [first, second] = [part(a, int(indexA), int(length), 'A'), part(b, int(indexB), int(length), 'B')];
  return compareNullable(first, second, comparison);
}

const parts = 'string strA, int indexA, string strB, int indexB, int length';

function ignoring(flag: Value): Comparison {
  return { ordinal: false, ignoreCase: flag === true };
}

export const staticCompareMethods: Readonly<Record<string, readonly Overload[]>> = {
  Compare: [
    {
      signature: 'static int Compare(string strA, string strB)',
      invoke: (_self, [a, b]) => compareNullable(a, b, byCulture),
    },
    {
      signature: 'static int Compare(string strA, string strB, bool ignoreCase)',
      invoke: (_self, [a, b, flag]) => compareNullable(a, b, ignoring(flag)),
    },
    {
      signature: `static int Compare(string strA, string strB, ${comparisonType})`,
      invoke: (_self, [a, b, kind]) => compareNullable(a, b, comparisonOf(kind)),
    },
    {
      signature: 'static int Compare(string strA, string strB, bool ignoreCase, cultureinfo culture)',
      invoke: (_self, [a, b, flag]) => compareNullable(a, b, ignoring(flag)),
    },
    {
      signature: `static int Compare(string strA, string strB, cultureinfo culture, ${compareOptions})`,
      invoke: (_self, [a, b, , options]) => compareWithOptions(a ?? null, b ?? null, options),
    },
    {
      signature: `static int Compare(${parts}, bool ignoreCase, cultureinfo culture)`,
      invoke: (_self, args) => compareParts(args, ignoring(args[5])),
    },
    {
      signature: `static int Compare(${parts}, cultureinfo culture, ${compareOptions})`,
      invoke: (_self, [a, indexA, b, indexB, length, , options]) =>
        compareWithOptions(part(a, int(indexA), int(length), 'A'), part(b, int(indexB), int(length), 'B'), options),
    },
    { signature: `static int Compare(${parts})`, invoke: (_self, args) => compareParts(args, byCulture) },
    {
      signature: `static int Compare(${parts}, bool ignoreCase)`,
      invoke: (_self, args) => compareParts(args, ignoring(args[5])),
    },
    {
      signature: `static int Compare(${parts}, ${comparisonType})`,
      invoke: (_self, args) => compareParts(args, comparisonOf(args[5])),
    },
  ],
  CompareOrdinal: [
    {
      signature: 'static int CompareOrdinal(string strA, string strB)',
      invoke: (_self, [a, b]) => compareNullable(a, b, ordinal),
    },
    {
      signature: `static int CompareOrdinal(${parts})`,
      invoke: (_self, [a, indexA, b, indexB, length]) =>
        compareUnits(part(a, int(indexA), int(length), 'A'), part(b, int(indexB), int(length), 'B')),
    },
  ],
  Equals: [
    { signature: 'static bool Equals(string a, string b)', invoke: (_self, [a, b]) => a === b },
    {
      signature: `static bool Equals(string a, string b, ${comparisonType})`,
      invoke: (_self, [a, b, kind]) => equalBy(text(a), text(b), comparisonOf(kind)),
    },
    { signature: 'static bool Equals(System.Object objA, System.Object objB)', invoke: (_self, [a, b]) => a === b },
  ],
};
