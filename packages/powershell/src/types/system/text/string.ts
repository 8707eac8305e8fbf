import { netFailure } from '../../../errors/raise.ts';
import { formatString } from '../../../operators/format.ts';
import { NetArray } from '../../../values/array.ts';
import { as, int, text } from '../../../values/narrow.ts';
import { Char } from '../../../values/numbers.ts';
import type { Value } from '../../../values/value.ts';
import { EnumeratorObject, enumeratorDescription } from '../../collections/enumerator.ts';
import { enumOf } from '../../enumeration.ts';
import { CultureInfo } from '../../globalization/culture.ts';
import { currentCulture, hasDotlessI } from '../../globalization/current-culture.ts';
import { namedType } from '../../intrinsic.ts';
import type { CallContext, Overload, TypeDescription } from '../../net-type.ts';
import { charArray, putChars } from '../../text/char-array.ts';
import { lowerText, turkishLower, turkishUpper, upperText } from '../char-class.ts';
import { hashCode } from '../hash-code.ts';
import { providedText } from './provided-text.ts';
import { negative, nullArgument, say, tooLarge } from './range-errors.ts';
import { reserveText } from './reserve-text.ts';
import { compareMethods, staticCompareMethods } from './string-compare.ts';
import { editMethods } from './string-edit.ts';
import { joinMethods } from './string-join.ts';
import { searchMethods } from './string-search.ts';

/** The text of a `char[]`; null is empty. */
function charsText(value: Value): string {
  if (!(value instanceof NetArray)) return '';
  return value.items.map((item) => (item instanceof Char ? item.text : '')).join('');
}

function charsOf(source: string): Value[] {
  return Array.from({ length: source.length }, (_, at) => Char.of(source.charCodeAt(at)));
}

function partOfArray(chars: Value, startIndex: number, length: number): string {
  const source = charsText(chars);
  if (startIndex < 0) throw negative(startIndex, 'startIndex');
  if (length < 0) throw negative(length, 'length');
  if (startIndex > source.length - length) throw tooLarge(startIndex, source.length - length, 'startIndex');
  return source.slice(startIndex, startIndex + length);
}

function repeated(unit: Value, count: number, context: CallContext): string {
  if (count < 0) throw negative(count, 'count');
  reserveText(context, count);
  return (unit instanceof Char ? unit.text : '\0').repeat(count);
}

function toChars(source: string, startIndex: number, length: number): NetArray {
  if (startIndex >>> 0 > source.length) throw tooLarge(startIndex >>> 0, source.length, 'startIndex');
  if (length < 0) throw negative(length, 'length');
  if (startIndex > source.length - length) throw tooLarge(startIndex, source.length - length, 'startIndex');
  return charArray(source.slice(startIndex, startIndex + length));
}

function copyUnits(source: string, from: number, target: NetArray, to: number, count: number): undefined {
  if (count < 0) throw negative(count, 'count');
  if (from < 0) throw negative(from, 'sourceIndex');
  if (count > source.length - from) {
    throw say('Index and count must refer to a location within the string.', 'sourceIndex');
  }
  if (to > target.items.length - count) throw tooLarge(to, target.items.length - count, 'destinationIndex');
  if (to < 0) throw negative(to, 'destinationIndex');
  putChars(target, to, source.slice(from, from + count));
  return undefined;
}

function unitOf(source: string, index: number): Char {
  if (index >= 0 && index < source.length) return Char.of(source.charCodeAt(index));
  throw netFailure('System.IndexOutOfRangeException', 'Index was outside the bounds of the array.');
}

const forms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** A normalization form by its number in .NET: FormC 1, FormD 2, FormKC 5, FormKD 6. */
function formOf(value: Value): (typeof forms)[number] {
  const number = typeof value === 'object' && value !== null && 'value' in value ? Number(value.value) : 1;
  return forms[number > 4 ? number - 3 : number - 1] ?? 'NFC';
}

const caseMethods: Record<string, readonly Overload[]> = {};
for (const [name, change, changeTurkish] of [
  ['ToLower', lowerText, turkishLower],
  ['ToUpper', upperText, turkishUpper],
] as const) {
  caseMethods[name] = [
    {
      signature: `string ${name}()`,
      invoke: (self) => (hasDotlessI(currentCulture()) ? changeTurkish : change)(text(self)),
    },
    {
      signature: `string ${name}(cultureinfo culture)`,
      invoke: (self, [culture]) => (hasDotlessI(as(culture, CultureInfo)) ? changeTurkish : change)(text(self)),
    },
  ];
  caseMethods[`${name}Invariant`] = [{ signature: `string ${name}Invariant()`, invoke: (self) => change(text(self)) }];
}

function format(source: Value, args: readonly Value[], context: CallContext): string {
  return formatString(text(source), args, context);
}

/** Throws `NetFailure` (ArgumentNullException) for null, which PowerShell takes for the array itself. */
function formatArguments(args: Value): readonly Value[] {
  if (args instanceof NetArray) return args.items;
  throw nullArgument('args');
}

function formatMethods(): readonly Overload[] {
  const fixed = [1, 2, 3].map((count) => {
    const names = Array.from({ length: count }, (_, index) => `System.Object arg${index}`).join(', ');
    return {
      signature: `static string Format(string format, ${names})`,
      invoke: (_self, [source, ...args], context) => format(source, args, context),
    } satisfies Overload;
  });
  const withProvider = [1, 2, 3].map((count) => {
    const names = Array.from({ length: count }, (_, index) => `System.Object arg${index}`).join(', ');
    return {
      signature: `static string Format(System.IFormatProvider provider, string format, ${names})`,
      invoke: (_self, [provider, source, ...args], context) =>
        formatString(text(source), args, context, providedText(provider, context)),
    } satisfies Overload;
  });
  return [
    ...fixed,
    {
      signature: 'static string Format(string format, params System.Object[] args)',
      invoke: (_self, [source, args], context) => format(source, formatArguments(args), context),
    },
    ...withProvider,
    {
      signature: 'static string Format(System.IFormatProvider provider, string format, params System.Object[] args)',
      invoke: (_self, [provider, source, args], context) =>
        formatString(text(source), formatArguments(args), context, providedText(provider, context)),
    },
  ];
}

const enumerator = namedType('System.CharEnumerator');

/** What `'abc'.GetEnumerator()` gives. */
export const charEnumeratorDescription = enumeratorDescription('System.CharEnumerator', { item: 'char' });

export const stringDescription: TypeDescription = {
  name: 'System.String',
  kind: 'class',
  accelerators: ['string'],
  interfaces: [
    'System.IComparable',
    'System.Collections.IEnumerable',
    'System.IConvertible',
    'System.Collections.Generic.IEnumerable`1[char]',
    'System.IComparable`1[string]',
    'System.IEquatable`1[string]',
    'System.ICloneable',
  ],
  toText: (self) => text(self),
  constructors: [
    { signature: 'string new(char[] value)', invoke: (_self, [chars]) => charsText(chars) },
    {
      signature: 'string new(char[] value, int startIndex, int length)',
      invoke: (_self, [chars, start, length]) => partOfArray(chars, int(start), int(length)),
    },
    {
      signature: 'string new(char c, int count)',
      invoke: (_self, [unit, count], context) => repeated(unit, int(count), context),
    },
  ],
  properties: { Length: { type: 'int', get: (self) => text(self).length } },
  indexer: {
    get: [{ signature: 'char Chars(int index)', invoke: (self, [index]) => unitOf(text(self), int(index)) }],
    set: [],
  },
  methods: {
    ...compareMethods,
    ...searchMethods,
    ...editMethods,
    ...caseMethods,
    GetHashCode: [
      { signature: 'int GetHashCode()', invoke: (self) => hashCode(self) },
      {
        signature: 'int GetHashCode(System.StringComparison comparisonType)',
        invoke: (self) => hashCode(upperText(text(self))),
      },
    ],
    Clone: [{ signature: 'System.Object Clone()', invoke: (self) => self }],
    ToCharArray: [
      { signature: 'char[] ToCharArray()', invoke: (self) => charArray(text(self)) },
      {
        signature: 'char[] ToCharArray(int startIndex, int length)',
        invoke: (self, [start, length]) => toChars(text(self), int(start), int(length)),
      },
    ],
    CopyTo: [
      {
        signature: 'void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)',
        invoke: (self, [from, target, to, count]) =>
          copyUnits(text(self), int(from), as(target, NetArray), int(to), int(count)),
      },
    ],
    ToString: [
      { signature: 'string ToString()', invoke: (self) => text(self) },
      { signature: 'string ToString(System.IFormatProvider provider)', invoke: (self) => text(self) },
    ],
    GetEnumerator: [
      {
        signature: 'System.CharEnumerator GetEnumerator()',
        invoke: (self) => new EnumeratorObject(enumerator, () => charsOf(text(self)).values()),
      },
    ],
    GetTypeCode: [{ signature: 'System.TypeCode GetTypeCode()', invoke: () => enumOf('System.TypeCode', 18) }],
    IsNormalized: [
      { signature: 'bool IsNormalized()', invoke: (self) => text(self).normalize('NFC') === text(self) },
      {
        signature: 'bool IsNormalized(System.Text.NormalizationForm normalizationForm)',
        invoke: (self, [form]) => text(self).normalize(formOf(form)) === text(self),
      },
    ],
    Normalize: [
      { signature: 'string Normalize()', invoke: (self) => text(self).normalize('NFC') },
      {
        signature: 'string Normalize(System.Text.NormalizationForm normalizationForm)',
        invoke: (self, [form]) => text(self).normalize(formOf(form)),
      },
    ],
  },
  staticProperties: { Empty: { type: 'string', get: () => '' } },
  staticMethods: {
    ...staticCompareMethods,
    ...joinMethods,
    Format: formatMethods(),
    Intern: [{ signature: 'static string Intern(string str)', invoke: (_self, [source]) => source }],
    IsInterned: [{ signature: 'static string IsInterned(string str)', invoke: (_self, [source]) => source }],
    Copy: [{ signature: 'static string Copy(string str)', invoke: (_self, [source]) => source }],
    IsNullOrEmpty: [
      { signature: 'static bool IsNullOrEmpty(string value)', invoke: (_self, [source]) => text(source) === '' },
    ],
    IsNullOrWhiteSpace: [
      {
        signature: 'static bool IsNullOrWhiteSpace(string value)',
        invoke: (_self, [source]) => /^[\t-\r \u0085\p{Z}]*$/u.test(text(source)),
      },
    ],
  },
};
