import { namedType } from '../../types/intrinsic.ts';
import { DateKind, DateTime, dateFromUnix } from '../../types/time/date-time.ts';
import { BigInteger, Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall } from '../description.ts';

/** Whole numbers of as many digits are exact in JavaScript. */
const exactDigits = 15;

/** Int64 as far as it goes, then BigInteger; everything with a point or an exponent is a Double. */
export function jsonNumber(text: string): Value {
  if (!/^-?\d+$/.test(text)) return new Double(Number(text));
  const whole = BigInt(text.length <= exactDigits ? Number(text) : text);
  return BigInt.asIntN(64, whole) === whole ? whole : new BigInteger(whole);
}

const date = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:?\d\d)?$/;

/** What text becomes: in the form of an ISO date with a time it is a date, of the kind that `-DateKind` asks for. */
export function jsonText(call: CmdletCall): (text: string) => Value {
  const kind = call.has('DateKind') ? call.session.text(call.get('DateKind')) : 'Default';
  if (kind === 'String') return (text) => text;
  return (text) =>
    text.length >= 19 && text.length <= 40 && text[10] === 'T' && text[4] === '-' ? dateOf(call, text, kind) : text;
}

function dateOf(call: CmdletCall, text: string, kind: string): Value {
  const match = date.exec(text);
  if (match === null) return text;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = match;
  const milliseconds = Date.UTC(2000, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const checked = new Date(milliseconds);
  if (checked.getUTCMonth() !== Number(month) - 1 || checked.getUTCDate() !== Number(day) || Number(hour) > 23)
    return text;
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  moment.setUTCHours(Number(hour), Number(minute), Number(second));
  const ticks = dateFromUnix(moment.getTime(), 'utc').ticks + BigInt(fraction.padEnd(7, '0'));
  if (zone === 'Z') return inKind(new DateTime(ticks, DateKind.utc), kind);
  if (zone === undefined) return new DateTime(ticks, kind === 'Utc' ? DateKind.utc : DateKind.unspecified);
  if (kind === 'Offset') return call.session.convert(text, namedType('System.DateTimeOffset'));
  const sign = zone.startsWith('-') ? -1n : 1n;
  const offset = BigInt(zone.slice(1, 3)) * 60n + BigInt(zone.slice(-2));
  const utc = new DateTime(ticks - sign * offset * 600_000_000n, DateKind.utc);
  return kind === 'Utc' ? utc : utc.toLocal();
}

function inKind(utc: DateTime, kind: string): DateTime {
  return kind === 'Local' ? utc.toLocal() : utc;
}
