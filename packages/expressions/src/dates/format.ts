import type { DateValue } from '../values/value.ts';
import { dayOfWeek, fieldsFromTicks, ticksPerMinute } from './calendar.ts';
import { type FormatToken, readFormat } from './custom-format.ts';
import { dayNames, monthNames } from './names.ts';

/** How a date prints in the language: `3/16/2020 7:00:00 AM`, UTC, invariant culture (engine sheet 21.2). */
export const invariantFormat = 'M/d/yyyy h:mm:ss tt';
const invariantTokens = readFormat(invariantFormat);

export function formatInvariant(date: DateValue): string {
  return formatDate(date, undefined, invariantTokens);
}

/** The date as ISO 8601 in UTC, as short as it is exact; what a DateTime attribute of a SCIM target receives. */
export function formatIso(date: DateValue): string {
  return formatDate(date, 0, isoTokens);
}
const isoTokens = readFormat('yyyy-MM-ddTHH:mm:ss.FFFFFFFK');

/**
 * Formats a date by a .NET custom format.
 * @param offsetMinutes the offset in which the date is shown; undefined when none was given: shown in UTC, and `K` prints nothing
 */
export function formatDate(date: DateValue, offsetMinutes: number | undefined, tokens: readonly FormatToken[]): string {
  const ticks = date.ticks + BigInt(offsetMinutes ?? 0) * ticksPerMinute;
  const fields = fieldsFromTicks(ticks);
  let text = '';
  for (const token of tokens) {
    if (token.kind === 'literal') {
      text += token.text;
      continue;
    }
    const { letter, count } = token;
    switch (letter) {
      case 'd':
        if (count <= 2) text += pad(fields.day, count);
        else text += shorten(dayNames[dayOfWeek(ticks)] ?? '', count);
        break;
      case 'M':
        if (count <= 2) text += pad(fields.month, count);
        else text += shorten(monthNames[fields.month - 1] ?? '', count);
        break;
      case 'y':
        text += count <= 2 ? pad(fields.year % 100, count) : pad(fields.year, count);
        break;
      case 'h':
        text += pad(fields.hour % 12 === 0 ? 12 : fields.hour % 12, count);
        break;
      case 'H':
        text += pad(fields.hour, count);
        break;
      case 'm':
        text += pad(fields.minute, count);
        break;
      case 's':
        text += pad(fields.second, count);
        break;
      case 'f':
        text += pad(fields.ticks, 7).slice(0, count);
        break;
      case 'F': {
        const fraction = pad(fields.ticks, 7).slice(0, count).replace(/0+$/, '');
        // .NET drops the point before a fraction that vanishes.
        text = fraction === '' && text.endsWith('.') ? text.slice(0, -1) : text + fraction;
        break;
      }
      case 't':
        text += (fields.hour < 12 ? 'AM' : 'PM').slice(0, count);
        break;
      case 'z':
        text += formatOffset(offsetMinutes ?? 0, count);
        break;
      case 'K':
        if (offsetMinutes !== undefined) text += offsetMinutes === 0 ? 'Z' : formatOffset(offsetMinutes, 3);
        break;
    }
  }
  return text;
}

function formatOffset(minutes: number, count: number): string {
  const size = Math.abs(minutes);
  const hours = `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(size / 60), Math.min(count, 2))}`;
  return count >= 3 ? `${hours}:${pad(size % 60, 2)}` : hours;
}

function pad(value: number, width: number): string {
  return value.toString().padStart(width, '0');
}

function shorten(name: string, count: number): string {
  return count === 3 ? name.slice(0, 3) : name;
}
