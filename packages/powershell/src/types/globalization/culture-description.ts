import { compareText } from '../../conversion/collation.ts';
import { invariantNumbers, type NumberCulture } from '../../conversion/numbers/number-culture.ts';
import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { EnumValue } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { NetType, Overload, Property, TypeDescription } from '../net-type.ts';
import { partsOf } from '../time/calendar.ts';
import { DateTime } from '../time/date-time.ts';
import { CultureInfo, cultureOf, DateTimeFormatInfo, invariantCulture, NumberFormatInfo } from './culture.ts';
import { type DateCulture, invariantDates } from './date-culture.ts';
import { isoWeek, weekOfYear } from './week.ts';

const self = (value: Value): CultureInfo => as(value, CultureInfo);

function byName(name: Value): CultureInfo {
  if (name === null || name === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'name' });
  }
  const culture = cultureOf(text(name));
  if (culture !== undefined) return culture;
  throw netFailure(
    'System.Globalization.CultureNotFoundException',
    `Culture is not supported. (Parameter 'name')\n${text(name)} is an invalid culture identifier.`,
    { details: { ParamName: 'name', InvalidCultureName: text(name) } },
  );
}

function displayName(culture: CultureInfo, language: string): string {
  if (culture.name === '') return 'Invariant Language (Invariant Country)';
  return (
    new Intl.DisplayNames(language, { type: 'language', languageDisplay: 'standard' }).of(culture.name) ?? culture.name
  );
}

/** Upper and lower case of text: `TextInfo`. */
class TextInfo extends Instance {
  readonly culture: CultureInfo;
  constructor(culture: CultureInfo) {
    super();
    this.culture = culture;
  }
  get type(): NetType {
    return namedType('System.Globalization.TextInfo');
  }
}

/** Comparing of text: `CompareInfo`. */
class CompareInfo extends Instance {
  get type(): NetType {
    return namedType('System.Globalization.CompareInfo');
  }
}

class Calendar extends Instance {
  get type(): NetType {
    return namedType('System.Globalization.GregorianCalendar');
  }
}

const cultureDescription: TypeDescription = {
  name: 'System.Globalization.CultureInfo',
  kind: 'class',
  accelerators: ['cultureinfo'],
  interfaces: ['System.IFormatProvider', 'System.ICloneable'],
  constructors: [
    { signature: 'cultureinfo new(string name)', invoke: (_self, [name]) => byName(name) },
    { signature: 'cultureinfo new(string name, bool useUserOverride)', invoke: (_self, [name]) => byName(name) },
  ],
  staticProperties: {
    CurrentCulture: { type: 'cultureinfo', get: () => invariantCulture },
    CurrentUICulture: { type: 'cultureinfo', get: () => invariantCulture },
    InstalledUICulture: { type: 'cultureinfo', get: () => invariantCulture },
    InvariantCulture: { type: 'cultureinfo', get: () => invariantCulture },
  },
  staticMethods: {
    CreateSpecificCulture: [
      {
        signature: 'static cultureinfo CreateSpecificCulture(string name)',
        invoke: (_self, [name]) => {
          const culture = byName(name);
          if (culture.name === '' || culture.name.includes('-')) return culture;
          const { language, region } = new Intl.Locale(culture.name).maximize();
          return byName(`${language}-${region ?? ''}`);
        },
      },
    ],
    GetCultureInfo: [
      { signature: 'static cultureinfo GetCultureInfo(string name)', invoke: (_self, [name]) => byName(name) },
    ],
    ReadOnly: [
      { signature: 'static cultureinfo ReadOnly(cultureinfo ci)', invoke: (_self, [culture]) => self(culture) },
    ],
  },
  properties: {
    Calendar: { type: 'System.Globalization.Calendar', get: () => new Calendar() },
    CompareInfo: { type: 'System.Globalization.CompareInfo', get: () => new CompareInfo() },
    DateTimeFormat: {
      type: 'System.Globalization.DateTimeFormatInfo',
      get: (value) => self(value).dates,
      set: (value, format) => {
        self(value).dates = as(format, DateTimeFormatInfo);
      },
    },
    DisplayName: { type: 'string', get: (value) => displayName(self(value), 'en') },
    EnglishName: { type: 'string', get: (value) => displayName(self(value), 'en') },
    IetfLanguageTag: { type: 'string', get: (value) => self(value).name },
    IsNeutralCulture: { type: 'bool', get: (value) => self(value).name !== '' && !self(value).name.includes('-') },
    IsReadOnly: { type: 'bool', get: () => true },
    LCID: { type: 'int', get: (value) => lcids.get(self(value).name) ?? 4096 },
    Name: { type: 'string', get: (value) => self(value).name },
    NativeName: {
      type: 'string',
      get: (value) => displayName(self(value), self(value).name === '' ? 'en' : self(value).name),
    },
    NumberFormat: {
      type: 'System.Globalization.NumberFormatInfo',
      get: (value) => self(value).numbers,
      set: (value, format) => {
        self(value).numbers = as(format, NumberFormatInfo);
      },
    },
    Parent: {
      type: 'cultureinfo',
      get: (value) => byName(self(value).name.includes('-') ? self(value).name.replace(/-[^-]*$/, '') : ''),
    },
    TextInfo: { type: 'System.Globalization.TextInfo', get: (value) => new TextInfo(self(value)) },
    TwoLetterISOLanguageName: {
      type: 'string',
      get: (value) => (self(value).name === '' ? 'iv' : self(value).name.replace(/-.*$/, '')),
    },
  },
  methods: {
    Clone: [{ signature: 'System.Object Clone()', invoke: (value) => self(value).clone() }],
    Equals: [
      {
        signature: 'bool Equals(System.Object value)',
        invoke: (value, [other]) => other instanceof CultureInfo && self(value).name === other.name,
      },
    ],
    ToString: [{ signature: 'string ToString()', invoke: (value) => self(value).name }],
  },
  equals: (left, right) => right instanceof CultureInfo && self(left).name === right.name,
  hashKey: (value) => self(value).name,
  toText: (value) => self(value).name,
};

const lcids: ReadonlyMap<string, number> = new Map([
  ['', 127],
  ['en-US', 1033],
  ['en-GB', 2057],
  ['de-DE', 1031],
  ['de-AT', 3079],
  ['de-CH', 2055],
  ['fr-FR', 1036],
  ['it-IT', 1040],
  ['es-ES', 3082],
  ['nl-NL', 1043],
  ['pl-PL', 1045],
  ['sv-SE', 1053],
  ['da-DK', 1030],
  ['nb-NO', 1044],
  ['ja-JP', 1041],
]);

const dates = (value: Value): DateTimeFormatInfo => as(value, DateTimeFormatInfo);

/** A property of the culture that a script may set. */
function datePattern(
  name: keyof DateCulture &
    (
      | 'shortDate'
      | 'longDate'
      | 'shortTime'
      | 'longTime'
      | 'monthDay'
      | 'yearMonth'
      | 'fullDateTime'
      | 'dateSeparator'
      | 'timeSeparator'
      | 'am'
      | 'pm'
    ),
): Property {
  return {
    type: 'string',
    get: (value) => dates(value).culture[name],
    set: (value, pattern) => {
      dates(value).culture = { ...dates(value).culture, [name]: text(pattern) };
    },
  };
}

function dateNames(name: 'days' | 'shortDays' | 'months' | 'shortMonths', extra = 0): Property {
  return {
    type: 'string[]',
    get: (value) =>
      new NetArray(netTypes.string, [...dates(value).culture[name], ...Array.from({ length: extra }, () => '')]),
  };
}

function nameByNumber(method: string, name: 'months' | 'shortMonths'): readonly Overload[] {
  return [
    {
      signature: `string ${method}(int month)`,
      invoke: (value, [month]) => {
        const number = int(month);
        if (number >= 1 && number <= 13) return dates(value).culture[name][number - 1] ?? '';
        throw netFailure('System.ArgumentOutOfRangeException', 'Valid values are between 1 and 13, inclusive.', {
          parameter: 'month',
        });
      },
    },
  ];
}

function nameByDay(method: string, name: 'days' | 'shortDays'): readonly Overload[] {
  return [
    {
      signature: `string ${method}(System.DayOfWeek dayofweek)`,
      invoke: (value, [day]) => dates(value).culture[name][day instanceof EnumValue ? Number(day.value) : 0] ?? '',
    },
  ];
}

const dateFormatDescription: TypeDescription = {
  name: 'System.Globalization.DateTimeFormatInfo',
  kind: 'class',
  interfaces: ['System.IFormatProvider', 'System.ICloneable'],
  constructors: [
    {
      signature: 'System.Globalization.DateTimeFormatInfo new()',
      invoke: () => new DateTimeFormatInfo(invariantDates),
    },
  ],
  staticProperties: {
    InvariantInfo: { type: 'System.Globalization.DateTimeFormatInfo', get: () => invariantCulture.dates },
    CurrentInfo: { type: 'System.Globalization.DateTimeFormatInfo', get: () => invariantCulture.dates },
  },
  properties: {
    AMDesignator: datePattern('am'),
    AbbreviatedDayNames: dateNames('shortDays'),
    AbbreviatedMonthNames: dateNames('shortMonths', 1),
    DateSeparator: datePattern('dateSeparator'),
    DayNames: dateNames('days'),
    FirstDayOfWeek: {
      type: 'System.DayOfWeek',
      get: (value) => enumOf('System.DayOfWeek', dates(value).culture.firstDayOfWeek),
    },
    FullDateTimePattern: datePattern('fullDateTime'),
    LongDatePattern: datePattern('longDate'),
    LongTimePattern: datePattern('longTime'),
    MonthDayPattern: datePattern('monthDay'),
    MonthNames: dateNames('months', 1),
    PMDesignator: datePattern('pm'),
    RFC1123Pattern: { type: 'string', get: () => "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'" },
    ShortDatePattern: datePattern('shortDate'),
    ShortTimePattern: datePattern('shortTime'),
    SortableDateTimePattern: { type: 'string', get: () => "yyyy'-'MM'-'dd'T'HH':'mm':'ss" },
    TimeSeparator: datePattern('timeSeparator'),
    UniversalSortableDateTimePattern: { type: 'string', get: () => "yyyy'-'MM'-'dd HH':'mm':'ss'Z'" },
    YearMonthPattern: datePattern('yearMonth'),
  },
  methods: {
    Clone: [{ signature: 'System.Object Clone()', invoke: (value) => new DateTimeFormatInfo(dates(value).culture) }],
    GetAbbreviatedDayName: nameByDay('GetAbbreviatedDayName', 'shortDays'),
    GetAbbreviatedMonthName: nameByNumber('GetAbbreviatedMonthName', 'shortMonths'),
    GetDayName: nameByDay('GetDayName', 'days'),
    GetMonthName: nameByNumber('GetMonthName', 'months'),
  },
};

const numbers = (value: Value): NumberFormatInfo => as(value, NumberFormatInfo);

type TextOfNumbers = {
  [name in keyof NumberCulture]: NumberCulture[name] extends string ? name : never;
}[keyof NumberCulture];

function numberText(name: TextOfNumbers): Property {
  return {
    type: 'string',
    get: (value) => numbers(value).culture[name],
    set: (value, sign) => {
      numbers(value).culture = { ...numbers(value).culture, [name]: text(sign) };
    },
  };
}

function numberDigits(name: 'decimalDigits' | 'currencyDigits' | 'percentDigits'): Property {
  return {
    type: 'int',
    get: (value) => numbers(value).culture[name],
    set: (value, digits) => {
      numbers(value).culture = { ...numbers(value).culture, [name]: int(digits) };
    },
  };
}

const numberFormatDescription: TypeDescription = {
  name: 'System.Globalization.NumberFormatInfo',
  kind: 'class',
  interfaces: ['System.IFormatProvider', 'System.ICloneable'],
  constructors: [
    { signature: 'System.Globalization.NumberFormatInfo new()', invoke: () => new NumberFormatInfo(invariantNumbers) },
  ],
  staticProperties: {
    InvariantInfo: { type: 'System.Globalization.NumberFormatInfo', get: () => invariantCulture.numbers },
    CurrentInfo: { type: 'System.Globalization.NumberFormatInfo', get: () => invariantCulture.numbers },
  },
  properties: {
    CurrencyDecimalDigits: numberDigits('currencyDigits'),
    CurrencyDecimalSeparator: numberText('currencyDecimalSeparator'),
    CurrencyGroupSeparator: numberText('currencyGroupSeparator'),
    CurrencySymbol: numberText('currencySymbol'),
    NaNSymbol: numberText('nan'),
    NegativeInfinitySymbol: numberText('negativeInfinity'),
    NegativeSign: numberText('negativeSign'),
    NumberDecimalDigits: numberDigits('decimalDigits'),
    NumberDecimalSeparator: numberText('decimalSeparator'),
    NumberGroupSeparator: numberText('groupSeparator'),
    PerMilleSymbol: numberText('perMilleSymbol'),
    PercentDecimalDigits: numberDigits('percentDigits'),
    PercentDecimalSeparator: numberText('decimalSeparator'),
    PercentGroupSeparator: numberText('groupSeparator'),
    PercentSymbol: numberText('percentSymbol'),
    PositiveInfinitySymbol: numberText('positiveInfinity'),
    PositiveSign: numberText('positiveSign'),
  },
  methods: {
    Clone: [{ signature: 'System.Object Clone()', invoke: (value) => new NumberFormatInfo(numbers(value).culture) }],
  },
};

/** The first letter of each word in capitals; words that are all capitals stay. */
function titleCase(value: string): string {
  return value.replace(/[\p{L}\p{M}']+/gu, (word) =>
    word === word.toUpperCase() && word.length > 1 ? word : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
  );
}

const textInfoDescription: TypeDescription = {
  name: 'System.Globalization.TextInfo',
  kind: 'class',
  properties: {
    CultureName: { type: 'string', get: (value) => as(value, TextInfo).culture.name },
    IsReadOnly: { type: 'bool', get: () => true },
    IsRightToLeft: { type: 'bool', get: (value) => /^(?:ar|he|fa|ur)\b/.test(as(value, TextInfo).culture.name) },
    ListSeparator: {
      type: 'string',
      get: (value) => (as(value, TextInfo).culture.numbers.culture.decimalSeparator === ',' ? ';' : ','),
    },
  },
  methods: {
    ToLower: [{ signature: 'string ToLower(string str)', invoke: (_value, [value]) => text(value).toLowerCase() }],
    ToTitleCase: [{ signature: 'string ToTitleCase(string str)', invoke: (_value, [value]) => titleCase(text(value)) }],
    ToUpper: [{ signature: 'string ToUpper(string str)', invoke: (_value, [value]) => text(value).toUpperCase() }],
  },
};

const ignoreCase = 1;
const ignoreNonSpace = 2;

function compare(left: string, right: string, options: Value): number {
  const bits = options instanceof EnumValue ? Number(options.value) : 0;
  const strip = (value: string): string =>
    (bits & ignoreNonSpace) === 0 ? value : value.normalize('NFD').replace(/\p{Mn}/gu, '');
  return Math.sign(compareText(strip(left), strip(right), (bits & ignoreCase) !== 0));
}

const compareInfoDescription: TypeDescription = {
  name: 'System.Globalization.CompareInfo',
  kind: 'class',
  properties: { Name: { type: 'string', get: () => '' } },
  methods: {
    Compare: [
      {
        signature: 'int Compare(string string1, string string2)',
        invoke: (_value, [a, b]) => compare(text(a), text(b), null),
      },
      {
        signature: 'int Compare(string string1, string string2, System.Globalization.CompareOptions options)',
        invoke: (_value, [a, b, options]) => compare(text(a), text(b), options),
      },
    ],
    IndexOf: [
      {
        signature: 'int IndexOf(string source, string value)',
        invoke: (_value, [source, wanted]) => indexOf(text(source), text(wanted), null),
      },
      {
        signature: 'int IndexOf(string source, string value, System.Globalization.CompareOptions options)',
        invoke: (_value, [source, wanted, options]) => indexOf(text(source), text(wanted), options),
      },
    ],
    IsPrefix: [
      {
        signature: 'bool IsPrefix(string source, string prefix)',
        invoke: (_value, [source, prefix]) =>
          compare(text(source).slice(0, text(prefix).length), text(prefix), null) === 0,
      },
      {
        signature: 'bool IsPrefix(string source, string prefix, System.Globalization.CompareOptions options)',
        invoke: (_value, [source, prefix, options]) =>
          compare(text(source).slice(0, text(prefix).length), text(prefix), options) === 0,
      },
    ],
    IsSuffix: [
      {
        signature: 'bool IsSuffix(string source, string suffix, System.Globalization.CompareOptions options)',
        invoke: (_value, [source, suffix, options]) =>
          compare(text(source).slice(-text(suffix).length || text(source).length), text(suffix), options) === 0,
      },
    ],
  },
};

function indexOf(source: string, wanted: string, options: Value): number {
  for (let at = 0; at + wanted.length <= source.length; at++) {
    if (compare(source.slice(at, at + wanted.length), wanted, options) === 0) return at;
  }
  return -1;
}

const calendarDescription: TypeDescription = {
  name: 'System.Globalization.Calendar',
  kind: 'class',
  isAbstract: true,
  methods: {
    GetWeekOfYear: [
      {
        signature:
          'int GetWeekOfYear(datetime time, System.Globalization.CalendarWeekRule rule, System.DayOfWeek firstDayOfWeek)',
        invoke: (_value, [date, rule, first]) =>
          weekOfYear(
            partsOf(as(date, DateTime).ticks),
            rule instanceof EnumValue ? Number(rule.value) : 0,
            first instanceof EnumValue ? Number(first.value) : 0,
          ),
      },
    ],
    GetYear: [
      { signature: 'int GetYear(datetime time)', invoke: (_value, [date]) => partsOf(as(date, DateTime).ticks).year },
    ],
  },
};

const isoWeekDescription: TypeDescription = {
  name: 'System.Globalization.ISOWeek',
  kind: 'class',
  isAbstract: true,
  staticMethods: {
    GetWeekOfYear: [
      {
        signature: 'static int GetWeekOfYear(datetime date)',
        invoke: (_self, [date]) => isoWeek(partsOf(as(date, DateTime).ticks)).week,
      },
    ],
    GetYear: [
      {
        signature: 'static int GetYear(datetime date)',
        invoke: (_self, [date]) => isoWeek(partsOf(as(date, DateTime).ticks)).year,
      },
    ],
  },
};

export const cultureDescriptions: readonly TypeDescription[] = [
  cultureDescription,
  dateFormatDescription,
  numberFormatDescription,
  textInfoDescription,
  compareInfoDescription,
  calendarDescription,
  { name: 'System.Globalization.GregorianCalendar', kind: 'class', base: 'System.Globalization.Calendar' },
  isoWeekDescription,
  enumeration(
    'System.Globalization.CompareOptions',
    {
      None: 0,
      IgnoreCase: ignoreCase,
      IgnoreNonSpace: ignoreNonSpace,
      IgnoreSymbols: 4,
      IgnoreKanaType: 8,
      IgnoreWidth: 16,
      OrdinalIgnoreCase: 0x10000000,
      StringSort: 0x20000000,
      Ordinal: 0x40000000,
    },
    { flags: true },
  ),
];
