import { netFailure } from '../../errors/raise.ts';
import { daysInMonth, maxTicks, partsOf, ticksOf } from './calendar.ts';
import { unrepresentable } from './date-time.ts';

/** Ticks plus a number of units, rounded to whole ticks as .NET does. Throws `NetFailure` for what is no date. */
export function addUnits(ticks: bigint, value: number, ticksPerUnit: bigint): bigint {
  const limit = Number(maxTicks / ticksPerUnit) + 1;
  if (Number.isNaN(value) || Math.abs(value) > limit) throw outOfRange();
  const whole = Math.trunc(value);
  const fraction = value - whole;
  return BigInt(whole) * ticksPerUnit + BigInt(Math.trunc(fraction * Number(ticksPerUnit))) + ticks;
}

function outOfRange(): Error {
  return netFailure('System.ArgumentOutOfRangeException', 'Value to add was out of range.', { parameter: 'value' });
}

/** Ticks some months on; a day that the month does not have becomes its last. */
export function addMonths(ticks: bigint, months: number): bigint {
  if (months < -120_000 || months > 120_000) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Months value must be between +/-120000.', {
      parameter: 'months',
    });
  }
  const parts = partsOf(ticks);
  const total = parts.year * 12 + parts.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = (total % 12) + 1;
  if (year < 1 || year > 9999) throw unrepresentable('months');
  return ticksOf({ ...parts, year, month, day: Math.min(parts.day, daysInMonth(year, month)) });
}

export function addYears(ticks: bigint, years: number): bigint {
  if (years < -10_000 || years > 10_000) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Years value must be between +/-10000.', {
      parameter: 'years',
    });
  }
  const { year } = partsOf(ticks);
  if (year + years < 1 || year + years > 9999) throw unrepresentable('value');
  return addMonths(ticks, years * 12);
}
