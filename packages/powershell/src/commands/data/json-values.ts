import { namedType } from '../../types/intrinsic.ts';
import { DateKind, DateTime, dateFromUnix } from '../../types/time/date-time.ts';
import { BigInteger, Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall } from '../description.ts';
import { JsonProblem } from './json-text.ts';

/** Whole numbers of as many digits are exact in JavaScript. */
const exactDigits = 15;

/**
 * Int64 as far as it goes, then BigInteger; everything with a point or an exponent is a Double. A zero in front means another
 * base, as in JavaScript once: `0x1F` is 31, `0123` is 83. Throws `JsonProblem` for `089`.
 */
export function jsonNumber(text: string): Value {
  if (/^0([xX]|\d+$)/.test(text)) return otherBase(text);
  if (!/^-?\d+$/.test(text)) return new Double(Number(text));
  const whole = BigInt(text.length <= exactDigits ? Number(text) : text);
  return BigInt.asIntN(64, whole) === whole ? whole : new BigInteger(whole);
}

function otherBase(text: string): Value {
  const isHex = /^0[xX]/.test(text);
  if (!isHex && /[89]/.test(text)) throw new JsonProblem(`Input string '${text}' is not a valid number.`);
  return BigInt.asIntN(64, BigInt(isHex ? text : `0o${text.slice(1)}`));
}

const date = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d(?::?\d\d)?)?$/;
const scriptDate = /^\/Date\((-?\d{1,15})([+-]\d{4})?\)\/$/;

/** What text becomes: in the form of an ISO date with a time it is a date, of the kind that `-DateKind` asks for. */
export function jsonText(call: CmdletCall): (text: string) => Value {
  const kind = call.has('DateKind') ? call.session.text(call.get('DateKind')) : 'Default';
  if (kind === 'String') return (text) => text;
  return (text) => {
    if (text.length < 9 || text.length > 40) return text;
    if (text[10] === 'T' && text[4] === '-') return isoDate(call, text, kind) ?? text;
    return text.startsWith('/Date(') ? (millisecondDate(call, text, kind) ?? text) : text;
  };
}

function isoDate(call: CmdletCall, text: string, kind: string): Value {
  const match = date.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = match;
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isDay = moment.getUTCFullYear() === Number(year) && moment.getUTCMonth() === Number(month) - 1;
  const isMidnight = hour === '24' && minute === '00' && second === '00' && Number(fraction) === 0;
  if (!isDay || year === '0000' || Number(day) === 0) return undefined;
  if ((Number(hour) > 23 && !isMidnight) || Number(minute) > 59 || Number(second) > 59) return undefined;
  moment.setUTCHours(Number(hour), Number(minute), Number(second));
  const ticks = dateFromUnix(moment.getTime(), 'utc').ticks + BigInt(fraction.padEnd(7, '0'));
  if (zone === undefined) return inKind(call, new DateTime(ticks, DateKind.unspecified), kind);
  if (zone === 'Z') return inKind(call, new DateTime(ticks, DateKind.utc), kind);
  if (kind === 'Offset') return call.session.convert(text, namedType('System.DateTimeOffset'));
  const offset = offsetMinutes(zone.replace(':', ''));
  return inKind(call, new DateTime(ticks - offset * 600_000_000n, DateKind.utc).toLocal(), kind);
}

function offsetMinutes(zone: string): bigint {
  const minutes = BigInt(zone.slice(1, 3)) * 60n + BigInt(zone.slice(3) || '0');
  return zone.startsWith('-') ? -minutes : minutes;
}

/** `/Date(1234656000000+0100)/`, milliseconds since 1970, as older .NET wrote dates. */
function millisecondDate(call: CmdletCall, text: string, kind: string): Value {
  const [, milliseconds, zone] = scriptDate.exec(text) ?? [];
  if (milliseconds === undefined) return undefined;
  const utc = dateFromUnix(Number(milliseconds), 'utc');
  return inKind(call, zone === undefined ? utc : utc.toLocal(), kind);
}

/** A time without a zone counts as one of the kind that was asked for. */
function inKind(call: CmdletCall, value: DateTime, kind: string): Value {
  const isUnspecified = value.kind === DateKind.unspecified;
  switch (kind) {
    case 'Local':
      return isUnspecified ? new DateTime(value.ticks, DateKind.local) : value.toLocal();
    case 'Utc':
      return isUnspecified ? new DateTime(value.ticks, DateKind.utc) : value.toUtc();
    case 'Offset':
      return call.session.convert(value, namedType('System.DateTimeOffset'));
    default:
      return value;
  }
}
