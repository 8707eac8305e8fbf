/**
 * The names and patterns that dates are written with: the part of .NET's DateTimeFormatInfo that formats and parsing use.
 * @property genitiveMonths month names as they stand beside a day (`5 мая`)
 * @property patterns what the standard formats of one letter stand for
 */
export interface DateCulture {
  readonly days: readonly string[];
  readonly shortDays: readonly string[];
  readonly shortestDays: readonly string[];
  readonly months: readonly string[];
  readonly shortMonths: readonly string[];
  readonly genitiveMonths: readonly string[];
  readonly shortGenitiveMonths: readonly string[];
  readonly am: string;
  readonly pm: string;
  readonly dateSeparator: string;
  readonly timeSeparator: string;
  readonly firstDayOfWeek: number;
  readonly shortDate: string;
  readonly longDate: string;
  readonly shortTime: string;
  readonly longTime: string;
  readonly monthDay: string;
  readonly yearMonth: string;
  /** `F`: long date and long time. */
  readonly fullDateTime: string;
  /** Numbers of a date as `06/05/2024` reads them. */
  readonly order: 'mdy' | 'dmy' | 'ymd';
}

const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const englishDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const short = (name: string): string => name.slice(0, 3);

export const invariantDates: DateCulture = {
  days: englishDays,
  shortDays: englishDays.map(short),
  shortestDays: englishDays.map((name) => name.slice(0, 2)),
  months: englishMonths,
  shortMonths: englishMonths.map(short),
  genitiveMonths: englishMonths,
  shortGenitiveMonths: englishMonths.map(short),
  am: 'AM',
  pm: 'PM',
  dateSeparator: '/',
  timeSeparator: ':',
  firstDayOfWeek: 0,
  shortDate: 'MM/dd/yyyy',
  longDate: 'dddd, dd MMMM yyyy',
  shortTime: 'HH:mm',
  longTime: 'HH:mm:ss',
  monthDay: 'MMMM dd',
  yearMonth: 'yyyy MMMM',
  fullDateTime: 'dddd, dd MMMM yyyy HH:mm:ss',
  order: 'mdy',
};

/** The names and patterns of a language, from the data of the JavaScript engine, which is that of Unicode as in .NET. */
export function datesOf(name: string): DateCulture {
  if (name === '') return invariantDates;
  const shortDate = datePattern(name, { dateStyle: 'short' }).replace(/\by{1,2}\b/, 'yyyy');
  const longDate = datePattern(name, { dateStyle: 'full' });
  const shortTime = datePattern(name, { timeStyle: 'short' });
  const longTime = datePattern(name, { timeStyle: 'medium' });
  const separator = /[^A-Za-z']+/.exec(shortDate)?.[0] ?? '/';
  return {
    days: dayNames(name, 'long'),
    shortDays: dayNames(name, 'short'),
    shortestDays: dayNames(name, 'short').map((day) => day.replace(/\.$/, '').slice(0, 2)),
    months: monthNames(name, { month: 'long' }),
    shortMonths: monthNames(name, { month: 'short' }),
    genitiveMonths: monthNames(name, { month: 'long', day: 'numeric' }),
    shortGenitiveMonths: monthNames(name, { month: 'short', day: 'numeric' }),
    am: dayPeriod(name, 9),
    pm: dayPeriod(name, 21),
    dateSeparator: separator.trim() === '' ? '/' : separator,
    timeSeparator: /[^A-Za-z']/.exec(shortTime)?.[0] ?? ':',
    firstDayOfWeek: firstDay(name),
    // .NET keeps separators as signs of their own in patterns: `/` and `:` stand for them.
    shortDate: shortDate.replaceAll(separator, separator === '.' || separator === '-' ? separator : '/'),
    longDate,
    shortTime,
    longTime,
    monthDay: datePattern(name, { month: 'long', day: 'numeric' }),
    yearMonth: datePattern(name, { month: 'long', year: 'numeric' }),
    fullDateTime: `${longDate} ${longTime}`,
    order: orderOf(shortDate),
  };
}

function orderOf(shortDate: string): DateCulture['order'] {
  const year = shortDate.indexOf('y');
  const month = shortDate.indexOf('M');
  const day = shortDate.indexOf('d');
  if (year < month) return 'ymd';
  return month < day ? 'mdy' : 'dmy';
}

function formatter(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(name, { ...options, timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' });
}

/** A pattern of .NET, read off a formatted example: 3 February 2001, 04:05:06. */
function datePattern(name: string, options: Intl.DateTimeFormatOptions): string {
  const format = formatter(name, options);
  const example = Date.UTC(2001, 1, 3, 4, 5, 6);
  const is12 = format.resolvedOptions().hour12 === true;
  return format
    .formatToParts(example)
    .map(({ type, value }) => {
      const two = value.length === 2 && /^\d+$/.test(value);
      switch (type) {
        case 'year':
          return value.length === 2 ? 'yy' : 'yyyy';
        case 'month':
          if (/^\d+$/.test(value)) return two ? 'MM' : 'M';
          return value.endsWith('.') || value.length <= 3 ? 'MMM' : 'MMMM';
        case 'day':
          return two ? 'dd' : 'd';
        case 'weekday':
          return 'dddd';
        case 'hour':
          return (is12 ? 'h' : 'H').repeat(two ? 2 : 1);
        case 'minute':
          return 'mm';
        case 'second':
          return 'ss';
        case 'dayPeriod':
          return 'tt';
        default:
          return literal(value.replaceAll('\u202f', ' '));
      }
    })
    .join('');
}

/** Letters between the parts stand in quotes. */
function literal(text: string): string {
  return text.replace(/\p{L}+/gu, "'$&'");
}

function dayNames(name: string, weekday: 'long' | 'short'): string[] {
  const format = formatter(name, { weekday });
  // 7 January 2001 was a Sunday.
  return englishDays.map((_, day) => format.format(Date.UTC(2001, 0, 7 + day)));
}

function monthNames(name: string, options: Intl.DateTimeFormatOptions): string[] {
  const format = formatter(name, options);
  return englishMonths.map(
    (_, month) => format.formatToParts(Date.UTC(2001, month, 3)).find((part) => part.type === 'month')?.value ?? '',
  );
}

function dayPeriod(name: string, hour: number): string {
  const parts = formatter(name, { hour: 'numeric', hour12: true }).formatToParts(Date.UTC(2001, 0, 1, hour));
  return parts.find((part) => part.type === 'dayPeriod')?.value ?? (hour < 12 ? 'AM' : 'PM');
}

function firstDay(name: string): number {
  const region = new Intl.Locale(name).maximize().region ?? '';
  // The countries whose weeks begin on Sunday or Saturday, by Unicode's data; everywhere else on Monday.
  if (/^(?:US|CA|MX|BR|JP|KR|TW|IL|IN|ZA|AU|CO|PE|VE|PH|TH|HK|ID|SA|KE|PT)$/.test(region)) return 0;
  return /^(?:AE|AF|BH|DJ|DZ|EG|IQ|IR|JO|KW|LY|OM|QA|SD|SY)$/.test(region) ? 6 : 1;
}
