import { netFailure } from '../../errors/raise.ts';
import type { DateCulture } from '../globalization/date-culture.ts';
import { invariantDates } from '../globalization/date-culture.ts';
import { type DateParts, dayOfWeek, partsOf } from './calendar.ts';

/**
 * A moment to be written.
 * @property offset minutes ahead of UTC for `z`
 * @property zone what `K` writes: `Z`, `+02:00` or nothing
 */
export interface Moment {
  readonly ticks: bigint;
  readonly offset: number;
  readonly zone: string;
  /** The same moment in UTC: what `U`, `u` of an offset, `r` of an offset write. */
  readonly utcTicks: bigint;
  /** Of a DateTimeOffset: universal formats write UTC, and no format writes the offset too. */
  readonly hasOffset: boolean;
}

export function badFormat(): Error {
  return netFailure('System.FormatException', 'Input string was not in a correct format.');
}

/** A date by a standard or custom format string of .NET. Throws `NetFailure` (FormatException) for a bad one. */
export function formatMoment(moment: Moment, format: string | undefined, culture: DateCulture): string {
  if (format === undefined || format === '') {
    const general = `${culture.shortDate} ${culture.longTime}`;
    return custom(moment, moment.hasOffset ? `${general} zzz` : general, culture);
  }
  if (format.length === 1) return standard(moment, format, culture);
  return custom(moment, format, culture);
}

function standard(moment: Moment, format: string, culture: DateCulture): string {
  const universal = moment.hasOffset ? { ...moment, ticks: moment.utcTicks, offset: 0 } : moment;
  switch (format) {
    case 'O':
    case 'o':
      return custom(moment, "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK", invariantDates);
    case 'R':
    case 'r':
      return custom(universal, "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'", invariantDates);
    case 's':
      return custom(moment, "yyyy'-'MM'-'dd'T'HH':'mm':'ss", invariantDates);
    case 'u':
      return custom(universal, "yyyy'-'MM'-'dd HH':'mm':'ss'Z'", invariantDates);
    case 'U':
      if (moment.hasOffset) throw badFormat();
      return custom({ ...moment, ticks: moment.utcTicks }, culture.fullDateTime, culture);
    default:
      return custom(moment, standardPattern(format, culture), culture);
  }
}

/** The pattern that a standard format of a culture stands for. */
export function standardPattern(format: string, culture: DateCulture): string {
  switch (format) {
    case 'd':
      return culture.shortDate;
    case 'D':
      return culture.longDate;
    case 't':
      return culture.shortTime;
    case 'T':
      return culture.longTime;
    case 'f':
      return `${culture.longDate} ${culture.shortTime}`;
    case 'F':
      return culture.fullDateTime;
    case 'g':
      return `${culture.shortDate} ${culture.shortTime}`;
    case 'G':
      return `${culture.shortDate} ${culture.longTime}`;
    case 'M':
    case 'm':
      return culture.monthDay;
    case 'Y':
    case 'y':
      return culture.yearMonth;
    default:
      throw badFormat();
  }
}

/** Pieces of a custom format: a run of one letter, or text that stands for itself. */
export type FormatPiece =
  | { readonly kind: 'run'; readonly letter: string; readonly count: number }
  | { readonly kind: 'text'; readonly text: string };

const runLetters = 'dfFghHKmMstyz:/';

/** Takes a custom format apart. Throws `NetFailure` (FormatException) for an open quote or a lone escape. */
export function formatPieces(format: string, letters: string = runLetters): FormatPiece[] {
  const pieces: FormatPiece[] = [];
  for (let at = 0; at < format.length; ) {
    const sign = format.charAt(at);
    if (sign === "'" || sign === '"') {
      const { text, end } = quoted(format, at);
      pieces.push({ kind: 'text', text });
      at = end;
    } else if (sign === '\\') {
      if (at + 1 >= format.length) throw badFormat();
      pieces.push({ kind: 'text', text: format.charAt(at + 1) });
      at += 2;
    } else if (sign === '%') {
      const next = format.charAt(at + 1);
      if (next === '' || next === '%') throw badFormat();
      at++;
    } else if (letters.includes(sign)) {
      let count = 1;
      if (sign !== ':' && sign !== '/' && sign !== 'K') while (format.charAt(at + count) === sign) count++;
      pieces.push({ kind: 'run', letter: sign, count });
      at += count;
    } else {
      pieces.push({ kind: 'text', text: sign });
      at++;
    }
  }
  return pieces;
}

function quoted(format: string, start: number): { text: string; end: number } {
  const quote = format.charAt(start);
  let text = '';
  for (let at = start + 1; at < format.length; at++) {
    const sign = format.charAt(at);
    if (sign === quote) return { text, end: at + 1 };
    if (sign === '\\') {
      at++;
      if (at >= format.length) break;
      text += format.charAt(at);
    } else text += sign;
  }
  throw netFailure('System.FormatException', `Cannot find a matching quote character for the character '${quote}'.`);
}

function custom(moment: Moment, format: string, culture: DateCulture): string {
  const parts = partsOf(moment.ticks);
  const pieces = formatPieces(format);
  let text = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      text += piece.text;
      continue;
    }
    if (piece.letter === 'F') {
      const fraction = tickText(parts.tick, piece.count).replace(/0+$/, '');
      // A fraction of nothing takes its point with it.
      if (fraction === '' && text.endsWith('.')) text = text.slice(0, -1);
      text += fraction;
      continue;
    }
    text += run(piece.letter, piece.count, moment, parts, culture, pieces);
  }
  return text;
}

function run(
  letter: string,
  count: number,
  moment: Moment,
  parts: DateParts,
  culture: DateCulture,
  pieces: readonly FormatPiece[],
): string {
  switch (letter) {
    case 'd':
      if (count <= 2) return padded(parts.day, count);
      return (count === 3 ? culture.shortDays : culture.days)[dayOfWeek(moment.ticks)] ?? '';
    case 'f':
      return tickText(parts.tick, count);
    case 'g':
      return 'A.D.';
    case 'h':
      return padded(parts.hour % 12 === 0 ? 12 : parts.hour % 12, Math.min(count, 2));
    case 'H':
      return padded(parts.hour, Math.min(count, 2));
    case 'K':
      return moment.zone;
    case 'm':
      return padded(parts.minute, Math.min(count, 2));
    case 'M': {
      if (count <= 2) return padded(parts.month, count);
      const genitive = pieces.some((piece) => piece.kind === 'run' && piece.letter === 'd' && piece.count <= 2);
      const names =
        count === 3
          ? genitive
            ? culture.shortGenitiveMonths
            : culture.shortMonths
          : genitive
            ? culture.genitiveMonths
            : culture.months;
      return names[parts.month - 1] ?? '';
    }
    case 's':
      return padded(parts.second, Math.min(count, 2));
    case 't': {
      const half = parts.hour < 12 ? culture.am : culture.pm;
      return count === 1 ? half.slice(0, 1) : half;
    }
    case 'y':
      return count <= 2 ? padded(parts.year % 100, count) : padded(parts.year, count);
    case 'z':
      return offsetText(moment.offset, count);
    case ':':
      return culture.timeSeparator;
    case '/':
      return culture.dateSeparator;
    default:
      return letter.repeat(count);
  }
}

function padded(value: number, width: number): string {
  return value.toString().padStart(width, '0');
}

/** The first digits of a fraction of a second. */
export function tickText(tick: number, count: number): string {
  if (count > 7) throw badFormat();
  return padded(tick, 7).slice(0, count);
}

/** `+2`, `+02`, `+02:00`. */
export function offsetText(minutes: number, count: number): string {
  const sign = minutes < 0 ? '-' : '+';
  const hours = Math.floor(Math.abs(minutes) / 60);
  if (count <= 2) return sign + padded(hours, count);
  return `${sign}${padded(hours, 2)}:${padded(Math.abs(minutes) % 60, 2)}`;
}
