import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { EnumValue } from '../../values/enum.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumOf } from '../enumeration.ts';
import { netTypes } from '../intrinsic.ts';
import type { Overload, Property, TypeDescription } from '../net-type.ts';
import { DateTimeFormatInfo, invariantCulture } from './culture.ts';
import { currentCulture } from './current-culture.ts';
import { type DateCulture, invariantDates } from './date-culture.ts';

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
    set: (value, pattern) => dates(value).change({ [name]: text(pattern) }),
  };
}

type Names =
  | 'days'
  | 'shortDays'
  | 'shortestDays'
  | 'months'
  | 'shortMonths'
  | 'genitiveMonths'
  | 'shortGenitiveMonths';

function dateNames(name: Names, extra = 0): Property {
  return {
    type: 'string[]',
    get: (value) =>
      new NetArray(netTypes.string, [...dates(value).culture[name], ...Array.from({ length: extra }, () => '')]),
    set: (value, names) =>
      dates(value).change({
        [name]: as(names, NetArray)
          .items.slice(0, extra === 0 ? 7 : 12)
          .map(text),
      }),
  };
}

function numberOf(label: Value): number {
  return label instanceof EnumValue ? Number(label.value) : 0;
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

function nameByDay(method: string, name: 'days' | 'shortDays' | 'shortestDays'): readonly Overload[] {
  return [
    {
      signature: `string ${method}(System.DayOfWeek dayofweek)`,
      invoke: (value, [day]) => dates(value).culture[name][numberOf(day)] ?? '',
    },
  ];
}

export const dateFormatDescription: TypeDescription = {
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
    CurrentInfo: {
      type: 'System.Globalization.DateTimeFormatInfo',
      get: () => (currentCulture() ?? invariantCulture).dates,
    },
  },
  properties: {
    AMDesignator: datePattern('am'),
    AbbreviatedDayNames: dateNames('shortDays'),
    AbbreviatedMonthGenitiveNames: dateNames('shortGenitiveMonths', 1),
    AbbreviatedMonthNames: dateNames('shortMonths', 1),
    DateSeparator: datePattern('dateSeparator'),
    DayNames: dateNames('days'),
    FirstDayOfWeek: {
      type: 'System.DayOfWeek',
      get: (value) => enumOf('System.DayOfWeek', dates(value).culture.firstDayOfWeek),
      set: (value, day) => dates(value).change({ firstDayOfWeek: numberOf(day) }),
    },
    FullDateTimePattern: datePattern('fullDateTime'),
    IsReadOnly: { type: 'bool', get: (value) => dates(value).isReadOnly },
    LongDatePattern: datePattern('longDate'),
    LongTimePattern: datePattern('longTime'),
    MonthDayPattern: datePattern('monthDay'),
    MonthGenitiveNames: dateNames('genitiveMonths', 1),
    MonthNames: dateNames('months', 1),
    PMDesignator: datePattern('pm'),
    RFC1123Pattern: { type: 'string', get: () => "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'" },
    ShortDatePattern: datePattern('shortDate'),
    ShortTimePattern: datePattern('shortTime'),
    ShortestDayNames: dateNames('shortestDays'),
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
    GetShortestDayName: nameByDay('GetShortestDayName', 'shortestDays'),
  },
};
