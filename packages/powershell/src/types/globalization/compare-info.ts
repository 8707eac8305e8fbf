import { EnumValue } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import { Char } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable } from '../method-table.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';
import { hashCode } from '../system/hash-code.ts';
import { badCount, badStart } from '../system/text/range-errors.ts';
import { indexIn, lastIndexIn } from '../system/text/search.ts';
import { type Comparison, compareBy } from '../system/text/string-comparison.ts';
import { type CultureInfo, cultureOf, invariantCulture } from './culture.ts';

/** Comparing of text: `CompareInfo`. The order is that of the invariant culture in each. */
export class CompareInfo extends Instance {
  readonly culture: CultureInfo;
  constructor(culture: CultureInfo) {
    super();
    this.culture = culture;
  }
  get type(): NetType {
    return namedType('System.Globalization.CompareInfo');
  }
}

/** `System.Globalization.CompareOptions` by bit, those that count here. */
export const compareOption = {
  ignoreCase: 1,
  ignoreNonSpace: 2,
  ignoreSymbols: 4,
  ordinalIgnoreCase: 0x1000_0000,
  ordinal: 0x4000_0000,
} as const;

/** A text as some options see it, with the place in the whole of each of its units. */
interface Seen {
  readonly text: string;
  readonly places: readonly number[] | undefined;
}

function bitsOf(options: Value): number {
  return options instanceof EnumValue ? Number(options.value) : 0;
}

function comparisonOf(bits: number): Comparison {
  const ordinal = (bits & (compareOption.ordinal | compareOption.ordinalIgnoreCase)) !== 0;
  return { ordinal, ignoreCase: (bits & (compareOption.ignoreCase | compareOption.ordinalIgnoreCase)) !== 0 };
}

function see(source: string, bits: number): Seen {
  if ((bits & (compareOption.ignoreNonSpace | compareOption.ignoreSymbols)) === 0)
    return { text: source, places: undefined };
  const left: string[] = [];
  const places: number[] = [];
  for (let at = 0; at < source.length; ) {
    const sign = String.fromCodePoint(source.codePointAt(at) ?? 0);
    const plain = (bits & compareOption.ignoreNonSpace) === 0 ? sign : sign.normalize('NFD').replace(/\p{Mn}/gu, '');
    const kept = (bits & compareOption.ignoreSymbols) === 0 ? plain : plain.replace(/[\p{P}\p{S}\p{Z}\p{Cc}]/gu, '');
    for (const unit of kept.split('')) {
      left.push(unit);
      places.push(at);
    }
    at += sign.length;
  }
  return { text: left.join(''), places };
}

/** Text by the options of an argument of type CompareOptions; null comes first. */
export function compareWithOptions(left: Value, right: Value, options: Value): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  const bits = bitsOf(options);
  return Math.sign(compareBy(see(text(left), bits).text, see(text(right), bits).text, comparisonOf(bits)));
}

/** @param last whether the last place counts */
function find(context: CallContext, source: Value, wanted: Value, options: Value, last: boolean): number {
  const bits = bitsOf(options);
  const seen = see(text(source), bits);
  const sought = see(wanted instanceof Char ? wanted.text : text(wanted), bits).text;
  const found = last
    ? lastIndexIn(context, seen.text, sought, comparisonOf(bits), 0, seen.text.length)
    : indexIn(context, seen.text, sought, comparisonOf(bits));
  return found === -1 ? -1 : (seen.places?.[found] ?? found);
}

function findIn(
  context: CallContext,
  source: Value,
  wanted: Value,
  start: number,
  count: number,
  options: Value,
  last: boolean,
): number {
  const whole = text(source);
  if (start < 0 || start > whole.length) throw badStart('startIndex');
  const from = last ? start - count + 1 : start;
  if (count < 0 || from < 0 || from + count > whole.length) throw badCount();
  const found = find(context, whole.slice(from, from + count), wanted, options, last);
  return found === -1 ? -1 : found + from;
}

/** `IndexOf` and `LastIndexOf`: of a character or a text, from a place, over a count of units, with options. */
function finders(name: 'IndexOf' | 'LastIndexOf'): readonly Overload[] {
  const last = name === 'LastIndexOf';
  const options = 'System.Globalization.CompareOptions options';
  const table: Record<string, Overload['invoke']> = {};
  for (const kind of ['char', 'string']) {
    const head = `int ${name}(string source, ${kind} value`;
    const rest = (source: Value, start: number): number => (last ? start + 1 : text(source).length - start);
    table[`${head})`] = (_info, [source, wanted], context) => find(context, source, wanted, null, last);
    table[`${head}, ${options})`] = (_info, [source, wanted, how], context) => find(context, source, wanted, how, last);
    table[`${head}, int startIndex)`] = (_info, [source, wanted, start], context) =>
      findIn(context, source, wanted, int(start), rest(source, int(start)), null, last);
    table[`${head}, int startIndex, ${options})`] = (_info, [source, wanted, start, how], context) =>
      findIn(context, source, wanted, int(start), rest(source, int(start)), how, last);
    table[`${head}, int startIndex, int count)`] = (_info, [source, wanted, start, count], context) =>
      findIn(context, source, wanted, int(start), int(count), null, last);
    table[`${head}, int startIndex, int count, ${options})`] = (_info, [source, wanted, start, count, how], context) =>
      findIn(context, source, wanted, int(start), int(count), how, last);
  }
  return methodTable(table)[name] ?? [];
}

function atEnd(source: Value, wanted: Value, options: Value, end: 'start' | 'end'): boolean {
  const bits = bitsOf(options);
  const [whole, part] = [see(text(source), bits).text, see(text(wanted), bits).text];
  const piece = end === 'start' ? whole.slice(0, part.length) : whole.slice(Math.max(whole.length - part.length, 0));
  return compareBy(piece, part, comparisonOf(bits)) === 0;
}

/** Texts that compare as equal have one hash. */
function hash(value: Value, options: Value): number {
  const bits = bitsOf(options);
  const { text: seen } = see(text(value), bits);
  return hashCode(comparisonOf(bits).ignoreCase ? seen.toLowerCase() : seen);
}

const options = 'System.Globalization.CompareOptions options';

export const compareInfoDescription: TypeDescription = {
  name: 'System.Globalization.CompareInfo',
  kind: 'class',
  staticMethods: methodTable({
    'static System.Globalization.CompareInfo GetCompareInfo(string name)': (_self, [name]) =>
      new CompareInfo(cultureOf(text(name)) ?? invariantCulture),
  }),
  properties: { Name: { type: 'string', get: (info) => as(info, CompareInfo).culture.name } },
  methods: {
    ...methodTable({
      'int Compare(string string1, string string2)': (_info, [a, b]) => compareWithOptions(a ?? null, b ?? null, null),
      [`int Compare(string string1, string string2, ${options})`]: (_info, [a, b, how]) =>
        compareWithOptions(a ?? null, b ?? null, how),
      'int GetHashCode()': (info) => hashCode(as(info, CompareInfo).culture.name),
      [`int GetHashCode(string source, ${options})`]: (_info, [source, how]) => hash(source, how),
      'bool IsPrefix(string source, string prefix)': (_info, [source, wanted]) => atEnd(source, wanted, null, 'start'),
      [`bool IsPrefix(string source, string prefix, ${options})`]: (_info, [source, wanted, how]) =>
        atEnd(source, wanted, how, 'start'),
      'bool IsSuffix(string source, string suffix)': (_info, [source, wanted]) => atEnd(source, wanted, null, 'end'),
      [`bool IsSuffix(string source, string suffix, ${options})`]: (_info, [source, wanted, how]) =>
        atEnd(source, wanted, how, 'end'),
      'string ToString()': (info) => `CompareInfo - ${as(info, CompareInfo).culture.name}`,
    }),
    IndexOf: finders('IndexOf'),
    LastIndexOf: finders('LastIndexOf'),
  },
};
