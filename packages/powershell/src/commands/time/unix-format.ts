import { toNetText } from '../../conversion/text.ts';
import type { Session } from '../../runtime/session.ts';
import { getMember } from '../../types/members.ts';
import { DateTime } from '../../types/time/date-time.ts';
import type { Value } from '../../values/value.ts';

/** Letters of `-UFormat` that stand for a .NET format. */
const formats: ReadonlyMap<string, string> = new Map(
  Object.entries({
    A: 'dddd',
    a: 'ddd',
    B: 'MMMM',
    b: 'MMM',
    c: 'ddd dd MMM yyyy HH:mm:ss',
    D: 'MM/dd/yy',
    d: 'dd',
    F: 'yyyy-MM-dd',
    H: 'HH',
    h: 'MMM',
    I: 'hh',
    M: 'mm',
    m: 'MM',
    p: 'tt',
    R: 'HH:mm',
    r: 'hh:mm:ss tt',
    S: 'ss',
    T: 'HH:mm:ss',
    X: 'HH:mm:ss',
    x: 'MM/dd/yy',
    Y: 'yyyy',
    y: 'yy',
    Z: 'zz',
  }),
);

/** A date in a format of the `date` command of Unix, as `Get-Date -UFormat` reads it. */
export function formatUnixStyle(date: Value, format: string, session: Session): string {
  return format.replace(/^\+/, '').replace(/%(.)/gs, (_all, letter: string) => {
    const known = formats.get(letter);
    return known === undefined ? computed(date, letter, session) : toNetText(date, known, session);
  });
}

function computed(date: Value, letter: string, session: Session): string {
  const part = (name: string) => Number(session.text(getMember(date, name, session)));
  const week = () => isoWeek(part('Year'), part('DayOfYear'), weekday(date));
  switch (letter) {
    case 'C':
      return String(Math.floor(part('Year') / 100));
    case 'e':
      return String(part('Day')).padStart(2);
    case 'G':
      return String(week().year).padStart(4, '0');
    case 'g':
      return String(week().year % 100).padStart(2, '0');
    case 'j':
      return String(part('DayOfYear')).padStart(3, '0');
    case 'k':
      return String(part('Hour')).padStart(2);
    case 'l':
      return toNetText(date, '%h', session).padStart(2);
    case 'n':
      return '\n';
    case 's':
      return date instanceof DateTime ? String(Math.round(date.toUnixMilliseconds() / 1000)) : '';
    case 't':
      return '\t';
    case 'U':
    case 'W':
      return String(Math.floor(part('DayOfYear') / 7));
    case 'u':
      return String(weekday(date));
    case 'V':
      return String(week().week).padStart(2, '0');
    case 'w':
      return String(weekday(date) % 7);
    default:
      return letter;
  }
}

/** Monday is 1, Sunday 7. */
function weekday(date: Value): number {
  if (!(date instanceof DateTime)) return 1;
  return Number((date.ticks / 864_000_000_000n) % 7n) + 1;
}

function isoWeek(year: number, dayOfYear: number, day: number): { readonly year: number; readonly week: number } {
  const week = Math.floor((dayOfYear - day + 10) / 7);
  if (week < 1) return { year: year - 1, week: weeksOf(year - 1) };
  return week > weeksOf(year) ? { year: year + 1, week: 1 } : { year, week };
}

function weeksOf(year: number): number {
  const shift = (one: number) => (one + Math.floor(one / 4) - Math.floor(one / 100) + Math.floor(one / 400)) % 7;
  return shift(year) === 4 || shift(year - 1) === 3 ? 53 : 52;
}
