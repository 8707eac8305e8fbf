import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, int, long, text } from '../../values/narrow.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { comparableMethods } from '../comparable.ts';
import { enumOf } from '../enumeration.ts';
import { datesFor } from '../globalization/culture.ts';
import { currentDates } from '../globalization/current-culture.ts';
import type { DateCulture } from '../globalization/date-culture.ts';
import { netTypes } from '../intrinsic.ts';
import { overloadList } from '../method-table.ts';
import { notConvertible, type Overload, type Property, type TypeDescription } from '../net-type.ts';
import {
  type DateParts,
  dayNumber,
  dayOfWeek,
  daysInMonth,
  isLeapYear,
  maxTicks,
  partsOf,
  ticksPerDay,
  ticksPerHour,
  ticksPerMillisecond,
  ticksPerMinute,
  ticksPerSecond,
  unixEpochTicks,
} from './calendar.ts';
import { addMonths, addUnits, addYears } from './date-arithmetic.ts';
import { fileTicks, fromBinary, fromFileTicks, fromOle, toBinary, toOle } from './date-numbers.ts';
import { DateOnly, TimeOnly } from './date-only.ts';
import { momentOf } from './date-text.ts';
import { DateKind, DateTime, dateFromUnix } from './date-time.ts';
import { dateTimeConstructors } from './date-time-constructors.ts';
import { checkYear, kindOf } from './date-time-parts.ts';
import { parse, provider, readingMethods } from './date-time-reading.ts';
import { formatMoment } from './format-date.ts';
import { TimeSpan } from './time-span.ts';

const self = (value: Value): DateTime => as(value, DateTime);

const span = (value: Value): TimeSpan => as(value, TimeSpan);

const double = (value: Value): number => as(value, Double).value;

const parts = (value: Value): DateParts => partsOf(self(value).ticks);

function withTicks(date: Value, ticks: bigint): DateTime {
  return new DateTime(ticks, self(date).kind);
}

export function format(date: Value, pattern: Value, culture: DateCulture): string {
  return formatMoment(momentOf(self(date)), pattern === null ? undefined : text(pattern), culture);
}

function adder(name: string, ticksPerUnit: bigint): readonly Overload[] {
  return [
    {
      signature: `datetime ${name}(double value)`,
      invoke: (date, [value]) => withTicks(date, addUnits(self(date).ticks, double(value), ticksPerUnit)),
    },
  ];
}

export const number = (get: (value: Value) => number): Property => ({ type: 'int', get });

function compareDates(left: Value, right: Value): number {
  const difference = self(left).ticks - self(right).ticks;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const allFormats = ['d', 'D', 'f', 'F', 'g', 'G', 'm', 'M', 'o', 'O', 'r', 'R', 's', 't', 'T', 'u', 'U', 'y', 'Y'];

function allTexts(date: Value, formats: readonly string[], culture: DateCulture): NetArray {
  return new NetArray(
    netTypes.string,
    formats.map((one) => format(date, one, culture)),
  );
}

export const dateTimeDescription: TypeDescription = {
  name: 'System.DateTime',
  kind: 'struct',
  accelerators: ['datetime'],
  interfaces: [
    'System.IComparable',
    'System.IFormattable',
    'System.IConvertible',
    'System.IComparable`1[System.DateTime]',
    'System.IEquatable`1[System.DateTime]',
  ],
  constructors: dateTimeConstructors,
  staticProperties: {
    Now: { type: 'datetime', get: (_self, context) => dateFromUnix(context.clock.now(), 'local') },
    Today: {
      type: 'datetime',
      get: (_self, context) => {
        const now = dateFromUnix(context.clock.now(), 'local');
        return new DateTime(now.ticks - (now.ticks % ticksPerDay), DateKind.local);
      },
    },
    UtcNow: { type: 'datetime', get: (_self, context) => dateFromUnix(context.clock.now(), 'utc') },
    MinValue: { type: 'datetime', get: () => new DateTime(0n) },
    MaxValue: { type: 'datetime', get: () => new DateTime(maxTicks) },
    UnixEpoch: { type: 'datetime', get: () => new DateTime(unixEpochTicks, DateKind.utc) },
  },
  staticMethods: {
    Compare: [
      { signature: 'static int Compare(datetime t1, datetime t2)', invoke: (_self, [a, b]) => compareDates(a, b) },
    ],
    DaysInMonth: [
      {
        signature: 'static int DaysInMonth(int year, int month)',
        invoke: (_self, [year, month]) => {
          if (int(month) < 1 || int(month) > 12) {
            const message = 'Month must be between one and twelve.';
            throw netFailure(
              'System.ArgumentOutOfRangeException',
              `${message} (Parameter 'month')\nActual value was ${int(month)}.`,
            );
          }
          checkYear(int(year));
          return daysInMonth(int(year), int(month));
        },
      },
    ],
    Equals: [
      {
        signature: 'static bool Equals(datetime t1, datetime t2)',
        invoke: (_self, [a, b]) => compareDates(a, b) === 0,
      },
    ],
    FromBinary: [
      { signature: 'static datetime FromBinary(long dateData)', invoke: (_self, [data]) => fromBinary(long(data)) },
    ],
    FromFileTime: [
      {
        signature: 'static datetime FromFileTime(long fileTime)',
        invoke: (_self, [ticks]) => fromFileTicks(ticks).toLocal(),
      },
    ],
    FromFileTimeUtc: [
      { signature: 'static datetime FromFileTimeUtc(long fileTime)', invoke: (_self, [ticks]) => fromFileTicks(ticks) },
    ],
    FromOADate: [
      { signature: 'static datetime FromOADate(double d)', invoke: (_self, [days]) => fromOle(double(days)) },
    ],
    IsLeapYear: [
      {
        signature: 'static bool IsLeapYear(int year)',
        invoke: (_self, [year]) => {
          checkYear(int(year));
          return isLeapYear(int(year));
        },
      },
    ],
    ...readingMethods,
    SpecifyKind: [
      {
        signature: 'static datetime SpecifyKind(datetime value, System.DateTimeKind kind)',
        invoke: (_self, [date, kind]) => new DateTime(self(date).ticks, kindOf(kind)),
      },
    ],
  },
  properties: {
    Date: {
      type: 'datetime',
      get: (date) => withTicks(date, self(date).ticks - (self(date).ticks % ticksPerDay)),
    },
    Day: number((date) => parts(date).day),
    DayOfWeek: { type: 'System.DayOfWeek', get: (date) => enumOf('System.DayOfWeek', dayOfWeek(self(date).ticks)) },
    DayOfYear: number((date) => dayOfYear(parts(date))),
    Hour: number((date) => parts(date).hour),
    Kind: { type: 'System.DateTimeKind', get: (date) => enumOf('System.DateTimeKind', self(date).kind) },
    Millisecond: number((date) => Math.floor(parts(date).tick / 10_000)),
    Microsecond: number((date) => Math.floor(parts(date).tick / 10) % 1000),
    Nanosecond: number((date) => (parts(date).tick % 10) * 100),
    Minute: number((date) => parts(date).minute),
    Month: number((date) => parts(date).month),
    Second: number((date) => parts(date).second),
    Ticks: { type: 'long', get: (date) => self(date).ticks },
    TimeOfDay: { type: 'timespan', get: (date) => new TimeSpan(self(date).ticks % ticksPerDay) },
    Year: number((date) => parts(date).year),
    DateTime: {
      type: 'System.Object',
      addedAs: 'ScriptProperty',
      get: (date) => {
        const culture = currentDates();
        return `${format(date, 'D', culture)} ${format(date, 'T', culture)}`;
      },
    },
  },
  methods: {
    Add: [
      {
        signature: 'datetime Add(timespan value)',
        invoke: (date, [value]) => withTicks(date, self(date).ticks + span(value).ticks),
      },
    ],
    AddDays: adder('AddDays', ticksPerDay),
    AddHours: adder('AddHours', ticksPerHour),
    AddMicroseconds: adder('AddMicroseconds', 10n),
    AddMilliseconds: adder('AddMilliseconds', ticksPerMillisecond),
    AddMinutes: adder('AddMinutes', ticksPerMinute),
    AddMonths: [
      {
        signature: 'datetime AddMonths(int months)',
        invoke: (date, [months]) => withTicks(date, addMonths(self(date).ticks, int(months))),
      },
    ],
    AddSeconds: adder('AddSeconds', ticksPerSecond),
    AddTicks: [
      {
        signature: 'datetime AddTicks(long value)',
        invoke: (date, [value]) => withTicks(date, self(date).ticks + long(value)),
      },
    ],
    AddYears: [
      {
        signature: 'datetime AddYears(int value)',
        invoke: (date, [years]) => withTicks(date, addYears(self(date).ticks, int(years))),
      },
    ],
    ...comparableMethods('datetime', compareDates),
    Deconstruct: overloadList({
      'void Deconstruct([ref] System.DateOnly date, [ref] System.TimeOnly time)': (date, [day, time]) => {
        setReference(day, new DateOnly(Number(self(date).ticks / ticksPerDay)));
        setReference(time, new TimeOnly(self(date).ticks % ticksPerDay));
        return undefined;
      },
      'void Deconstruct([ref] int year, [ref] int month, [ref] int day)': (date, [year, month, day]) => {
        setReference(year, parts(date).year);
        setReference(month, parts(date).month);
        setReference(day, parts(date).day);
        return undefined;
      },
    }),
    GetDateTimeFormats: [
      {
        signature: 'string[] GetDateTimeFormats()',
        invoke: (date) => allTexts(date, allFormats, currentDates()),
      },
      {
        signature: `string[] GetDateTimeFormats(${provider})`,
        invoke: (date, [culture]) => allTexts(date, allFormats, datesFor(culture)),
      },
      {
        signature: 'string[] GetDateTimeFormats(char format)',
        invoke: (date, [letter], context) => allTexts(date, [context.text(letter)], currentDates()),
      },
      {
        signature: `string[] GetDateTimeFormats(char format, ${provider})`,
        invoke: (date, [letter, culture], context) => allTexts(date, [context.text(letter)], datesFor(culture)),
      },
    ],
    IsDaylightSavingTime: [
      {
        signature: 'bool IsDaylightSavingTime()',
        invoke: (date) => self(date).kind !== DateKind.utc && isDaylightSaving(self(date)),
      },
    ],
    Subtract: [
      {
        signature: 'timespan Subtract(datetime value)',
        invoke: (date, [other]) => new TimeSpan(self(date).ticks - self(other).ticks),
      },
      {
        signature: 'datetime Subtract(timespan value)',
        invoke: (date, [value]) => withTicks(date, self(date).ticks - span(value).ticks),
      },
    ],
    ToBinary: [{ signature: 'long ToBinary()', invoke: (date) => toBinary(self(date)) }],
    ToFileTime: [{ signature: 'long ToFileTime()', invoke: (date) => fileTicks(self(date).toUtc()) }],
    ToFileTimeUtc: [
      {
        signature: 'long ToFileTimeUtc()',
        invoke: (date) => fileTicks(self(date).kind === DateKind.local ? self(date).toUtc() : self(date)),
      },
    ],
    ToLocalTime: [{ signature: 'datetime ToLocalTime()', invoke: (date) => self(date).toLocal() }],
    ToLongDateString: [{ signature: 'string ToLongDateString()', invoke: (date) => format(date, 'D', currentDates()) }],
    ToLongTimeString: [{ signature: 'string ToLongTimeString()', invoke: (date) => format(date, 'T', currentDates()) }],
    ToOADate: [{ signature: 'double ToOADate()', invoke: (date) => toOle(self(date)) }],
    ToShortDateString: [
      { signature: 'string ToShortDateString()', invoke: (date) => format(date, 'd', currentDates()) },
    ],
    ToShortTimeString: [
      { signature: 'string ToShortTimeString()', invoke: (date) => format(date, 't', currentDates()) },
    ],
    ToString: [
      { signature: 'string ToString()', invoke: (date) => format(date, null, currentDates()) },
      {
        signature: 'string ToString(string format)',
        invoke: (date, [pattern]) => format(date, pattern ?? null, currentDates()),
      },
      { signature: `string ToString(${provider})`, invoke: (date, [culture]) => format(date, null, datesFor(culture)) },
      {
        signature: `string ToString(string format, ${provider})`,
        invoke: (date, [pattern, culture]) => format(date, pattern ?? null, datesFor(culture)),
      },
    ],
    ToUniversalTime: [{ signature: 'datetime ToUniversalTime()', invoke: (date) => self(date).toUtc() }],
  },
  zero: () => new DateTime(0n),
  equals: (left, right) => right instanceof DateTime && compareDates(left, right) === 0,
  hashKey: (date) => self(date).ticks,
  compare: compareDates,
  toText: (date, pattern) => format(date, pattern ?? null, currentDates()),
  parse: (input, context) => parse(input, null, 0, context),
  operators: {
    '+': (left, right) =>
      left instanceof DateTime && right instanceof TimeSpan
        ? withTicks(left, left.ticks + right.ticks)
        : notConvertible,
    '-': (left, right) => {
      if (!(left instanceof DateTime)) return notConvertible;
      if (right instanceof DateTime) return new TimeSpan(left.ticks - right.ticks);
      return right instanceof TimeSpan ? withTicks(left, left.ticks - right.ticks) : notConvertible;
    },
  },
};

function dayOfYear({ year, month, day }: DateParts): number {
  return dayNumber(year, month, day) - dayNumber(year, 1, 1) + 1;
}

function isDaylightSaving(date: DateTime): boolean {
  const { year, month, day, hour, minute } = partsOf(date.ticks);
  const offset = new Date(year, month - 1, day, hour, minute).getTimezoneOffset();
  const winter = Math.max(new Date(year, 0, 1).getTimezoneOffset(), new Date(year, 6, 1).getTimezoneOffset());
  return offset < winter;
}
