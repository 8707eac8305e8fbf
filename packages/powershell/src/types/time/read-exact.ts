import { netFailure } from '../../errors/raise.ts';
import { type DateCulture, invariantDates } from '../globalization/date-culture.ts';
import { dayOfWeek, daysInMonth, ticksOf } from './calendar.ts';
import { DateStyle, farOffset, notADate, outOfCalendar, type ReadDate, wrongWeekday } from './date-styles.ts';
import { badFormat, formatPieces, standardPattern } from './format-date.ts';

/** What was read so far; what stays `undefined` was not in the text. */
class Fields {
  year: number | undefined;
  month: number | undefined;
  day: number | undefined;
  hour: number | undefined;
  minute = 0;
  second = 0;
  tick = 0;
  isAfternoon: boolean | undefined;
  uses12Hours = false;
  weekday: number | undefined;
  offset: number | undefined;
  isUtc = false;
}

/**
 * Reads a date that must look exactly like a format. Throws `NetFailure` (FormatException) where it does not.
 * @param today the day that stands in where the format has no date, unless the styles say otherwise
 */
export function readExact(
  text: string,
  format: string,
  culture: DateCulture,
  styles: number,
  today: () => { year: number; month: number; day: number },
): ReadDate {
  if (format === '') throw netFailure('System.FormatException', 'Format specifier was invalid.');
  const { pattern, names, universal } = expand(format, culture);
  const fields = new Fields();
  const reader = new ExactReader(text, names, styles);
  reader.read(pattern, fields);
  if (universal) {
    fields.offset = 0;
    fields.isUtc = true;
  }
  return finish(text, fields, styles, today);
}

/** A standard format of one letter stands for a pattern. */
function expand(format: string, culture: DateCulture): { pattern: string; names: DateCulture; universal: boolean } {
  if (format.length !== 1) return { pattern: format, names: culture, universal: false };
  switch (format) {
    case 'O':
    case 'o':
      return { pattern: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK", names: invariantDates, universal: false };
    case 'R':
    case 'r':
      return { pattern: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'", names: invariantDates, universal: false };
    case 's':
      return { pattern: "yyyy'-'MM'-'dd'T'HH':'mm':'ss", names: invariantDates, universal: false };
    case 'u':
      return { pattern: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'", names: invariantDates, universal: false };
    case 'U':
      return { pattern: culture.fullDateTime, names: culture, universal: true };
    default:
      return { pattern: standardPattern(format, culture), names: culture, universal: false };
  }
}

class ExactReader {
  readonly #text: string;
  readonly #culture: DateCulture;
  readonly #styles: number;
  #at = 0;

  constructor(text: string, culture: DateCulture, styles: number) {
    this.#text = text;
    this.#culture = culture;
    this.#styles = styles;
  }

  read(pattern: string, fields: Fields): void {
    if ((this.#styles & DateStyle.allowLeadingWhite) !== 0) this.#space();
    const pieces = formatPieces(pattern);
    pieces.forEach((piece, index) => {
      if ((this.#styles & DateStyle.allowInnerWhite) !== 0) this.#space();
      if (piece.kind === 'run') {
        this.#run(piece.letter, piece.count, fields);
        return;
      }
      const next = pieces[index + 1];
      if (piece.text === '.' && next?.kind === 'run' && next.letter === 'F' && !this.#text.startsWith('.', this.#at)) {
        return;
      }
      this.#literal(piece.text);
      // A bare Z in a format says UTC, as K does.
      if (piece.text === 'Z' && isBare(pattern)) {
        fields.offset = 0;
        fields.isUtc = true;
      }
    });
    if ((this.#styles & DateStyle.allowTrailingWhite) !== 0) this.#space();
    if (this.#at !== this.#text.length) throw notADate(this.#text);
  }

  #run(letter: string, count: number, fields: Fields): void {
    switch (letter) {
      case 'd':
        if (count <= 2) fields.day = this.#digits(count, 2);
        else fields.weekday = this.#name(count === 3 ? this.#culture.shortDays : this.#culture.days);
        return;
      case 'M':
        if (count <= 2) fields.month = this.#digits(count, 2);
        else fields.month = this.#month(count) + 1;
        return;
      case 'y':
        fields.year = this.#year(count);
        return;
      case 'H':
        fields.hour = this.#digits(Math.min(count, 2), 2);
        return;
      case 'h':
        fields.hour = this.#digits(Math.min(count, 2), 2);
        fields.uses12Hours = true;
        return;
      case 'm':
        fields.minute = this.#digits(Math.min(count, 2), 2);
        return;
      case 's':
        fields.second = this.#digits(Math.min(count, 2), 2);
        return;
      case 'f':
        fields.tick = Number(this.#run7(this.#exactDigits(count)));
        return;
      case 'F': {
        let digits = '';
        while (digits.length < count && /\d/.test(this.#text.charAt(this.#at))) digits += this.#text.charAt(this.#at++);
        fields.tick = Number(this.#run7(digits));
        return;
      }
      case 't':
        fields.isAfternoon = this.#half(count);
        return;
      case 'z':
        fields.offset = this.#offset(count);
        return;
      case 'K':
        if (this.#text.startsWith('Z', this.#at)) {
          this.#at++;
          fields.offset = 0;
          fields.isUtc = true;
        } else if (/^[+-]/.test(this.#text.slice(this.#at))) fields.offset = this.#offset(3);
        return;
      case ':':
        this.#literal(this.#culture.timeSeparator);
        return;
      case '/':
        this.#dateSeparator();
        return;
      case 'g':
        this.#literal('A.D.');
        return;
      default:
        throw badFormat();
    }
  }

  #space(): void {
    while (/\s/.test(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at++;
  }

  #literal(text: string): void {
    if (!this.#text.startsWith(text, this.#at)) throw notADate(this.#text);
    this.#at += text.length;
  }

  /** The culture's own separator, or the slash itself. */
  #dateSeparator(): void {
    const { dateSeparator } = this.#culture;
    this.#literal(this.#text.startsWith(dateSeparator, this.#at) ? dateSeparator : '/');
  }

  #digits(least: number, most: number): number {
    const found = new RegExp(`\\d{${least},${most}}`, 'y');
    found.lastIndex = this.#at;
    const digits = found.exec(this.#text)?.[0];
    if (digits === undefined) throw notADate(this.#text);
    this.#at += digits.length;
    return Number(digits);
  }

  #exactDigits(count: number): string {
    if (count > 7) throw badFormat();
    const digits = this.#text.slice(this.#at, this.#at + count);
    if (digits.length !== count || !/^\d+$/.test(digits)) throw notADate(this.#text);
    this.#at += count;
    return digits;
  }

  #run7(digits: string): string {
    return digits.padEnd(7, '0').slice(0, 7);
  }

  #year(count: number): number {
    if (count <= 2) {
      const year = this.#digits(count, 2);
      return year < 50 ? 2000 + year : 1900 + year;
    }
    return this.#digits(count, Math.max(count, 4));
  }

  /** The index of the longest name that stands here, in any case. */
  #name(names: readonly string[]): number {
    let best = -1;
    let length = 0;
    names.forEach((name, index) => {
      const found = this.#text.slice(this.#at, this.#at + name.length);
      if (name.length > length && found.toLowerCase() === name.toLowerCase()) {
        best = index;
        length = name.length;
      }
    });
    if (best === -1) throw notADate(this.#text);
    this.#at += length;
    return best;
  }

  #month(count: number): number {
    const { months, genitiveMonths, shortMonths, shortGenitiveMonths } = this.#culture;
    const names = count === 3 ? [...shortMonths, ...shortGenitiveMonths] : [...months, ...genitiveMonths];
    return this.#name(names) % 12;
  }

  #half(count: number): boolean {
    const { am, pm } = this.#culture;
    const names = count === 1 ? [am.slice(0, 1), pm.slice(0, 1)] : [am, pm];
    return this.#name(names) === 1;
  }

  #offset(count: number): number {
    if (count === 3 && this.#text.startsWith('Z', this.#at)) {
      this.#at++;
      return 0;
    }
    const found = (count <= 2 ? /[+-](\d{1,2})/y : /[+-](\d{1,2}):?(\d{2})/y) satisfies RegExp;
    found.lastIndex = this.#at;
    const [all, hours, minutes = '0'] = found.exec(this.#text) ?? [];
    if (all === undefined || hours === undefined) throw notADate(this.#text);
    this.#at += all.length;
    const total = Number(hours) * 60 + Number(minutes);
    if (total > 14 * 60) throw farOffset(this.#text);
    return all.startsWith('-') ? -total : total;
  }
}

function finish(
  text: string,
  fields: Fields,
  styles: number,
  today: () => { year: number; month: number; day: number },
): ReadDate {
  let hour = fields.hour ?? 0;
  if (fields.uses12Hours && hour > 12) throw notADate(text);
  if (fields.uses12Hours) hour = (hour % 12) + (fields.isAfternoon === true ? 12 : 0);
  // With 24 hours, the half of the day only has to fit.
  else if (fields.isAfternoon !== undefined && hour >= 12 !== fields.isAfternoon) throw notADate(text);
  const { year, month, day } = fillDate(fields, styles, today);
  if (hour > 23 || fields.minute > 59 || fields.second > 59) throw outOfCalendar(text);
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw outOfCalendar(text);
  }
  const ticks = ticksOf({ year, month, day, hour, minute: fields.minute, second: fields.second, tick: fields.tick });
  if (fields.weekday !== undefined && dayOfWeek(ticks) !== fields.weekday) throw wrongWeekday(text);
  return { ticks, offset: fields.offset, isUtc: fields.isUtc };
}

/** Where no part of the date was read, it is today; otherwise the first day of what is missing. */
function fillDate(
  { year, month, day }: Fields,
  styles: number,
  today: () => { year: number; month: number; day: number },
): { year: number; month: number; day: number } {
  if (year === undefined && month === undefined && day === undefined) {
    return (styles & DateStyle.noCurrentDateDefault) !== 0 ? { year: 1, month: 1, day: 1 } : today();
  }
  return { year: year ?? today().year, month: month ?? 1, day: day ?? 1 };
}

/** Whether the format has a Z outside of quotes and escapes. */
function isBare(pattern: string): boolean {
  return pattern.replace(/\\.|'[^']*'|"[^"]*"/g, '').includes('Z');
}
