import type { DateValue } from '../values/value.ts';

export const ticksPerMillisecond = 10_000n;
export const ticksPerSecond = 10_000_000n;
export const ticksPerMinute = 60n * ticksPerSecond;
export const ticksPerHour = 60n * ticksPerMinute;
export const ticksPerDay = 24n * ticksPerHour;

/** Ticks from 0001-01-01 to 1970-01-01. */
const unixEpoch = 621_355_968_000_000_000n;
/** Ticks from 0001-01-01 to 1601-01-01, where AD file times begin. */
const fileTimeEpoch = 504_911_232_000_000_000n;
/** First tick after 9999-12-31. */
const endOfTime = 3_155_378_976_000_000_000n;

/** The fields of a date on the proleptic Gregorian calendar; `ticks` is the part below a second. */
export interface CalendarFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ticks: number;
}

/** A date, or undefined outside the years 1 to 9999. */
export function dateFromTicks(ticks: bigint): DateValue | undefined {
  return ticks >= 0n && ticks < endOfTime ? { kind: 'date', ticks } : undefined;
}

export function ticksFromUnix(milliseconds: number): bigint {
  return unixEpoch + BigInt(Math.trunc(milliseconds)) * ticksPerMillisecond;
}

export function ticksFromFileTime(fileTime: bigint): bigint {
  return fileTimeEpoch + fileTime;
}

export function fileTimeFromTicks(ticks: bigint): bigint {
  return ticks - fileTimeEpoch;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The ticks of calendar fields, or undefined when there is no such date or time. */
export function ticksFromFields(fields: CalendarFields): bigint | undefined {
  const { year, month, day, hour, minute, second, ticks } = fields;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  // Date.UTC reads years below 100 as 19xx, setUTCFullYear does not.
  const milliseconds = new Date(0).setUTCFullYear(year, month - 1, day);
  const seconds = BigInt(hour * 3600 + minute * 60 + second);
  return ticksFromUnix(milliseconds) + seconds * ticksPerSecond + BigInt(ticks);
}

export function fieldsFromTicks(total: bigint): CalendarFields {
  const date = new Date(Number((total - unixEpoch - (total % ticksPerSecond)) / ticksPerMillisecond));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ticks: Number(total % ticksPerSecond),
  };
}

/** 0 is Sunday. 0001-01-01 was a Monday. */
export function dayOfWeek(ticks: bigint): number {
  return Number((ticks / ticksPerDay + 1n) % 7n);
}
