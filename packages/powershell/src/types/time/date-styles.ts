import { NetFailure, netFailure } from '../../errors/raise.ts';
import { DateKind, DateTime, localOffset } from './date-time.ts';

/** `System.Globalization.DateTimeStyles`, by bit. */
export const DateStyle = {
  allowLeadingWhite: 1,
  allowTrailingWhite: 2,
  allowInnerWhite: 4,
  noCurrentDateDefault: 8,
  adjustToUniversal: 16,
  assumeLocal: 32,
  assumeUniversal: 64,
  roundtripKind: 128,
} as const;

/**
 * What was read of a date text.
 * @property offset minutes ahead of UTC that the text named, `undefined` where it named none
 * @property isUtc whether it named UTC by `Z` or `GMT`
 */
export interface ReadDate {
  readonly ticks: bigint;
  readonly offset: number | undefined;
  readonly isUtc: boolean;
}

/** The DateTime that a text stands for, by its zone and the styles. */
export function applyStyles(read: ReadDate, styles: number, text: string): DateTime {
  const { ticks, offset, isUtc } = read;
  try {
    if (offset !== undefined) {
      const utc = new DateTime(ticks - BigInt(offset) * 600_000_000n, DateKind.utc);
      if ((styles & DateStyle.roundtripKind) !== 0 && isUtc) return utc;
      return (styles & DateStyle.adjustToUniversal) !== 0 ? utc : utc.toLocal();
    }
    if ((styles & DateStyle.assumeUniversal) !== 0) {
      const utc = new DateTime(ticks, DateKind.utc);
      return (styles & DateStyle.adjustToUniversal) !== 0 ? utc : utc.toLocal();
    }
    if ((styles & DateStyle.assumeLocal) !== 0) {
      const local = new DateTime(ticks, DateKind.local);
      return (styles & DateStyle.adjustToUniversal) !== 0 ? local.toUtc() : local;
    }
    return new DateTime(ticks);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    throw outOfCalendar(text);
  }
}

/** Minutes ahead of UTC that a text without a zone has as a DateTimeOffset. */
export function offsetOf(read: ReadDate, styles: number): number {
  if (read.offset !== undefined) return read.offset;
  if ((styles & DateStyle.assumeUniversal) !== 0) return 0;
  return Number(localOffset(read.ticks, true) / 600_000_000n);
}

export function notADate(text: string): Error {
  return netFailure('System.FormatException', `String '${text}' was not recognized as a valid DateTime.`);
}

export function unknownWord(text: string, index: number): Error {
  return netFailure(
    'System.FormatException',
    `The string '${text}' was not recognized as a valid DateTime. There is an unknown word starting at index '${index}'.`,
  );
}

export function outOfCalendar(text: string): Error {
  return netFailure(
    'System.FormatException',
    `The DateTime represented by the string '${text}' is not supported in calendar 'System.Globalization.GregorianCalendar'.`,
  );
}

export function wrongWeekday(text: string): Error {
  return netFailure(
    'System.FormatException',
    `String '${text}' was not recognized as a valid DateTime because the day of week was incorrect.`,
  );
}

export function farOffset(text: string): Error {
  return netFailure(
    'System.FormatException',
    `The time zone offset of string '${text}' must be within plus or minus 14 hours.`,
  );
}
