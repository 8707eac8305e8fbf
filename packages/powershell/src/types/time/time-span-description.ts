import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, int, long, text } from '../../values/narrow.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { comparableMethods } from '../comparable.ts';
import { numbersFor } from '../globalization/culture.ts';
import { notConvertible, type Property, type TypeDescription } from '../net-type.ts';
import { ticksPerDay, ticksPerHour, ticksPerMillisecond, ticksPerMinute, ticksPerSecond } from './calendar.ts';
import { attempt } from './date-text.ts';
import { formatSpan } from './format-span.ts';
import { readSpan, readSpanExact } from './read-span.ts';
import { from } from './span-from-units.ts';
import { spanOf, TimeSpan } from './time-span.ts';

const self = (value: Value): TimeSpan => as(value, TimeSpan);
const double = (value: Value): number => as(value, Double).value;

const minTicks = -9_223_372_036_854_775_808n;

function part(ticksPerUnit: bigint, perNext: bigint): Property {
  return { type: 'int', get: (value) => Number((self(value).ticks / ticksPerUnit) % perNext) };
}

function total(ticksPerUnit: bigint): Property {
  return { type: 'double', get: (value) => new Double(Number(self(value).ticks) / Number(ticksPerUnit)) };
}

function sum(left: Value, right: Value, sign: 1n | -1n): TimeSpan {
  return new TimeSpan(self(left).ticks + sign * self(right).ticks);
}

function negate(value: Value): TimeSpan {
  if (self(value).ticks === minTicks) {
    throw netFailure('System.OverflowException', 'Negating the minimum value of a twos complement number is invalid.');
  }
  return new TimeSpan(-self(value).ticks);
}

function multiply(value: Value, factor: number): TimeSpan {
  if (Number.isNaN(factor)) {
    throw netFailure('System.ArgumentException', 'TimeSpan does not accept floating point Not-a-Number values.', {
      parameter: 'factor',
    });
  }
  return spanOf(roundHalfEven(Number(self(value).ticks) * factor), 1n);
}

function divide(value: Value, divisor: number): TimeSpan {
  if (Number.isNaN(divisor)) {
    throw netFailure('System.ArgumentException', 'TimeSpan does not accept floating point Not-a-Number values.', {
      parameter: 'divisor',
    });
  }
  return spanOf(roundHalfEven(Number(self(value).ticks) / divisor), 1n);
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function compareSpans(left: Value, right: Value): number {
  const difference = self(left).ticks - self(right).ticks;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function input(value: Value): string {
  if (value !== null && value !== undefined) return text(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'input' });
}

function parseExact(value: Value, format: Value): TimeSpan {
  if (!(format instanceof NetArray)) return new TimeSpan(readSpanExact(input(value), text(format)));
  for (const one of format.items) {
    const ticks = attempt(() => readSpanExact(input(value), text(one)));
    if (ticks !== undefined) return new TimeSpan(ticks);
  }
  throw netFailure('System.FormatException', `String '${input(value)}' was not recognized as a valid TimeSpan.`);
}

function tryRead(reference: Value, run: () => TimeSpan): boolean {
  const span = attempt(run);
  setReference(reference, span ?? new TimeSpan(0n));
  return span !== undefined;
}

/** What stands before the fraction of a span in a culture. */
function pointOf(culture: Value): string {
  return numbersFor(culture).decimalSeparator;
}

function ofParts(values: readonly Value[]): TimeSpan {
  const [days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0, microseconds = 0] = values.map(int);
  const total =
    BigInt(days) * ticksPerDay +
    BigInt(hours) * ticksPerHour +
    BigInt(minutes) * ticksPerMinute +
    BigInt(seconds) * ticksPerSecond +
    BigInt(milliseconds) * ticksPerMillisecond +
    BigInt(microseconds) * 10n;
  return new TimeSpan(total);
}

const constant = (value: bigint | number): Property => ({
  type: typeof value === 'bigint' ? 'long' : 'int',
  get: () => value,
});

export const timeSpanDescription: TypeDescription = {
  name: 'System.TimeSpan',
  kind: 'struct',
  accelerators: ['timespan'],
  interfaces: [
    'System.IComparable',
    'System.IComparable`1[System.TimeSpan]',
    'System.IEquatable`1[System.TimeSpan]',
    'System.IFormattable',
  ],
  constructors: [
    { signature: 'timespan new(long ticks)', invoke: (_self, [ticks]) => new TimeSpan(long(ticks)) },
    {
      signature: 'timespan new(int hours, int minutes, int seconds)',
      invoke: (_self, values) => ofParts([0, ...values]),
    },
    {
      signature: 'timespan new(int days, int hours, int minutes, int seconds)',
      invoke: (_self, values) => ofParts(values),
    },
    {
      signature: 'timespan new(int days, int hours, int minutes, int seconds, int milliseconds)',
      invoke: (_self, values) => ofParts(values),
    },
    {
      signature: 'timespan new(int days, int hours, int minutes, int seconds, int milliseconds, int microseconds)',
      invoke: (_self, values) => ofParts(values),
    },
  ],
  staticProperties: {
    Zero: { type: 'timespan', get: () => new TimeSpan(0n) },
    MaxValue: { type: 'timespan', get: () => new TimeSpan(9_223_372_036_854_775_807n) },
    MinValue: { type: 'timespan', get: () => new TimeSpan(minTicks) },
    NanosecondsPerTick: constant(100n),
    TicksPerMicrosecond: constant(10n),
    TicksPerMillisecond: constant(ticksPerMillisecond),
    TicksPerSecond: constant(ticksPerSecond),
    TicksPerMinute: constant(ticksPerMinute),
    TicksPerHour: constant(ticksPerHour),
    TicksPerDay: constant(ticksPerDay),
    HoursPerDay: constant(24),
    MicrosecondsPerMillisecond: constant(1000n),
    MicrosecondsPerSecond: constant(1_000_000n),
    MicrosecondsPerMinute: constant(60_000_000n),
    MicrosecondsPerHour: constant(3_600_000_000n),
    MicrosecondsPerDay: constant(86_400_000_000n),
    MillisecondsPerMinute: constant(60_000n),
    MillisecondsPerHour: constant(3_600_000n),
    MinutesPerDay: constant(1440n),
    MinutesPerHour: constant(60n),
    SecondsPerMinute: constant(60n),
    SecondsPerHour: constant(3600n),
    SecondsPerDay: constant(86_400n),
    MillisecondsPerSecond: constant(1000n),
    MillisecondsPerDay: constant(86_400_000n),
  },
  staticMethods: {
    Compare: [
      { signature: 'static int Compare(timespan t1, timespan t2)', invoke: (_self, [a, b]) => compareSpans(a, b) },
    ],
    Equals: [
      {
        signature: 'static bool Equals(timespan t1, timespan t2)',
        invoke: (_self, [a, b]) => compareSpans(a, b) === 0,
      },
    ],
    FromDays: from('FromDays', ticksPerDay, 'days'),
    FromHours: from('FromHours', ticksPerHour, 'hours'),
    FromMicroseconds: from('FromMicroseconds', 10n, 'microseconds'),
    FromMilliseconds: from('FromMilliseconds', ticksPerMillisecond, 'milliseconds'),
    FromMinutes: from('FromMinutes', ticksPerMinute, 'minutes'),
    FromSeconds: from('FromSeconds', ticksPerSecond, 'seconds'),
    FromTicks: [
      { signature: 'static timespan FromTicks(long value)', invoke: (_self, [ticks]) => new TimeSpan(long(ticks)) },
    ],
    Parse: [
      {
        signature: 'static timespan Parse(string s)',
        invoke: (_self, [value]) => new TimeSpan(readSpan(input(value))),
      },
      {
        signature: 'static timespan Parse(string input, System.IFormatProvider formatProvider)',
        invoke: (_self, [value, culture]) => new TimeSpan(readSpan(input(value), pointOf(culture))),
      },
    ],
    ParseExact: [
      {
        signature: 'static timespan ParseExact(string input, string format, System.IFormatProvider formatProvider)',
        invoke: (_self, [value, format]) => parseExact(value, format),
      },
      {
        signature: 'static timespan ParseExact(string input, string[] formats, System.IFormatProvider formatProvider)',
        invoke: (_self, [value, format]) => parseExact(value, format),
      },
    ],
    TryParse: [
      {
        signature: 'static bool TryParse(string s, [ref] timespan result)',
        invoke: (_self, [value, result]) => tryRead(result, () => new TimeSpan(readSpan(input(value)))),
      },
      {
        signature: 'static bool TryParse(string input, System.IFormatProvider formatProvider, [ref] timespan result)',
        invoke: (_self, [value, culture, result]) =>
          tryRead(result, () => new TimeSpan(readSpan(input(value), pointOf(culture)))),
      },
    ],
    TryParseExact: [
      {
        signature:
          'static bool TryParseExact(string input, string format, System.IFormatProvider formatProvider, [ref] timespan result)',
        invoke: (_self, [value, format, , result]) => tryRead(result, () => parseExact(value, format)),
      },
      {
        signature:
          'static bool TryParseExact(string input, string[] formats, System.IFormatProvider formatProvider, [ref] timespan result)',
        invoke: (_self, [value, format, , result]) => tryRead(result, () => parseExact(value, format)),
      },
    ],
  },
  properties: {
    Ticks: { type: 'long', get: (value) => self(value).ticks },
    Days: { type: 'int', get: (value) => Number(self(value).ticks / ticksPerDay) },
    Hours: part(ticksPerHour, 24n),
    Milliseconds: part(ticksPerMillisecond, 1000n),
    Microseconds: part(10n, 1000n),
    Nanoseconds: { type: 'int', get: (value) => Number(self(value).ticks % 10n) * 100 },
    Minutes: part(ticksPerMinute, 60n),
    Seconds: part(ticksPerSecond, 60n),
    TotalDays: total(ticksPerDay),
    TotalHours: total(ticksPerHour),
    TotalMilliseconds: total(ticksPerMillisecond),
    TotalMicroseconds: total(10n),
    TotalNanoseconds: {
      type: 'double',
      get: (value) => new Double(Number(self(value).ticks) * 100),
    },
    TotalMinutes: total(ticksPerMinute),
    TotalSeconds: total(ticksPerSecond),
  },
  methods: {
    Add: [{ signature: 'timespan Add(timespan ts)', invoke: (value, [other]) => sum(value, other, 1n) }],
    ...comparableMethods('timespan', compareSpans),
    Divide: [
      { signature: 'timespan Divide(double divisor)', invoke: (value, [divisor]) => divide(value, double(divisor)) },
      {
        signature: 'double Divide(timespan ts)',
        invoke: (value, [other]) => new Double(Number(self(value).ticks) / Number(self(other).ticks)),
      },
    ],
    Duration: [
      {
        signature: 'timespan Duration()',
        invoke: (value) => (self(value).ticks < 0n ? negate(value) : value),
      },
    ],
    Multiply: [
      { signature: 'timespan Multiply(double factor)', invoke: (value, [factor]) => multiply(value, double(factor)) },
    ],
    Negate: [{ signature: 'timespan Negate()', invoke: (value) => negate(value) }],
    Subtract: [{ signature: 'timespan Subtract(timespan ts)', invoke: (value, [other]) => sum(value, other, -1n) }],
    ToString: [
      { signature: 'string ToString()', invoke: (value) => formatSpan(self(value).ticks, undefined) },
      {
        signature: 'string ToString(string format)',
        invoke: (value, [format]) => formatSpan(self(value).ticks, text(format), pointOf(null)),
      },
      {
        signature: 'string ToString(string format, System.IFormatProvider formatProvider)',
        invoke: (value, [format, culture]) => formatSpan(self(value).ticks, text(format), pointOf(culture)),
      },
    ],
  },
  zero: () => new TimeSpan(0n),
  equals: (left, right) => right instanceof TimeSpan && compareSpans(left, right) === 0,
  hashKey: (value) => self(value).ticks,
  compare: compareSpans,
  toText: (value, format) => formatSpan(self(value).ticks, format, pointOf(null)),
  parse: (value) => new TimeSpan(readSpan(value)),
  operators: {
    '+': (left, right) =>
      left instanceof TimeSpan && right instanceof TimeSpan ? sum(left, right, 1n) : notConvertible,
    '-': (left, right) =>
      left instanceof TimeSpan && right instanceof TimeSpan ? sum(left, right, -1n) : notConvertible,
    '*': (left, right) => {
      if (left instanceof TimeSpan && right instanceof Double) return multiply(left, right.value);
      if (left instanceof TimeSpan && typeof right === 'number') return multiply(left, right);
      if (right instanceof TimeSpan && left instanceof Double) return multiply(right, left.value);
      return right instanceof TimeSpan && typeof left === 'number' ? multiply(right, left) : notConvertible;
    },
    '/': (left, right) => {
      if (!(left instanceof TimeSpan)) return notConvertible;
      if (right instanceof TimeSpan) return new Double(Number(left.ticks) / Number(right.ticks));
      if (right instanceof Double) return divide(left, right.value);
      return typeof right === 'number' ? divide(left, right) : notConvertible;
    },
  },
};
