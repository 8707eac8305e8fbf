import type { DateValue } from '../values/value.ts';
import { readFormat } from './custom-format.ts';
import { parseExact, type WrittenDate } from './parse-exact.ts';

/**
 * The spellings that CDate and the date parameters read. The article shows ISO 8601 with and without time and offset,
 * the date-and-offset of Workday (`2020-03-16-07:00`) and the language's own output (`3/16/2020 7:00:00 AM`).
 */
const spellings = [
  ...['yyyy-MM-dd', 'yyyy-MM-ddzzz', 'yyyy-MM-ddK'],
  ...['T', ' '].flatMap((separator) =>
    ['HH:mm', 'HH:mm:ss', 'HH:mm:ss.FFFFFFF'].flatMap((time) =>
      ['K', ' zzz'].map((zone) => `yyyy-MM-dd${separator}${time}${zone}`),
    ),
  ),
  ...[
    'M/d/yyyy',
    'M/d/yyyy h:mm:ss tt',
    'M/d/yyyy h:mm tt',
    'M/d/yyyy H:mm:ss',
    'M/d/yyyy H:mm',
    'M/d/yyyy H:mm:ss zzz',
  ],
].map(readFormat);

/** Reads a date in any of the known spellings; one without an offset is UTC (proposed in engine sheet 21.5). */
export function readWrittenDate(text: string): WrittenDate | undefined {
  const trimmed = text.trim();
  for (const spelling of spellings) {
    const written = parseExact(trimmed, spelling);
    if (written !== undefined) return written;
  }
  return undefined;
}

/** @returns undefined when the text is no date */
export function readDate(text: string): DateValue | undefined {
  return readWrittenDate(text)?.date;
}
