/** Ticks of 100 nanoseconds. */
export const ticksPerMillisecond = 10_000n;
export const ticksPerSecond = 10_000_000n;
export const ticksPerMinute = 600_000_000n;
export const ticksPerHour = 36_000_000_000n;
export const ticksPerDay = 864_000_000_000n;
/** Ticks of 31 December 9999, 23:59:59.9999999. */
export const maxTicks = 3_155_378_975_999_999_999n;
/** Ticks of 1 January 1970. */
export const unixEpochTicks = 621_355_968_000_000_000n;
/** Ticks of 1 January 1601, where file times begin. */
export const fileEpochTicks = 504_911_232_000_000_000n;

/** A date and time taken apart; `tick` counts ticks within the second. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly tick: number;
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (monthDays[month - 1] ?? 0);
}

/** Days from 1 January 0001 to a date of the Gregorian calendar. */
export function dayNumber(year: number, month: number, day: number): number {
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  for (let one = 1; one < month; one++) days += daysInMonth(year, one);
  return days + day - 1;
}

/** The date of a day number. */
export function dateOfDay(days: number): { year: number; month: number; day: number } {
  const cycles = Math.floor(days / 146_097);
  let rest = days - cycles * 146_097;
  const centuries = Math.min(3, Math.floor(rest / 36_524));
  rest -= centuries * 36_524;
  const fours = Math.floor(rest / 1461);
  rest -= fours * 1461;
  const years = Math.min(3, Math.floor(rest / 365));
  rest -= years * 365;
  const year = cycles * 400 + centuries * 100 + fours * 4 + years + 1;
  let month = 1;
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month);
    month++;
  }
  return { year, month, day: rest + 1 };
}

export function ticksOf({ year, month, day, hour, minute, second, tick }: DateParts): bigint {
  return (
    BigInt(dayNumber(year, month, day)) * ticksPerDay +
    BigInt((hour * 60 + minute) * 60 + second) * ticksPerSecond +
    BigInt(tick)
  );
}

export function partsOf(ticks: bigint): DateParts {
  const days = Number(ticks / ticksPerDay);
  const within = ticks % ticksPerDay;
  const seconds = Number(within / ticksPerSecond);
  return {
    ...dateOfDay(days),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    tick: Number(within % ticksPerSecond),
  };
}

/** 0 is Sunday. */
export function dayOfWeek(ticks: bigint): number {
  return (Number(ticks / ticksPerDay) + 1) % 7;
}
