import { netFailure } from '../../errors/raise.ts';
import { as, int, long, text } from '../../values/narrow.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { comparableMethods } from '../comparable.ts';
import { enumOf } from '../enumeration.ts';
import { datesFor } from '../globalization/culture.ts';
import { currentDates } from '../globalization/current-culture.ts';
import type { DateCulture } from '../globalization/date-culture.ts';
import { notConvertible, type Overload, type Property, type TypeDescription } from '../net-type.ts';
import {
  dayNumber,
  dayOfWeek,
  fileEpochTicks,
  maxTicks,
  partsOf,
  ticksOf,
  ticksPerDay,
  ticksPerHour,
  ticksPerMillisecond,
  ticksPerMinute,
  ticksPerSecond,
  unixEpochTicks,
} from './calendar.ts';
import { addMonths, addUnits, addYears } from './date-arithmetic.ts';
import { DateKind, DateTime, dateFromUnix } from './date-time.ts';
import { DateTimeOffset, fromDateTime, typeName } from './date-time-offset.ts';
import { parse, provider, readingMethods, returns } from './date-time-offset-reading.ts';
import { formatMoment, offsetText } from './format-date.ts';
import { TimeSpan } from './time-span.ts';

const self = (value: Value): DateTimeOffset => as(value, DateTimeOffset);

const span = (value: Value): TimeSpan => as(value, TimeSpan);

const double = (value: Value): number => as(value, Double).value;

function minutesOf(offset: Value): number {
  const { ticks } = span(offset);
  if (ticks % ticksPerMinute !== 0n) {
    throw netFailure('System.ArgumentException', 'Offset must be specified in whole minutes.', { parameter: 'offset' });
  }
  return Number(ticks / ticksPerMinute);
}

function atOffset(utcTicks: bigint, offset: number): DateTimeOffset {
  return new DateTimeOffset(utcTicks + BigInt(offset) * ticksPerMinute, offset);
}

function toLocal(value: DateTimeOffset): DateTimeOffset {
  return fromDateTime(new DateTime(value.utcTicks, DateKind.utc).toLocal());
}

const fromUnix = (ticks: bigint): DateTimeOffset => new DateTimeOffset(unixEpochTicks + ticks, 0);

function withTicks(value: Value, ticks: bigint): DateTimeOffset {
  return new DateTimeOffset(ticks, self(value).offset);
}

function adder(name: string, ticksPerUnit: bigint): readonly Overload[] {
  return [
    {
      signature: `System.DateTimeOffset ${name}(double value)`,
      invoke: (value, [amount]) => withTicks(value, addUnits(self(value).ticks, double(amount), ticksPerUnit)),
    },
  ];
}

function compareOffsets(left: Value, right: Value): number {
  const difference = self(left).utcTicks - self(right).utcTicks;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function format(value: Value, pattern: Value, culture: DateCulture): string {
  const { ticks, offset, utcTicks } = self(value);
  const moment = { ticks, offset, zone: offsetText(offset, 3), utcTicks, hasOffset: true };
  return formatMoment(moment, pattern === null || pattern === undefined ? undefined : text(pattern), culture);
}

export const number = (get: (value: DateTimeOffset) => number): Property => ({
  type: 'int',
  get: (value) => get(self(value)),
});

function ofParts(values: readonly Value[], offset: Value): DateTimeOffset {
  const [year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = values.map(int);
  return new DateTimeOffset(
    ticksOf({ year, month, day, hour, minute, second, tick: millisecond * 10_000 }),
    minutesOf(offset),
  );
}

export const dateTimeOffsetDescription: TypeDescription = {
  name: typeName,
  kind: 'struct',
  interfaces: [
    'System.IComparable',
    'System.IFormattable',
    'System.IComparable`1[System.DateTimeOffset]',
    'System.IEquatable`1[System.DateTimeOffset]',
  ],
  constructors: [
    {
      signature: 'System.DateTimeOffset new(long ticks, timespan offset)',
      invoke: (_self, [ticks, offset]) => new DateTimeOffset(long(ticks), minutesOf(offset)),
    },
    {
      signature: 'System.DateTimeOffset new(datetime dateTime)',
      invoke: (_self, [date]) => fromDateTime(as(date, DateTime)),
    },
    {
      signature: 'System.DateTimeOffset new(datetime dateTime, timespan offset)',
      invoke: (_self, [date, offset]) => {
        const { kind, ticks } = as(date, DateTime);
        if (kind === DateKind.utc && minutesOf(offset) !== 0) {
          throw netFailure('System.ArgumentException', 'The UTC Offset for Utc DateTime instances must be 0.', {
            parameter: 'offset',
          });
        }
        return new DateTimeOffset(ticks, minutesOf(offset));
      },
    },
    {
      signature:
        'System.DateTimeOffset new(int year, int month, int day, int hour, int minute, int second, timespan offset)',
      invoke: (_self, values) => ofParts(values.slice(0, 6), values[6]),
    },
    {
      signature:
        'System.DateTimeOffset new(int year, int month, int day, int hour, int minute, int second, int millisecond, timespan offset)',
      invoke: (_self, values) => ofParts(values.slice(0, 7), values[7]),
    },
  ],
  staticProperties: {
    UtcNow: {
      type: typeName,
      get: (_self, context) => new DateTimeOffset(dateFromUnix(context.clock.now(), 'utc').ticks, 0),
    },
    Now: { type: typeName, get: (_self, context) => fromDateTime(dateFromUnix(context.clock.now(), 'local')) },
    MinValue: { type: typeName, get: () => new DateTimeOffset(0n, 0) },
    MaxValue: { type: typeName, get: () => new DateTimeOffset(maxTicks, 0) },
    UnixEpoch: { type: typeName, get: () => new DateTimeOffset(unixEpochTicks, 0) },
  },
  staticMethods: {
    Compare: [
      {
        signature: 'static int Compare(System.DateTimeOffset first, System.DateTimeOffset second)',
        invoke: (_self, [a, b]) => compareOffsets(a, b),
      },
    ],
    FromFileTime: [
      {
        signature: `${returns} FromFileTime(long fileTime)`,
        invoke: (_self, [ticks]) => toLocal(new DateTimeOffset(long(ticks) + fileEpochTicks, 0)),
      },
    ],
    FromUnixTimeMilliseconds: [
      {
        signature: `${returns} FromUnixTimeMilliseconds(long milliseconds)`,
        invoke: (_self, [value]) => fromUnix(long(value) * ticksPerMillisecond),
      },
    ],
    FromUnixTimeSeconds: [
      {
        signature: `${returns} FromUnixTimeSeconds(long seconds)`,
        invoke: (_self, [value]) => fromUnix(long(value) * ticksPerSecond),
      },
    ],
    ...readingMethods,
  },
  properties: {
    DateTime: { type: 'datetime', get: (value) => new DateTime(self(value).ticks) },
    UtcDateTime: { type: 'datetime', get: (value) => new DateTime(self(value).utcTicks, DateKind.utc) },
    LocalDateTime: { type: 'datetime', get: (value) => new DateTime(self(value).utcTicks, DateKind.utc).toLocal() },
    Date: { type: 'datetime', get: (value) => new DateTime(self(value).ticks - (self(value).ticks % ticksPerDay)) },
    Day: number(({ ticks }) => partsOf(ticks).day),
    DayOfWeek: { type: 'System.DayOfWeek', get: (value) => enumOf('System.DayOfWeek', dayOfWeek(self(value).ticks)) },
    DayOfYear: number(({ ticks }) => {
      const { year, month, day } = partsOf(ticks);
      return dayNumber(year, month, day) - dayNumber(year, 1, 1) + 1;
    }),
    Hour: number(({ ticks }) => partsOf(ticks).hour),
    Microsecond: number(({ ticks }) => Math.floor(partsOf(ticks).tick / 10) % 1000),
    Nanosecond: number(({ ticks }) => (partsOf(ticks).tick % 10) * 100),
    Millisecond: number(({ ticks }) => Math.floor(partsOf(ticks).tick / 10_000)),
    Minute: number(({ ticks }) => partsOf(ticks).minute),
    Month: number(({ ticks }) => partsOf(ticks).month),
    Offset: { type: 'timespan', get: (value) => new TimeSpan(BigInt(self(value).offset) * ticksPerMinute) },
    TotalOffsetMinutes: number(({ offset }) => offset),
    Second: number(({ ticks }) => partsOf(ticks).second),
    Ticks: { type: 'long', get: (value) => self(value).ticks },
    UtcTicks: { type: 'long', get: (value) => self(value).utcTicks },
    TimeOfDay: { type: 'timespan', get: (value) => new TimeSpan(self(value).ticks % ticksPerDay) },
    Year: number(({ ticks }) => partsOf(ticks).year),
  },
  methods: {
    Add: [
      {
        signature: 'System.DateTimeOffset Add(timespan timeSpan)',
        invoke: (value, [amount]) => withTicks(value, self(value).ticks + span(amount).ticks),
      },
    ],
    AddDays: adder('AddDays', ticksPerDay),
    AddHours: adder('AddHours', ticksPerHour),
    AddMicroseconds: adder('AddMicroseconds', 10n),
    AddMilliseconds: adder('AddMilliseconds', ticksPerMillisecond),
    AddMinutes: adder('AddMinutes', ticksPerMinute),
    AddMonths: [
      {
        signature: 'System.DateTimeOffset AddMonths(int months)',
        invoke: (value, [months]) => withTicks(value, addMonths(self(value).ticks, int(months))),
      },
    ],
    AddSeconds: adder('AddSeconds', ticksPerSecond),
    AddTicks: [
      {
        signature: 'System.DateTimeOffset AddTicks(long ticks)',
        invoke: (value, [ticks]) => withTicks(value, self(value).ticks + long(ticks)),
      },
    ],
    AddYears: [
      {
        signature: 'System.DateTimeOffset AddYears(int years)',
        invoke: (value, [years]) => withTicks(value, addYears(self(value).ticks, int(years))),
      },
    ],
    ...comparableMethods(typeName, compareOffsets),
    EqualsExact: [
      {
        signature: 'bool EqualsExact(System.DateTimeOffset other)',
        invoke: (value, [other]) => compareOffsets(value, other) === 0 && self(value).offset === self(other).offset,
      },
    ],
    Subtract: [
      {
        signature: 'timespan Subtract(System.DateTimeOffset value)',
        invoke: (value, [other]) => new TimeSpan(self(value).utcTicks - self(other).utcTicks),
      },
      {
        signature: 'System.DateTimeOffset Subtract(timespan value)',
        invoke: (value, [amount]) => withTicks(value, self(value).ticks - span(amount).ticks),
      },
    ],
    ToFileTime: [{ signature: 'long ToFileTime()', invoke: (value) => self(value).utcTicks - fileEpochTicks }],
    ToLocalTime: [{ signature: 'System.DateTimeOffset ToLocalTime()', invoke: (value) => toLocal(self(value)) }],
    ToOffset: [
      {
        signature: 'System.DateTimeOffset ToOffset(timespan offset)',
        invoke: (value, [offset]) => atOffset(self(value).utcTicks, minutesOf(offset)),
      },
    ],
    ToString: [
      { signature: 'string ToString()', invoke: (value) => format(value, null, currentDates()) },
      {
        signature: 'string ToString(string format)',
        invoke: (value, [pattern]) => format(value, pattern, currentDates()),
      },
      {
        signature: `string ToString(${provider})`,
        invoke: (value, [culture]) => format(value, null, datesFor(culture)),
      },
      {
        signature: `string ToString(string format, ${provider})`,
        invoke: (value, [pattern, culture]) => format(value, pattern, datesFor(culture)),
      },
    ],
    ToUniversalTime: [
      {
        signature: 'System.DateTimeOffset ToUniversalTime()',
        invoke: (value) => new DateTimeOffset(self(value).utcTicks, 0),
      },
    ],
    ToUnixTimeMilliseconds: [
      {
        signature: 'long ToUnixTimeMilliseconds()',
        invoke: (value) => floorDivide(self(value).utcTicks - unixEpochTicks, ticksPerMillisecond),
      },
    ],
    ToUnixTimeSeconds: [
      {
        signature: 'long ToUnixTimeSeconds()',
        invoke: (value) => floorDivide(self(value).utcTicks - unixEpochTicks, ticksPerSecond),
      },
    ],
  },
  zero: () => new DateTimeOffset(0n, 0),
  equals: (left, right) => right instanceof DateTimeOffset && compareOffsets(left, right) === 0,
  hashKey: (value) => self(value).utcTicks,
  compare: compareOffsets,
  toText: (value, pattern) => format(value, pattern ?? null, currentDates()),
  parse: (input, context) => parse(input, null, 0, context),
  // The implicit conversion from DateTime.
  convertFrom: (value) => (value instanceof DateTime ? fromDateTime(value) : notConvertible),
  operators: {
    '+': (left, right) =>
      left instanceof DateTimeOffset && right instanceof TimeSpan
        ? withTicks(left, left.ticks + right.ticks)
        : notConvertible,
    '-': (left, right) => {
      if (!(left instanceof DateTimeOffset)) return notConvertible;
      if (right instanceof DateTimeOffset) return new TimeSpan(left.utcTicks - right.utcTicks);
      return right instanceof TimeSpan ? withTicks(left, left.ticks - right.ticks) : notConvertible;
    },
  },
};

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value < 0n && value % divisor !== 0n ? quotient - 1n : quotient;
}
