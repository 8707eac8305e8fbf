import type { DateValue } from '../values/value.ts';
import {
  dateFromTicks,
  dayOfWeek,
  daysInMonth,
  fieldsFromTicks,
  ticksFromFields,
  ticksPerDay,
  ticksPerHour,
  ticksPerMinute,
  ticksPerSecond,
} from './calendar.ts';

/** The intervals of DateAdd and DateDiff, and nothing else (engine sheet 21.5). */
export const intervals = ['yyyy', 'm', 'd', 'ww', 'h', 'n', 's'] as const;
export type Interval = (typeof intervals)[number];

export function isInterval(text: string): text is Interval {
  return intervals.some((interval) => interval === text);
}

const fixedTicks = { d: ticksPerDay, ww: 7n * ticksPerDay, h: ticksPerHour, n: ticksPerMinute, s: ticksPerSecond };

/**
 * A date moved by a number of intervals. A month or year later on a day that does not exist is the last day of that month.
 * @returns undefined outside the years 1 to 9999
 */
export function addInterval(interval: Interval, count: bigint, date: DateValue): DateValue | undefined {
  if (interval !== 'm' && interval !== 'yyyy') return dateFromTicks(date.ticks + count * fixedTicks[interval]);
  const fields = fieldsFromTicks(date.ticks);
  const months = BigInt(fields.year) * 12n + BigInt(fields.month - 1) + count * (interval === 'yyyy' ? 12n : 1n);
  if (months < 12n || months >= 120_000n) return undefined;
  const year = Number(months / 12n);
  const month = Number(months % 12n) + 1;
  const ticks = ticksFromFields({ ...fields, year, month, day: Math.min(fields.day, daysInMonth(year, month)) });
  return ticks === undefined ? undefined : dateFromTicks(ticks);
}

/**
 * `to` minus `from`, as Visual Basic counts: calendar years and months, weeks by the Sundays between, the others truncated.
 */
export function countIntervals(interval: Interval, from: DateValue, to: DateValue): bigint {
  if (interval === 'm' || interval === 'yyyy') {
    const a = fieldsFromTicks(from.ticks);
    const b = fieldsFromTicks(to.ticks);
    return BigInt(interval === 'yyyy' ? b.year - a.year : (b.year - a.year) * 12 + b.month - a.month);
  }
  if (interval === 'ww') return (weekStart(to) - weekStart(from)) / (7n * ticksPerDay);
  return (to.ticks - from.ticks) / fixedTicks[interval];
}

function weekStart(date: DateValue): bigint {
  return date.ticks - (date.ticks % ticksPerDay) - BigInt(dayOfWeek(date.ticks)) * ticksPerDay;
}
