import type { DateCulture } from '../globalization/date-culture.ts';
import { invariantDates } from '../globalization/date-culture.ts';
import { dayOfWeek, daysInMonth, ticksOf } from './calendar.ts';
import {
  DateStyle,
  farOffset,
  notADate,
  outOfCalendar,
  type ReadDate,
  unknownWord,
  wrongWeekday,
} from './date-styles.ts';

type Token =
  | { readonly kind: 'number'; readonly digits: string; readonly at: number }
  | { readonly kind: 'word'; readonly word: string; readonly at: number }
  | { readonly kind: 'sign'; readonly sign: string; readonly at: number };

type Date3 = { year: number; month: number; day: number };

/**
 * Reads a date as `DateTime.Parse` does: the usual ways to write one, in the order of day and month that the culture has.
 * Throws `NetFailure` (FormatException).
 * @param today the day that stands in where the text has only a time, unless the styles say otherwise
 */
export function readDate(text: string, culture: DateCulture, styles: number, today: () => Date3): ReadDate {
  const reader = new DateReader(text, culture, styles, today);
  return reader.read();
}

class DateReader {
  readonly #text: string;
  readonly #culture: DateCulture;
  readonly #styles: number;
  readonly #today: () => Date3;
  #rest: string;

  constructor(text: string, culture: DateCulture, styles: number, today: () => Date3) {
    this.#text = text;
    this.#culture = culture;
    this.#styles = styles;
    this.#today = today;
    // The signs of year, month and day of East Asia stand in every culture.
    // Of many blanks 64 stay: the patterns look from each blank to the end of its run, which must not take the square of the length.
    const short = text.replace(/(\s{64})\s+/g, '$1');
    this.#rest = short.replace(/(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/u, '$1-$2-$3 ');
  }

  read(): ReadDate {
    if (this.#text.trim() === '') throw notADate(this.#text);
    const time = this.#takeTime() ?? this.#takeZone();
    const tokens = this.#tokens();
    const { names, numbers } = this.#sort(tokens);
    const date = this.#date(names.month, numbers, tokens);
    const hasDate = date !== undefined;
    if (!hasDate && time === undefined) throw notADate(this.#text);
    const fallback =
      (this.#styles & DateStyle.noCurrentDateDefault) !== 0 ? { year: 1, month: 1, day: 1 } : this.#today();
    const { year, month, day } = date ?? fallback;
    const { hour = 0, minute = 0, second = 0, tick = 0, offset, isUtc = false } = time ?? {};
    if (month < 1 || month > 12 || day < 1 || year < 1 || year > 9999 || day > daysInMonth(year, month)) {
      throw notADate(this.#text);
    }
    if (hour > 23 || minute > 59 || second > 59) throw outOfCalendar(this.#text);
    const ticks = ticksOf({ year, month, day, hour, minute, second, tick: 0 }) + BigInt(tick);
    if (names.weekday !== undefined && dayOfWeek(ticks) !== names.weekday) throw wrongWeekday(this.#text);
    return { ticks, offset, isUtc };
  }

  /** Finds the time with what belongs to it and blanks it out. */
  #takeTime(): ReadTime | undefined {
    const { am, pm } = this.#culture;
    const halves = `(?<half>${[am, pm, invariantDates.am, invariantDates.pm, 'A', 'P']
      .filter((name) => name !== '')
      .map(literal)
      .join('|')})(?![\\p{L}\\p{N}])`;
    const separator = this.#culture.timeSeparator === '.' ? '[:.]' : ':';
    const clock = new RegExp(
      `(?:(?<=\\d)T|(?<![\\p{L}\\d.:+]))\\s*(?<hour>\\d{1,2})(?:\\s*${separator}\\s*(?<minute>\\d{1,2})(?:\\s*${separator}\\s*(?<second>\\d{1,2})(?:[.,](?<fraction>\\d+))?)?(?:\\s*${halves})?|\\s*${halves.replace('half', 'half2')})(?<zone>\\s*(?:Z(?![\\p{L}])|GMT(?![\\p{L}])|UTC(?![\\p{L}]))?\\s*(?:[+-]\\s*\\d{1,2}(?::?\\d{2})?(?!\\d))?)`,
      'iu',
    );
    const found = clock.exec(this.#rest);
    if (found === null) return undefined;
    const groups = found.groups ?? {};
    const before = this.#rest.slice(0, found.index);
    const after = this.#rest.slice(found.index + found[0].length);
    this.#rest = before + ' '.repeat(found[0].length) + after;
    const half = groups.half ?? groups.half2;
    return this.#time(groups, half);
  }

  /** A date may have a zone without a time. */
  #takeZone(): ReadTime | undefined {
    const found = /(?<=\d)\s*(?:Z|[+-]\d{1,2}:\d{2}|(?<=\d[-/.]\d{1,2}[-/.]\d{1,4}\s*)[+-]\d{1,2})\s*$/i.exec(
      this.#rest,
    );
    if (found === null) return undefined;
    this.#rest = this.#rest.slice(0, found.index);
    return { hour: 0, minute: 0, second: 0, tick: 0, ...this.#zone(found[0]) };
  }

  #time(groups: Readonly<Record<string, string | undefined>>, half: string | undefined): ReadTime {
    let hour = Number(groups.hour);
    if (half !== undefined) {
      const isAfternoon = half.toLowerCase().startsWith('p') || half.toLowerCase() === this.#culture.pm.toLowerCase();
      if (hour > 12 && !isAfternoon) throw notADate(this.#text);
      if (hour <= 12) hour = (hour % 12) + (isAfternoon ? 12 : 0);
    }
    const fraction = groups.fraction;
    return {
      hour,
      minute: Number(groups.minute ?? 0),
      second: Number(groups.second ?? 0),
      tick: fraction === undefined ? 0 : Math.round(Number(`0.${fraction}`) * 1e7),
      ...this.#zone(groups.zone ?? ''),
    };
  }

  #zone(text: string): { offset?: number; isUtc?: boolean } {
    const zone = text.trim();
    if (zone === '') return {};
    const [, name, sign, hours, minutes = '0'] = /^(Z|GMT|UTC)?\s*(?:([+-])\s*(\d{1,2}):?(\d{2})?)?$/i.exec(zone) ?? [];
    if (sign === undefined) return name === undefined ? {} : { offset: 0, isUtc: true };
    const total = Number(hours) * 60 + Number(minutes);
    if (Number(minutes) > 59) throw notADate(this.#text);
    if (total > 14 * 60) throw farOffset(this.#text);
    return { offset: sign === '-' ? -total : total };
  }

  #tokens(): Token[] {
    const tokens: Token[] = [];
    for (const found of this.#rest.matchAll(/(\d+)|([\p{L}][\p{L}\p{M}.']*)|([^\s])/gu)) {
      const [, digits, word, sign] = found;
      if (digits !== undefined) tokens.push({ kind: 'number', digits, at: found.index });
      else if (word !== undefined) tokens.push({ kind: 'word', word, at: found.index });
      else if (sign !== undefined) tokens.push({ kind: 'sign', sign, at: found.index });
    }
    return tokens;
  }

  #sort(tokens: readonly Token[]): { names: { month?: number; weekday?: number }; numbers: string[] } {
    const names: { month?: number; weekday?: number } = {};
    const numbers: string[] = [];
    for (const token of tokens) {
      if (token.kind === 'number') numbers.push(token.digits);
      else if (token.kind === 'sign') {
        if (!'/-.,'.includes(token.sign) && token.sign !== this.#culture.dateSeparator) throw notADate(this.#text);
      } else this.#word(token, names);
    }
    return { names, numbers };
  }

  #word(token: Token & { kind: 'word' }, names: { month?: number; weekday?: number }): void {
    const { word } = token;
    const month = this.#month(word);
    const weekday = this.#weekday(word);
    if (month !== undefined) {
      if (names.month !== undefined) throw notADate(this.#text);
      names.month = month;
    } else if (weekday !== undefined) names.weekday = weekday;
    else if (isTimeMark(word, this.#text.slice(0, token.at))) throw notADate(this.#text);
    else throw unknownWord(this.#text, token.at);
  }

  #month(word: string): number | undefined {
    const { months, shortMonths, genitiveMonths, shortGenitiveMonths } = this.#culture;
    for (const list of [
      months,
      shortMonths,
      genitiveMonths,
      shortGenitiveMonths,
      invariantDates.months,
      invariantDates.shortMonths,
    ]) {
      const index = list.findIndex((name) => isSame(name, word));
      if (index !== -1) return index + 1;
    }
    return undefined;
  }

  #weekday(word: string): number | undefined {
    const { days, shortDays } = this.#culture;
    for (const list of [days, shortDays, invariantDates.days, invariantDates.shortDays]) {
      const index = list.findIndex((name) => isSame(name, word));
      if (index !== -1) return index;
    }
    return undefined;
  }

  #date(month: number | undefined, numbers: readonly string[], tokens: readonly Token[]): Date3 | undefined {
    const [first, second, third] = numbers;
    if (numbers.length > 3) throw notADate(this.#text);
    if (month !== undefined) {
      if (third !== undefined) throw notADate(this.#text);
      return this.#namedMonth(month, first, second, tokens);
    }
    if (first === undefined) return undefined;
    if (second === undefined) throw notADate(this.#text);
    if (!tokens.some((token) => token.kind === 'sign') && third === undefined) throw notADate(this.#text);
    if (third === undefined) return this.#twoNumbers(first, second);
    if (first.length > 2) return { year: Number(first), month: Number(second), day: Number(third) };
    const order = this.#culture.order === 'ymd' && third.length > 2 ? 'mdy' : this.#culture.order;
    switch (order) {
      case 'mdy':
        return { month: Number(first), day: Number(second), year: fullYear(third) };
      case 'dmy':
        return { day: Number(first), month: Number(second), year: fullYear(third) };
      case 'ymd':
        return { year: fullYear(first), month: Number(second), day: Number(third) };
    }
  }

  #namedMonth(month: number, first: string | undefined, second: string | undefined, tokens: readonly Token[]): Date3 {
    if (first === undefined) throw notADate(this.#text);
    if (second === undefined) {
      const isYear = first.length > 2 || Number(first) > 31 || this.#isYearBefore(tokens);
      return isYear
        ? { year: fullYear(first), month, day: 1 }
        : { year: this.#today().year, month, day: Number(first) };
    }
    return first.length > 2
      ? { year: Number(first), month, day: Number(second) }
      : { year: fullYear(second), month, day: Number(first) };
  }

  /** `6 May` is a year and a month where the culture writes months before days and years before months. */
  #isYearBefore(tokens: readonly Token[]): boolean {
    const { monthDay, yearMonth } = this.#culture;
    if (tokens[0]?.kind !== 'number') return false;
    return monthDay.indexOf('M') < monthDay.indexOf('d') && yearMonth.indexOf('y') < yearMonth.indexOf('M');
  }

  #twoNumbers(first: string, second: string): Date3 {
    if (first.length > 2) return { year: Number(first), month: Number(second), day: 1 };
    if (second.length > 2) return { year: Number(second), month: Number(first), day: 1 };
    const { year } = this.#today();
    return this.#culture.order === 'dmy'
      ? { year, month: Number(second), day: Number(first) }
      : { year, month: Number(first), day: Number(second) };
  }
}

/** The `T` between date and time, where no time follows that could be read. */
function isTimeMark(word: string, before: string): boolean {
  return word.toLowerCase() === 't' && /\d\s*$/.test(before);
}

interface ReadTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly tick: number;
  readonly offset?: number;
  readonly isUtc?: boolean;
}

function isSame(name: string, word: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/\.$/, '');
  return name !== '' && plain(name) === plain(word);
}

/** Two digits are of the years 1950 to 2049. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
