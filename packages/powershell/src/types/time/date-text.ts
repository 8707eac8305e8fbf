import { NetFailure, netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { EnumValue } from '../../values/enum.ts';
import { text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { DateCulture } from '../globalization/date-culture.ts';
import type { CallContext } from '../net-type.ts';
import { partsOf } from './calendar.ts';
import { DateStyle, notADate, type ReadDate } from './date-styles.ts';
import { DateKind, type DateTime, dateFromUnix, localOffset } from './date-time.ts';
import { type Moment, offsetText } from './format-date.ts';
import { readDate } from './read-date.ts';
import { readExact } from './read-exact.ts';

/** A DateTime as formats see it. */
export function momentOf(date: DateTime): Moment {
  const offset = date.kind === DateKind.utc ? 0 : Number(localOffset(date.ticks, true) / 600_000_000n);
  const zones = { [DateKind.unspecified]: '', [DateKind.utc]: 'Z', [DateKind.local]: offsetText(offset, 3) };
  return {
    ticks: date.ticks,
    offset,
    zone: zones[date.kind],
    utcTicks: date.toUtc().ticks,
    hasOffset: false,
  };
}

/** Today's date on the local clock. */
function todayOf(context: CallContext): () => { year: number; month: number; day: number } {
  return () => partsOf(dateFromUnix(context.clock.now(), 'local').ticks);
}

/** The bits of an argument of type DateTimeStyles. */
export function stylesOf(value: Value): number {
  return value instanceof EnumValue ? Number(value.value) : 0;
}

/** Reads as `Parse` does. Throws `NetFailure` (ArgumentNullException, FormatException). */
export function parseDate(input: Value, culture: DateCulture, styles: number, context: CallContext): ReadDate {
  checkStyles(styles);
  if (input === null || input === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 's' });
  }
  return readDate(text(input), culture, styles, todayOf(context));
}

/** Reads as `ParseExact` does, with one format or several. */
export function parseDateExact(
  input: Value,
  format: Value,
  culture: DateCulture,
  styles: number,
  context: CallContext,
): ReadDate {
  checkStyles(styles);
  if (input === null || input === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 's' });
  }
  if (!(format instanceof NetArray)) return readExact(text(input), text(format), culture, styles, todayOf(context));
  for (const one of format.items) {
    const read = attempt(() => readExact(text(input), text(one), culture, styles, todayOf(context)));
    if (read !== undefined) return read;
  }
  throw notADate(text(input));
}

/** The answer, or `undefined` where a `NetFailure` was thrown: what the `Try…` methods need. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof NetFailure) return undefined;
    throw error;
  }
}

function checkStyles(styles: number): void {
  if ((styles & DateStyle.assumeLocal) !== 0 && (styles & DateStyle.assumeUniversal) !== 0) {
    throw netFailure(
      'System.ArgumentException',
      'The DateTimeStyles values AssumeLocal and AssumeUniversal cannot be used together.',
      { parameter: 'styles' },
    );
  }
}
