import { compareText } from '../../../conversion/collation.ts';
import { foldOrdinal } from '../../../values/key-comparer.ts';
import type { CallContext } from '../../net-type.ts';
import { reserveText } from './reserve-text.ts';
import type { Comparison } from './string-comparison.ts';

/**
 * Signs that the rules of language find where a search by units finds them: each is equal to no other text than itself and
 * its other case. `æ` and `ß` are equal to two letters.
 */
const plain = /^[\t-~À-ÅÇ-ÖØ-Þà-åç-öø-þ]*$/;

/** Where a text begins in another, from a place on; -1 where it does not. */
export function indexIn(
  context: CallContext,
  source: string,
  wanted: string,
  comparison: Comparison,
  from = 0,
  end = source.length,
): number {
  const part = end === source.length ? source : source.slice(0, end);
  if (comparison.ordinal || (plain.test(wanted) && plain.test(part))) {
    return comparison.ignoreCase ? foldOrdinal(part).indexOf(foldOrdinal(wanted), from) : part.indexOf(wanted, from);
  }
  for (let at = from; at <= part.length; at++) {
    if (matchLength(context, part, at, wanted, comparison.ignoreCase) !== undefined) return at;
  }
  return -1;
}

/** The last place where a text begins that ends at or before `end`. */
export function lastIndexIn(
  context: CallContext,
  source: string,
  wanted: string,
  comparison: Comparison,
  first: number,
  end: number,
): number {
  const part = source.slice(first, end);
  if (comparison.ordinal || (plain.test(wanted) && plain.test(part))) {
    const at = comparison.ignoreCase ? foldOrdinal(part).lastIndexOf(foldOrdinal(wanted)) : part.lastIndexOf(wanted);
    return at < 0 ? -1 : at + first;
  }
  for (let at = part.length; at >= 0; at--) {
    if (matchLength(context, part, at, wanted, comparison.ignoreCase) !== undefined) return at + first;
  }
  return -1;
}

export function startsWith(context: CallContext, source: string, wanted: string, comparison: Comparison): boolean {
  if (comparison.ordinal || (plain.test(wanted) && plain.test(source))) {
    return comparison.ignoreCase ? foldOrdinal(source).startsWith(foldOrdinal(wanted)) : source.startsWith(wanted);
  }
  return matchLength(context, source, 0, wanted, comparison.ignoreCase) !== undefined;
}

export function endsWith(context: CallContext, source: string, wanted: string, comparison: Comparison): boolean {
  if (comparison.ordinal || (plain.test(wanted) && plain.test(source))) {
    return comparison.ignoreCase ? foldOrdinal(source).endsWith(foldOrdinal(wanted)) : source.endsWith(wanted);
  }
  const longest = Math.min(source.length, 3 * wanted.length + 2);
  for (let length = 0; length <= longest; length++) {
    const at = source.length - length;
    spend(context, length);
    if (isBoundary(source, at) && compareText(source.slice(at), wanted, ignoring(comparison)) === 0) return true;
  }
  return false;
}

function ignoring({ ignoreCase }: Comparison): boolean {
  return ignoreCase;
}

/**
 * How many units from a place on are equal to a text by the rules of language: composed and decomposed accents are the
 * same, and a match never ends between a letter and its accent. `undefined` where it does not match.
 */
function matchLength(
  context: CallContext,
  source: string,
  at: number,
  wanted: string,
  ignoreCase: boolean,
): number | undefined {
  if (!isBoundary(source, at)) return undefined;
  const longest = Math.min(source.length - at, 3 * wanted.length + 2);
  for (let length = 0; length <= longest; length++) {
    if (!isBoundary(source, at + length)) continue;
    spend(context, length);
    if (compareText(source.slice(at, at + length), wanted, ignoreCase) === 0) return length;
  }
  return undefined;
}

/** Comparing by the rules of language is slow: every comparison is a step of the run, a long one asks at once. */
function spend(context: CallContext, length: number): void {
  if (length > 1000) context.budget.look();
  else context.budget.step();
}

function isBoundary(source: string, at: number): boolean {
  if (at >= source.length) return true;
  return !/^\p{M}/u.test(source.slice(at, at + 2));
}

/** Replaces every occurrence. */
export function replaceIn(
  source: string,
  old: string,
  fresh: string,
  comparison: Comparison,
  context: CallContext,
): string {
  if (comparison.ordinal && !comparison.ignoreCase) {
    if (fresh.length > old.length) {
      reserveText(context, source.length + occurrences(source, old) * (fresh.length - old.length));
    }
    return source.replaceAll(old, () => fresh);
  }
  // Folded once: text by units, and text whose language has no say, is searched in one pass.
  const isByUnits = comparison.ordinal || (plain.test(old) && plain.test(source));
  const fold = (value: string): string => (comparison.ignoreCase ? foldOrdinal(value) : value);
  const [folded, wanted] = isByUnits ? [fold(source), fold(old)] : [source, old];
  const parts: string[] = [];
  let from = 0;
  let length = source.length;
  for (;;) {
    const at = isByUnits ? folded.indexOf(wanted, from) : indexIn(context, source, old, comparison, from);
    if (at < 0) break;
    const matched = isByUnits
      ? old.length
      : (matchLength(context, source, at, old, comparison.ignoreCase) ?? old.length);
    if (matched === 0) break;
    parts.push(source.slice(from, at), fresh);
    length += fresh.length - matched;
    from = at + matched;
    context.budget.step();
  }
  parts.push(source.slice(from));
  reserveText(context, length);
  return parts.join('');
}

/** How often a text holds another, one behind the other. */
export function occurrences(source: string, wanted: string): number {
  let count = 0;
  for (let at = source.indexOf(wanted); at !== -1; at = source.indexOf(wanted, at + wanted.length)) count++;
  return count;
}
