import { netFailure } from '../../errors/raise.ts';
import { EnumValue } from '../../values/enum.ts';
import { int, long } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { daysInMonth, maxTicks, ticksOf } from './calendar.ts';
import { DateKind, DateTime } from './date-time.ts';

/** The kind that an argument of type DateTimeKind names. */
export function kindOf(value: Value): DateKind {
  const number = value instanceof EnumValue ? Number(value.value) : 0;
  if (number === 1 || number === 2) return number;
  if (number === 0) return DateKind.unspecified;
  throw netFailure('System.ArgumentException', 'Invalid DateTimeKind value.', { parameter: 'kind' });
}

export function construct(values: readonly Value[], kind: Value = null): DateTime {
  const [year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0, microsecond = 0] =
    values.map(int);
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      'Year, Month, and Day parameters describe an un-representable DateTime.',
    );
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      'Hour, Minute, and Second parameters describe an un-representable DateTime.',
    );
  }
  if (millisecond < 0 || millisecond > 999) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Valid values are between 0 and 999, inclusive.', {
      parameter: 'millisecond',
    });
  }
  if (microsecond < 0 || microsecond > 999) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Valid values are between 0 and 999, inclusive.', {
      parameter: 'microsecond',
    });
  }
  const tick = millisecond * 10_000 + microsecond * 10;
  return new DateTime(ticksOf({ year, month, day, hour, minute, second, tick }), kind === null ? 0 : kindOf(kind));
}

export function fromTicks(ticks: Value, kind: Value = null): DateTime {
  const value = long(ticks);
  if (value < 0n || value > maxTicks) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      'Ticks must be between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks.',
      { parameter: 'ticks' },
    );
  }
  return new DateTime(value, kind === null ? 0 : kindOf(kind));
}

export function checkYear(year: number): void {
  if (year >= 1 && year <= 9999) return;
  throw netFailure('System.ArgumentOutOfRangeException', 'Year must be between 1 and 9999.', { parameter: 'year' });
}
