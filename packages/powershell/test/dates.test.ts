import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetFailure } from '../src/errors/raise.ts';
import { cultureOf } from '../src/types/globalization/culture.ts';
import { invariantDates } from '../src/types/globalization/date-culture.ts';
import { openLibrary } from '../src/types/registered.ts';
import { dateOfDay, dayNumber, partsOf, ticksOf } from '../src/types/time/calendar.ts';
import { applyStyles, type ReadDate } from '../src/types/time/date-styles.ts';
import { momentOf } from '../src/types/time/date-text.ts';
import { DateTime } from '../src/types/time/date-time.ts';
import { formatMoment } from '../src/types/time/format-date.ts';
import { formatSpan } from '../src/types/time/format-span.ts';
import { readDate } from '../src/types/time/read-date.ts';
import { readExact } from '../src/types/time/read-exact.ts';
import { readSpan } from '../src/types/time/read-span.ts';

openLibrary();

const today = () => ({ year: 2026, month: 1, day: 2 });
const kinds = ['Unspecified', 'Utc', 'Local'];

/** The instant in UTC where the text named a zone: what the local clock shows depends on the machine. */
function shown(run: () => ReadDate, text: string): string {
  try {
    const date = applyStyles(run(), 0, text);
    const zoned = date.kind === 2 ? date.toUtc() : date;
    return `${formatMoment(momentOf(zoned), 'o', invariantDates)} ${kinds[date.kind]}`;
  } catch (error) {
    if (error instanceof NetFailure) return error.message;
    throw error;
  }
}

describe('a date is read as PowerShell 7.6 reads it', () => {
  test.each([
    ['2024-05-06', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['2024-05-06 07:08', '2024-05-06T07:08:00.0000000 Unspecified'],
    ['2024-05-06T07:08:09.1234567', '2024-05-06T07:08:09.1234567 Unspecified'],
    ['2024-05-06T07:08:09Z', '2024-05-06T07:08:09.0000000Z Local'],
    ['2024-05-06T07:08:09+02:00', '2024-05-06T05:08:09.0000000Z Local'],
    ['2024-05-06T07:08:09.123456789Z', '2024-05-06T07:08:09.1234568Z Local'],
    ['05/06/2024', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['5/6/24', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['5/6/49', '2049-05-06T00:00:00.0000000 Unspecified'],
    ['5/6/50', '1950-05-06T00:00:00.0000000 Unspecified'],
    ['13/01/2024', "String '13/01/2024' was not recognized as a valid DateTime."],
    ['31.12.2024', "String '31.12.2024' was not recognized as a valid DateTime."],
    ['12.31.2024', '2024-12-31T00:00:00.0000000 Unspecified'],
    ['6 May 2024', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['May 6, 2024', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['May 2024', '2024-05-01T00:00:00.0000000 Unspecified'],
    ['2024 May', '2024-05-01T00:00:00.0000000 Unspecified'],
    ['6 May', '2006-05-01T00:00:00.0000000 Unspecified'],
    ['Monday, 06 May 2024', '2024-05-06T00:00:00.0000000 Unspecified'],
    [
      'Tue, 06 May 2024',
      "String 'Tue, 06 May 2024' was not recognized as a valid DateTime because the day of week was incorrect.",
    ],
    ['Mon, 06 May 2024 15:04:05 GMT', '2024-05-06T15:04:05.0000000Z Local'],
    ['20240506', "String '20240506' was not recognized as a valid DateTime."],
    ['2024/5/6', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['2024-5', '2024-05-01T00:00:00.0000000 Unspecified'],
    ['5/2024', '2024-05-01T00:00:00.0000000 Unspecified'],
    ['2024.05.06', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['2024-02-30', "String '2024-02-30' was not recognized as a valid DateTime."],
    ['2024-13-01', "String '2024-13-01' was not recognized as a valid DateTime."],
    [
      '2024-05-06T24:00:00',
      "The DateTime represented by the string '2024-05-06T24:00:00' is not supported in calendar 'System.Globalization.GregorianCalendar'.",
    ],
    [
      '2024-05-06 25:00',
      "The DateTime represented by the string '2024-05-06 25:00' is not supported in calendar 'System.Globalization.GregorianCalendar'.",
    ],
    [
      '2024-05-06 10:61',
      "The DateTime represented by the string '2024-05-06 10:61' is not supported in calendar 'System.Globalization.GregorianCalendar'.",
    ],
    ['', "String '' was not recognized as a valid DateTime."],
    ['  ', "String '  ' was not recognized as a valid DateTime."],
    ['x', "The string 'x' was not recognized as a valid DateTime. There is an unknown word starting at index '0'."],
    [
      '2024-05-06x',
      "The string '2024-05-06x' was not recognized as a valid DateTime. There is an unknown word starting at index '10'.",
    ],
    ['2024-05-06 10:20:30.5 PM', '2024-05-06T22:20:30.5000000 Unspecified'],
    ['1/1/0001', '0001-01-01T00:00:00.0000000 Unspecified'],
    ['12/31/9999 23:59:59', '9999-12-31T23:59:59.0000000 Unspecified'],
    ['2024-05-06T10', "String '2024-05-06T10' was not recognized as a valid DateTime."],
    ['May 32, 2024', "String 'May 32, 2024' was not recognized as a valid DateTime."],
    ['0', "String '0' was not recognized as a valid DateTime."],
    ['5', "String '5' was not recognized as a valid DateTime."],
    [
      '2024-W05',
      "The string '2024-W05' was not recognized as a valid DateTime. There is an unknown word starting at index '5'.",
    ],
    ['2024-05-06 10:20 +0200', '2024-05-06T08:20:00.0000000Z Local'],
    ['2024-05-06 10:20 -05', '2024-05-06T15:20:00.0000000Z Local'],
    ['6-May-2024', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['06-May-24', '2024-05-06T00:00:00.0000000 Unspecified'],
    [
      'yesterday',
      "The string 'yesterday' was not recognized as a valid DateTime. There is an unknown word starting at index '0'.",
    ],
    [
      'today',
      "The string 'today' was not recognized as a valid DateTime. There is an unknown word starting at index '0'.",
    ],
    [
      'Sept 5, 2024',
      "The string 'Sept 5, 2024' was not recognized as a valid DateTime. There is an unknown word starting at index '0'.",
    ],
    ['1.2.2024', '2024-01-02T00:00:00.0000000 Unspecified'],
    ['2024-05-06,10:20', '2024-05-06T10:20:00.0000000 Unspecified'],
    [
      '2024-05-06T10:20:30+15:00',
      "The time zone offset of string '2024-05-06T10:20:30+15:00' must be within plus or minus 14 hours.",
    ],
    ['2024-05-06Z', '2024-05-06T00:00:00.0000000Z Local'],
    ['2024-05-06+02:00', '2024-05-05T22:00:00.0000000Z Local'],
    ['Monday', "String 'Monday' was not recognized as a valid DateTime."],
    ['May', "String 'May' was not recognized as a valid DateTime."],
    ['2024', "String '2024' was not recognized as a valid DateTime."],
    ['99/99/9999', "String '99/99/9999' was not recognized as a valid DateTime."],
    ['2024 - 05 - 06', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['5/6/2024 7:8:9 am', '2024-05-06T07:08:09.0000000 Unspecified'],
    [
      'Mai 6 2024',
      "The string 'Mai 6 2024' was not recognized as a valid DateTime. There is an unknown word starting at index '0'.",
    ],
    ['2024-05-06T10:20:30 Z', '2024-05-06T10:20:30.0000000Z Local'],
    ['2024-05-06 10.20', "String '2024-05-06 10.20' was not recognized as a valid DateTime."],
  ])('%j', (text, expected) => {
    expect(shown(() => readDate(text, invariantDates, 0, today), text)).toBe(expected);
  });
});

describe('a date is read by a format as PowerShell 7.6 reads it', () => {
  test.each([
    [
      '2023-02-29',
      'yyyy-MM-dd',
      "The DateTime represented by the string '2023-02-29' is not supported in calendar 'System.Globalization.GregorianCalendar'.",
    ],
    [
      '2024-13-01',
      'yyyy-MM-dd',
      "The DateTime represented by the string '2024-13-01' is not supported in calendar 'System.Globalization.GregorianCalendar'.",
    ],
    [
      '25:00',
      'HH:mm',
      "The DateTime represented by the string '25:00' is not supported in calendar 'System.Globalization.GregorianCalendar'.",
    ],
    ['13:00 PM', 'hh:mm tt', "String '13:00 PM' was not recognized as a valid DateTime."],
    ['13:00 AM', 'HH:mm tt', "String '13:00 AM' was not recognized as a valid DateTime."],
    ['1:00 PM', 'H:mm tt', "String '1:00 PM' was not recognized as a valid DateTime."],
    ['2024-05-06T10:00:00Z', 'yyyy-MM-ddTHH:mm:ssZ', '2024-05-06T10:00:00.0000000Z Local'],
    ['2024-05-06T10:00:00Z', 'yyyy-MM-ddTHH:mm:ssK', '2024-05-06T10:00:00.0000000Z Local'],
    ['2024-05-06T10:00:00+02', 'yyyy-MM-ddTHH:mm:sszz', '2024-05-06T08:00:00.0000000Z Local'],
    ['2024-05-06T10:00:00.1234567', 'o', '2024-05-06T10:00:00.1234567 Unspecified'],
    ['2024-05-06T10:00:00', 's', '2024-05-06T10:00:00.0000000 Unspecified'],
    ['2024-05-06 10:00:00Z', 'u', '2024-05-06T10:00:00.0000000 Unspecified'],
    ['Mon, 06 May 2024 15:04:05 GMT', 'r', '2024-05-06T15:04:05.0000000 Unspecified'],
    [
      'Tue, 06 May 2024 15:04:05 GMT',
      'r',
      "String 'Tue, 06 May 2024 15:04:05 GMT' was not recognized as a valid DateTime because the day of week was incorrect.",
    ],
    ['05/06/2024', 'd', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['6.5.24', 'd.M.yy', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['06052024', 'ddMMyyyy', '2024-05-06T00:00:00.0000000 Unspecified'],
    ['2024-05-06  10', 'yyyy-MM-dd HH', "String '2024-05-06  10' was not recognized as a valid DateTime."],
    ['2024-5-6', 'yyyy-MM-dd', "String '2024-5-6' was not recognized as a valid DateTime."],
    ['2024-05-06 10:00:00.5', 'yyyy-MM-dd HH:mm:ss.f', '2024-05-06T10:00:00.5000000 Unspecified'],
    ['2024-05-06 10:00:00', 'yyyy-MM-dd HH:mm:ss.FFF', '2024-05-06T10:00:00.0000000 Unspecified'],
    ['20240506100000', 'yyyyMMddHHmmss', '2024-05-06T10:00:00.0000000 Unspecified'],
    ['2024', 'y', "String '2024' was not recognized as a valid DateTime."],
    ['24', 'yy', '2024-01-01T00:00:00.0000000 Unspecified'],
    [
      '2024-05-06 +14:30',
      'yyyy-MM-dd zzz',
      "The time zone offset of string '2024-05-06 +14:30' must be within plus or minus 14 hours.",
    ],
    ['', 'yyyy', "String '' was not recognized as a valid DateTime."],
    ['2024', '%y', "String '2024' was not recognized as a valid DateTime."],
    ['5', 'd', "String '5' was not recognized as a valid DateTime."],
  ])('%j by %j', (text, format, expected) => {
    expect(shown(() => readExact(text, format, invariantDates, 0, today), text)).toBe(expected);
  });
});

test('a culture orders the numbers of a date and names its months', () => {
  const german = cultureOf('de-de')?.dates.culture ?? invariantDates;
  expect(shown(() => readDate('06.05.2024', german, 0, today), '')).toBe('2024-05-06T00:00:00.0000000 Unspecified');
  expect(shown(() => readDate('6. März 2024', german, 0, today), '')).toBe('2024-03-06T00:00:00.0000000 Unspecified');
  expect(
    formatMoment(
      momentOf(new DateTime(ticksOf({ year: 2024, month: 3, day: 6, hour: 0, minute: 0, second: 0, tick: 0 }))),
      'D',
      german,
    ),
  ).toBe('Mittwoch, 6. März 2024');
});

test('days and dates are each other’s inverse', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_652_058 }), (days) => {
      const { year, month, day } = dateOfDay(days);
      expect(dayNumber(year, month, day)).toBe(days);
    }),
  );
});

test('what a round-trip format writes is read as the same ticks', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n }), (ticks) => {
      const text = formatMoment(momentOf(new DateTime(ticks)), 'o', invariantDates);
      expect(readDate(text, invariantDates, 0, today).ticks).toBe(ticks);
      expect(readExact(text, 'o', invariantDates, 0, today).ticks).toBe(ticks);
      expect(ticksOf(partsOf(ticks))).toBe(ticks);
    }),
  );
});

test('what a span is written as is read as the same span', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (ticks) => {
      expect(readSpan(formatSpan(ticks, 'c'))).toBe(ticks);
    }),
  );
});
