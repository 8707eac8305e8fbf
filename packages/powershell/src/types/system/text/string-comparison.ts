import { compareText } from '../../../conversion/collation.ts';
import { EnumValue } from '../../../values/enum.ts';
import { foldOrdinal } from '../../../values/key-comparer.ts';
import type { Value } from '../../../values/value.ts';
import { enumeration } from '../../enumeration.ts';

export const stringComparison = enumeration('System.StringComparison', [
  'CurrentCulture',
  'CurrentCultureIgnoreCase',
  'InvariantCulture',
  'InvariantCultureIgnoreCase',
  'Ordinal',
  'OrdinalIgnoreCase',
]);

/** How two texts are told apart. */
export interface Comparison {
  readonly ordinal: boolean;
  readonly ignoreCase: boolean;
}

export const ordinal: Comparison = { ordinal: true, ignoreCase: false };
export const byCulture: Comparison = { ordinal: false, ignoreCase: false };

/** The meaning of a `StringComparison`. */
export function comparisonOf(value: Value): Comparison {
  const number = value instanceof EnumValue ? Number(value.value) : 0;
  return { ordinal: number >= 4, ignoreCase: number % 2 === 1 };
}

/** Negative, zero or positive; ordinal comparison gives the difference of the first units that differ. */
export function compareBy(a: string, b: string, { ordinal: byUnits, ignoreCase }: Comparison): number {
  if (!byUnits) return Math.sign(compareText(a, b, ignoreCase));
  return ignoreCase ? compareUnits(a.toUpperCase(), b.toUpperCase()) : compareUnits(a, b);
}

/** The difference of the first units that differ, else of the lengths. */
export function compareUnits(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function equalBy(a: string, b: string, comparison: Comparison): boolean {
  if (a === b) return true;
  if (comparison.ordinal) return comparison.ignoreCase && foldOrdinal(a) === foldOrdinal(b);
  return compareText(a, b, comparison.ignoreCase) === 0;
}

/** Null comes before everything. */
export function compareNullable(a: Value, b: Value, comparison: Comparison): number {
  if (typeof a !== 'string') return typeof b === 'string' ? -1 : 0;
  return typeof b === 'string' ? compareBy(a, b, comparison) : 1;
}
