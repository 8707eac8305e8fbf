import { netFailure } from '../../errors/raise.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { comparableMethods } from '../comparable.ts';
import { enumOf } from '../enumeration.ts';
import { currentDates } from '../globalization/current-culture.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { Property, TypeDescription } from '../net-type.ts';
import { type DateParts, dayNumber, dayOfWeek, partsOf, ticksPerDay } from './calendar.ts';
import { addMonths, addYears } from './date-arithmetic.ts';
import { DateOnly, lastDay, TimeOnly } from './date-only.ts';
import { DateTime } from './date-time.ts';
import { construct, kindOf } from './date-time-parts.ts';
import { dateFormats, formatPart, isWholeDay, type PartKind, parsePart, readingOf, writingOf } from './part-text.ts';

const self = (value: Value): DateOnly => as(value, DateOnly);
const ofTicks = (ticks: bigint): DateOnly => new DateOnly(Number(ticks / ticksPerDay));
const parts = (value: Value): DateParts => partsOf(self(value).ticks);
const compare = (left: Value, right: Value): number => Math.sign(self(left).day - self(right).day);

const kind: PartKind<DateOnly> = {
  name: 'DateOnly',
  letters: 'dgMy/',
  standard: dateFormats,
  general: 'd',
  of: (ticks) => (isWholeDay(ticks) ? ofTicks(ticks) : undefined),
  zero: new DateOnly(0),
};

function fromDayNumber(day: number): DateOnly {
  if (day >= 0 && day <= lastDay) return new DateOnly(day);
  throw netFailure(
    'System.ArgumentOutOfRangeException',
    `Day number must be between 0 and DateOnly.MaxValue.DayNumber. (Parameter 'dayNumber')\nActual value was ${day}.`,
  );
}

function addDays(value: Value, days: number): DateOnly {
  const day = self(value).day + days;
  if (day >= 0 && day <= lastDay) return new DateOnly(day);
  throw netFailure('System.ArgumentOutOfRangeException', 'Value to add was out of range.', { parameter: 'value' });
}

const number = (get: (value: Value) => number): Property => ({ type: 'int', get });

export const dateOnlyDescription: TypeDescription = {
  name: 'System.DateOnly',
  kind: 'struct',
  interfaces: [
    'System.IComparable',
    'System.IComparable`1[System.DateOnly]',
    'System.IEquatable`1[System.DateOnly]',
    'System.IFormattable',
  ],
  constructors: overloadList({
    'System.DateOnly new(int year, int month, int day)': (_self, values) => ofTicks(construct(values).ticks),
  }),
  staticProperties: {
    MinValue: { type: 'System.DateOnly', get: () => new DateOnly(0) },
    MaxValue: { type: 'System.DateOnly', get: () => new DateOnly(lastDay) },
  },
  staticMethods: {
    ...methodTable({
      'static System.DateOnly FromDateTime(datetime dateTime)': (_self, [date]) => ofTicks(as(date, DateTime).ticks),
      'static System.DateOnly FromDayNumber(int dayNumber)': (_self, [day]) => fromDayNumber(int(day)),
    }),
    ...readingOf(kind),
  },
  properties: {
    Day: number((value) => parts(value).day),
    DayNumber: number((value) => self(value).day),
    DayOfWeek: { type: 'System.DayOfWeek', get: (value) => enumOf('System.DayOfWeek', dayOfWeek(self(value).ticks)) },
    DayOfYear: number((value) => self(value).day - dayNumber(parts(value).year, 1, 1) + 1),
    Month: number((value) => parts(value).month),
    Year: number((value) => parts(value).year),
  },
  methods: {
    ...comparableMethods('System.DateOnly', compare),
    ...methodTable({
      'System.DateOnly AddDays(int value)': (value, [days]) => addDays(value, int(days)),
      'System.DateOnly AddMonths(int value)': (value, [months]) => ofTicks(addMonths(self(value).ticks, int(months))),
      'System.DateOnly AddYears(int value)': (value, [years]) => ofTicks(addYears(self(value).ticks, int(years))),
      'void Deconstruct([ref] int year, [ref] int month, [ref] int day)': (value, [year, month, day]) => {
        setReference(year, parts(value).year);
        setReference(month, parts(value).month);
        setReference(day, parts(value).day);
        return undefined;
      },
      'datetime ToDateTime(System.TimeOnly time)': (value, [time]) =>
        new DateTime(self(value).ticks + as(time, TimeOnly).ticks),
      'datetime ToDateTime(System.TimeOnly time, System.DateTimeKind kind)': (value, [time, zone]) =>
        new DateTime(self(value).ticks + as(time, TimeOnly).ticks, kindOf(zone)),
      'string ToLongDateString()': (value) => formatPart(kind, self(value).ticks, 'D', currentDates()),
      'string ToShortDateString()': (value) => formatPart(kind, self(value).ticks, 'd', currentDates()),
    }),
    ...writingOf(kind, (value) => self(value).ticks),
  },
  zero: () => new DateOnly(0),
  equals: (left, right) => right instanceof DateOnly && compare(left, right) === 0,
  hashKey: (value) => self(value).day,
  compare,
  toText: (value, format) => formatPart(kind, self(value).ticks, format ?? '', currentDates()),
  parse: (input, context) => parsePart(kind, input, null, 0, context),
};
