import { toInvariantText } from '../../conversion/text.ts';
import { netFailure } from '../../errors/raise.ts';
import { decimalText } from '../../values/decimal.ts';
import { Char, Decimal, Double, Single } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import type { CallContext } from '../net-type.ts';
import { dateOfDay, dayNumber, daysInMonth, ticksPerDay, ticksPerMinute, ticksPerSecond } from '../time/calendar.ts';
import { DateKind, DateTime, localOffset } from '../time/date-time.ts';
import { TimeSpan } from '../time/time-span.ts';

/*
 * Values as XML Schema writes them: what `XmlConvert`, `XmlWriter.WriteValue` and Clixml have in common.
 */

/** `undefined` for a value that has no form of its own in XML. */
export function xmlText(value: Value, context?: CallContext): string | undefined {
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
    case 'bigint':
      return value.toString();
    case 'string':
      return value;
    default:
      break;
  }
  if (value instanceof Double) return realText(value.value, () => toInvariantText(value, 'R', noContext(context)));
  if (value instanceof Single) return realText(value.value, () => toInvariantText(value, 'R', noContext(context)));
  if (value instanceof Decimal) return decimalText(value);
  if (value instanceof Char) return String.fromCharCode(value.code);
  if (value instanceof DateTime) return dateText(value);
  if (value instanceof TimeSpan) return durationText(value.ticks);
  return undefined;
}

function noContext(context: CallContext | undefined): CallContext {
  if (context !== undefined) return context;
  throw new Error('the text of a number needs a context');
}

function realText(value: number, finite: () => string): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF';
  return Object.is(value, -0) ? '-0' : finite();
}

const two = (number: number): string => number.toString().padStart(2, '0');

function fraction(ticks: bigint): string {
  const digits = (ticks % ticksPerSecond).toString().padStart(7, '0').replace(/0+$/, '');
  return digits === '' ? '' : `.${digits}`;
}

/** A date and time, with `Z` for UTC and the offset for local time. */
export function dateText(date: DateTime): string {
  const { ticks, kind } = date;
  return `${plainDateText(ticks)}${kind === DateKind.utc ? 'Z' : kind === DateKind.local ? offsetText(localOffset(ticks, true)) : ''}`;
}

export function dateOffsetText(localTicks: bigint, offsetTicks: bigint): string {
  return `${plainDateText(localTicks)}${offsetTicks === 0n ? 'Z' : offsetText(offsetTicks)}`;
}

function plainDateText(ticks: bigint): string {
  const { year, month, day } = dateOfDay(Number(ticks / ticksPerDay));
  const seconds = Number((ticks % ticksPerDay) / ticksPerSecond);
  const date = `${year.toString().padStart(4, '0')}-${two(month)}-${two(day)}`;
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${date}T${time}${fraction(ticks)}`;
}

function offsetText(ticks: bigint): string {
  const minutes = Math.abs(Number(ticks / ticksPerMinute));
  return `${ticks < 0n ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A span of time: `P1DT2H3M4.5S`. */
export function durationText(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const days = size / ticksPerDay;
  const seconds = Number((size % ticksPerDay) / ticksPerSecond);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${seconds % 60}${fraction(size)}`;
  const time = [
    hours === 0 ? '' : `${hours}H`,
    minutes === 0 ? '' : `${minutes}M`,
    rest === '0' ? '' : `${rest}S`,
  ].join('');
  const date = days === 0n ? '' : `${days}D`;
  if (date === '' && time === '') return 'PT0S';
  return `${ticks < 0n ? '-' : ''}P${date}${time === '' ? '' : `T${time}`}`;
}

const dateForm = /^\s*(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?\s*$/;

/** Reads a date and time as `XmlConvert.ToDateTime` does with `RoundtripKind`. Throws `NetFailure` (FormatException). */
export function readXmlDate(text: string): DateTime {
  const { ticks, offset } = readMoment(text);
  if (offset === undefined) return new DateTime(ticks, DateKind.unspecified);
  const utc = new DateTime(ticks - offset, DateKind.utc);
  return /Z\s*$/.test(text) ? utc : utc.toLocal();
}

/** Ticks of the clock that is written, and how far that is ahead of UTC; `undefined` where the text does not say. */
export function readMoment(text: string): { ticks: bigint; offset: bigint | undefined } {
  const found = dateForm.exec(text);
  const [, year, month, day, hour = '0', minute = '0', second = '0', digits = '', zone] = found ?? [];
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const [h, min, s] = [Number(hour), Number(minute), Number(second)];
  if (found === null || y < 1 || m < 1 || m > 12 || d < 1 || d > daysInMonth(y, m) || h > 23 || min > 59 || s > 59) {
    throw netFailure('System.FormatException', `The string '${text}' is not a valid AllXsd value.`);
  }
  const ticks =
    BigInt(dayNumber(y, m, d)) * ticksPerDay +
    BigInt(h * 3600 + min * 60 + s) * ticksPerSecond +
    BigInt(digits.slice(0, 7).padEnd(7, '0'));
  return { ticks, offset: zone === undefined ? undefined : zoneTicks(zone) };
}

function zoneTicks(zone: string): bigint {
  if (zone === 'Z') return 0n;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return BigInt(zone.startsWith('-') ? -minutes : minutes) * ticksPerMinute;
}

const durationForm =
  /^\s*(-)?P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?\s*$/;

/** Reads a span of time; a year counts 365 days and a month 30, as in .NET. Throws `NetFailure` (FormatException). */
export function readDuration(text: string): TimeSpan {
  const found = durationForm.exec(text);
  if (found === null) {
    throw netFailure('System.FormatException', `The string '${text}' is not a valid TimeSpan value.`);
  }
  const [, sign, years = '0', months = '0', days = '0', hours = '0', minutes = '0', seconds = '0', digits = ''] = found;
  const allDays = BigInt(years) * 365n + BigInt(months) * 30n + BigInt(days);
  const ticks =
    allDays * ticksPerDay +
    (BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)) * ticksPerSecond +
    BigInt(digits.slice(0, 7).padEnd(7, '0'));
  if (ticks > 9_223_372_036_854_775_807n) {
    throw netFailure('System.OverflowException', `Value '${text}' was either too large or too small for TimeSpan.`);
  }
  return new TimeSpan(sign === undefined ? ticks : -ticks);
}
