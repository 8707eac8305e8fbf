import type { DateValue } from '../values/value.ts';
import { dateFromTicks, dayOfWeek, ticksFromFields, ticksPerMinute } from './calendar.ts';
import type { FormatToken } from './custom-format.ts';
import { dayNames, monthNames } from './names.ts';

/** A date as it was written: the instant, and the offset it was written with, if any. */
export interface WrittenDate {
  readonly date: DateValue;
  /** Minutes east of UTC. */
  readonly offsetMinutes: number | undefined;
}

/**
 * Reads a text by a .NET custom format, every character of it.
 * @returns undefined when the text does not follow the format or names no existing date
 */
export function parseExact(text: string, tokens: readonly FormatToken[]): WrittenDate | undefined {
  const reader = new Reader(text);
  for (const token of tokens) {
    const ok = token.kind === 'literal' ? reader.literal(token.text) : reader.field(token.letter, token.count);
    if (!ok) return undefined;
  }
  return reader.finish();
}

class Reader {
  readonly #text: string;
  #offset = 0;
  #year = 1;
  #month = 1;
  #day = 1;
  #hour = 0;
  #minute = 0;
  #second = 0;
  #ticks = 0;
  #afternoon: boolean | undefined;
  #twelveHours = false;
  #weekday: number | undefined;
  #offsetMinutes: number | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  literal(text: string): boolean {
    if (!this.#text.startsWith(text, this.#offset)) {
      // .NET reads a missing point before an optional fraction (F) as no fraction.
      return text === '.' && this.#offset === this.#text.length;
    }
    this.#offset += text.length;
    return true;
  }

  field(letter: string, count: number): boolean {
    switch (letter) {
      case 'y':
        return this.#take(
          count <= 2 ? new RegExp(`\\d{${count},2}`, 'y') : new RegExp(`\\d{${count}}`, 'y'),
          (digits) => {
            // .NET's default two-digit year window ends in 2049 (invariant Gregorian calendar).
            this.#year = count > 2 ? Number(digits) : Number(digits) + (Number(digits) > 49 ? 1900 : 2000);
          },
        );
      case 'M':
        if (count > 2) return this.#name(monthNames, count, (index) => (this.#month = index + 1));
        return this.#number(count, (value) => (this.#month = value));
      case 'd':
        if (count > 2) return this.#name(dayNames, count, (index) => (this.#weekday = index));
        return this.#number(count, (value) => (this.#day = value));
      case 'h':
        this.#twelveHours = true;
        return this.#number(count, (value) => (this.#hour = value));
      case 'H':
        return this.#number(count, (value) => (this.#hour = value));
      case 'm':
        return this.#number(count, (value) => (this.#minute = value));
      case 's':
        return this.#number(count, (value) => (this.#second = value));
      case 'f':
        return this.#take(new RegExp(`\\d{${count}}`, 'y'), (digits) => (this.#ticks = Number(digits.padEnd(7, '0'))));
      case 'F':
        this.#take(new RegExp(`\\d{1,${count}}`, 'y'), (digits) => (this.#ticks = Number(digits.padEnd(7, '0'))));
        return true;
      case 't':
        return this.#take(count === 1 ? /[AP]/iy : /[AP]M/iy, (mark) => (this.#afternoon = /^p/i.test(mark)));
      case 'z':
        return this.#take(count >= 3 ? /[+-]\d{1,2}:?\d{2}/y : /[+-]\d{1,2}/y, (written) => this.#readOffset(written));
      case 'K':
        this.#take(/Z|[+-]\d{2}:\d{2}/y, (written) => this.#readOffset(written));
        return true;
      default:
        return false;
    }
  }

  finish(): WrittenDate | undefined {
    if (this.#offset !== this.#text.length) return undefined;
    if (this.#twelveHours && (this.#hour < 1 || this.#hour > 12)) return undefined;
    let hour = this.#hour;
    if (this.#afternoon !== undefined) {
      if (this.#twelveHours) hour = (hour % 12) + (this.#afternoon ? 12 : 0);
      else if (this.#afternoon !== hour >= 12) return undefined;
    } else if (this.#twelveHours && hour === 12) hour = 0;
    const local = ticksFromFields({
      year: this.#year,
      month: this.#month,
      day: this.#day,
      hour,
      minute: this.#minute,
      second: this.#second,
      ticks: this.#ticks,
    });
    if (local === undefined || (this.#weekday !== undefined && this.#weekday !== dayOfWeek(local))) return undefined;
    if (Math.abs(this.#offsetMinutes ?? 0) > 14 * 60) return undefined;
    const date = dateFromTicks(local - BigInt(this.#offsetMinutes ?? 0) * ticksPerMinute);
    return date === undefined ? undefined : { date, offsetMinutes: this.#offsetMinutes };
  }

  #number(count: number, use: (value: number) => void): boolean {
    return this.#take(count === 1 ? /\d{1,2}/y : /\d{2}/y, (digits) => use(Number(digits)));
  }

  #name(names: readonly string[], count: number, use: (index: number) => void): boolean {
    const rest = this.#text.slice(this.#offset).toLowerCase();
    const index = names.findIndex((name) => rest.startsWith((count === 3 ? name.slice(0, 3) : name).toLowerCase()));
    const name = names[index];
    if (name === undefined) return false;
    this.#offset += count === 3 ? 3 : name.length;
    use(index);
    return true;
  }

  #readOffset(written: string): void {
    if (written === 'Z') {
      this.#offsetMinutes = 0;
      return;
    }
    const [, sign, hours, minutes = '0'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(written) ?? [];
    this.#offsetMinutes = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  }

  #take(pattern: RegExp, use: (text: string) => void): boolean {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return false;
    this.#offset += found.length;
    use(found);
    return true;
  }
}
