import { as } from '../../values/narrow.ts';
import { overloadList } from '../method-table.ts';
import type { Overload } from '../net-type.ts';
import { DateOnly, TimeOnly } from './date-only.ts';
import { DateTime } from './date-time.ts';
import { construct, fromTicks, kindOf } from './date-time-parts.ts';

export const dateTimeConstructors: readonly Overload[] = [
  { signature: 'datetime new(long ticks)', invoke: (_self, [ticks]) => fromTicks(ticks) },
  {
    signature: 'datetime new(long ticks, System.DateTimeKind kind)',
    invoke: (_self, [ticks, kind]) => fromTicks(ticks, kind),
  },
  ...overloadList({
    'datetime new(System.DateOnly date, System.TimeOnly time)': (_self, [date, time]) =>
      new DateTime(as(date, DateOnly).ticks + as(time, TimeOnly).ticks),
    'datetime new(System.DateOnly date, System.TimeOnly time, System.DateTimeKind kind)': (_self, [date, time, kind]) =>
      new DateTime(as(date, DateOnly).ticks + as(time, TimeOnly).ticks, kindOf(kind)),
  }),
  { signature: 'datetime new(int year, int month, int day)', invoke: (_self, values) => construct(values) },
  {
    signature: 'datetime new(int year, int month, int day, int hour, int minute, int second)',
    invoke: (_self, values) => construct(values),
  },
  {
    signature: 'datetime new(int year, int month, int day, int hour, int minute, int second, System.DateTimeKind kind)',
    invoke: (_self, values) => construct(values.slice(0, 6), values[6]),
  },
  {
    signature: 'datetime new(int year, int month, int day, int hour, int minute, int second, int millisecond)',
    invoke: (_self, values) => construct(values),
  },
  {
    signature:
      'datetime new(int year, int month, int day, int hour, int minute, int second, int millisecond, System.DateTimeKind kind)',
    invoke: (_self, values) => construct(values.slice(0, 7), values[7]),
  },
  {
    signature:
      'datetime new(int year, int month, int day, int hour, int minute, int second, int millisecond, int microsecond)',
    invoke: (_self, values) => construct(values),
  },
  {
    signature:
      'datetime new(int year, int month, int day, int hour, int minute, int second, int millisecond, int microsecond, System.DateTimeKind kind)',
    invoke: (_self, values) => construct(values.slice(0, 8), values[8]),
  },
];
