import { as, long } from '../../values/narrow.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { comparableMethods } from '../comparable.ts';
import { currentDates } from '../globalization/current-culture.ts';
import { methodTable, overloadList } from '../method-table.ts';
import { notConvertible, type Property, type TypeDescription } from '../net-type.ts';
import { type DateParts, partsOf, ticksPerDay, ticksPerHour, ticksPerMinute } from './calendar.ts';
import { TimeOnly } from './date-only.ts';
import { DateTime } from './date-time.ts';
import { construct } from './date-time-parts.ts';
import { formatPart, type PartKind, parsePart, readingOf, timeFormats, writingOf } from './part-text.ts';
import { spanOf, TimeSpan } from './time-span.ts';

const self = (value: Value): TimeOnly => as(value, TimeOnly);
const parts = (value: Value): DateParts => partsOf(self(value).ticks);
const double = (value: Value): number => as(value, Double).value;

const kind: PartKind<TimeOnly> = {
  name: 'TimeOnly',
  letters: 'hHmsfFt:',
  standard: timeFormats,
  general: 't',
  of: (ticks) => (ticks < ticksPerDay ? new TimeOnly(ticks) : undefined),
  zero: new TimeOnly(0n),
};

function compare(left: Value, right: Value): number {
  const difference = self(left).ticks - self(right).ticks;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A time some ticks on: the clock wraps, and `days` gets how often it did. */
function added(value: Value, ticks: bigint, days?: Value): TimeOnly {
  const sum = self(value).ticks + ticks;
  const within = ((sum % ticksPerDay) + ticksPerDay) % ticksPerDay;
  if (days !== undefined) setReference(days, Number((sum - within) / ticksPerDay));
  return new TimeOnly(within);
}

/** From `start` until before `end`, over midnight where the end is earlier. */
function isBetween(value: Value, start: Value, end: Value): boolean {
  const [time, from, to] = [self(value).ticks, self(start).ticks, self(end).ticks];
  return from <= to ? from <= time && time < to : from <= time || time < to;
}

function elapsed(left: TimeOnly, right: TimeOnly): TimeSpan {
  return new TimeSpan((((left.ticks - right.ticks) % ticksPerDay) + ticksPerDay) % ticksPerDay);
}

const fields = ['hour', 'minute', 'second', 'millisecond', 'microsecond'];
const number = (get: (value: Value) => number): Property => ({ type: 'int', get });

export const timeOnlyDescription: TypeDescription = {
  name: 'System.TimeOnly',
  kind: 'struct',
  interfaces: [
    'System.IComparable',
    'System.IComparable`1[System.TimeOnly]',
    'System.IEquatable`1[System.TimeOnly]',
    'System.IFormattable',
  ],
  constructors: [
    ...[2, 3, 4, 5].map((count) => ({
      signature: `System.TimeOnly new(${fields
        .slice(0, count)
        .map((field) => `int ${field}`)
        .join(', ')})`,
      invoke: (_self: Value, values: readonly Value[]) => new TimeOnly(construct([1, 1, 1, ...values]).ticks),
    })),
    ...overloadList({ 'System.TimeOnly new(long ticks)': (_self, [ticks]) => new TimeOnly(long(ticks)) }),
  ],
  staticProperties: {
    MinValue: { type: 'System.TimeOnly', get: () => new TimeOnly(0n) },
    MaxValue: { type: 'System.TimeOnly', get: () => new TimeOnly(ticksPerDay - 1n) },
  },
  staticMethods: {
    ...methodTable({
      'static System.TimeOnly FromDateTime(datetime dateTime)': (_self, [date]) =>
        new TimeOnly(as(date, DateTime).ticks % ticksPerDay),
      'static System.TimeOnly FromTimeSpan(timespan timeSpan)': (_self, [span]) =>
        new TimeOnly(as(span, TimeSpan).ticks),
    }),
    ...readingOf(kind),
  },
  properties: {
    Hour: number((value) => parts(value).hour),
    Microsecond: number((value) => Math.floor(parts(value).tick / 10) % 1000),
    Millisecond: number((value) => Math.floor(parts(value).tick / 10_000)),
    Minute: number((value) => parts(value).minute),
    Nanosecond: number((value) => (parts(value).tick % 10) * 100),
    Second: number((value) => parts(value).second),
    Ticks: { type: 'long', get: (value) => self(value).ticks },
  },
  methods: {
    ...comparableMethods('System.TimeOnly', compare),
    ...methodTable({
      'System.TimeOnly Add(timespan value)': (value, [span]) => added(value, as(span, TimeSpan).ticks),
      'System.TimeOnly Add(timespan value, [ref] int wrappedDays)': (value, [span, days]) =>
        added(value, as(span, TimeSpan).ticks, days),
      'System.TimeOnly AddHours(double value)': (value, [hours]) =>
        added(value, spanOf(double(hours), ticksPerHour).ticks),
      'System.TimeOnly AddHours(double value, [ref] int wrappedDays)': (value, [hours, days]) =>
        added(value, spanOf(double(hours), ticksPerHour).ticks, days),
      'System.TimeOnly AddMinutes(double value)': (value, [minutes]) =>
        added(value, spanOf(double(minutes), ticksPerMinute).ticks),
      'System.TimeOnly AddMinutes(double value, [ref] int wrappedDays)': (value, [minutes, days]) =>
        added(value, spanOf(double(minutes), ticksPerMinute).ticks, days),
      'void Deconstruct([ref] int hour, [ref] int minute)': (value, references) => deconstruct(value, references),
      'void Deconstruct([ref] int hour, [ref] int minute, [ref] int second)': (value, references) =>
        deconstruct(value, references),
      'bool IsBetween(System.TimeOnly start, System.TimeOnly end)': (value, [start, end]) =>
        isBetween(value, start, end),
      'string ToLongTimeString()': (value) => formatPart(kind, self(value).ticks, 'T', currentDates()),
      'string ToShortTimeString()': (value) => formatPart(kind, self(value).ticks, 't', currentDates()),
      'timespan ToTimeSpan()': (value) => new TimeSpan(self(value).ticks),
    }),
    ...writingOf(kind, (value) => self(value).ticks),
  },
  zero: () => new TimeOnly(0n),
  equals: (left, right) => right instanceof TimeOnly && compare(left, right) === 0,
  hashKey: (value) => self(value).ticks,
  compare,
  toText: (value, format) => formatPart(kind, self(value).ticks, format ?? '', currentDates()),
  parse: (input, context) => parsePart(kind, input, null, 0, context),
  operators: {
    '-': (left, right) =>
      left instanceof TimeOnly && right instanceof TimeOnly ? elapsed(left, right) : notConvertible,
  },
};

function deconstruct(value: Value, references: readonly Value[]): undefined {
  const { hour, minute, second } = parts(value);
  for (const [index, number] of [hour, minute, second].entries()) setReference(references[index], number);
}
