import { netFailure } from '../../errors/raise.ts';
import { ticksPerDay, ticksPerHour, ticksPerMinute, ticksPerSecond } from './calendar.ts';
import { badFormat, formatPieces } from './format-date.ts';

const withPoint =
  /^\s*(?<sign>-)?(?:(?<only>\d+)|(?:(?<days>\d+)[.](?=\d+:))?(?<parts>\d+(?::\d+){1,3})(?:\.(?<fraction>\d+))?)\s*$/;
const withComma =
  /^\s*(?<sign>-)?(?:(?<only>\d+)|(?:(?<days>\d+)[.](?=\d+:))?(?<parts>\d+(?::\d+){1,3})(?:[.,](?<fraction>\d+))?)\s*$/;

/** Reads `d`, `hh:mm`, `[d.]hh:mm[:ss[.fffffff]]`, `d:hh:mm:ss`, signed; cultures with a decimal comma may have it before the fraction. Throws `NetFailure` (Format- or OverflowException). */
export function readSpan(text: string, separator = '.'): bigint {
  const groups = (separator === ',' ? withComma : withPoint).exec(text)?.groups;
  if (groups === undefined) throw notASpan(text);
  // More digits than any span has are not worth reading.
  if (/\d{20}/.test(text)) throw overflow(text);
  const sign = groups.sign === undefined ? 1n : -1n;
  if (groups.only !== undefined) return sign * inRange(text, BigInt(groups.only), 10_675_199n) * ticksPerDay;
  const parts = (groups.parts ?? '').split(':').map((part) => BigInt(part));
  let days = groups.days === undefined ? 0n : BigInt(groups.days);
  if (parts.length === 4) {
    if (groups.days !== undefined) throw notASpan(text);
    days = parts.shift() ?? 0n;
  }
  const [hours = 0n, minutes = 0n, seconds = 0n] = parts;
  // A fraction stands behind seconds only.
  if (groups.fraction !== undefined && parts.length < 3) throw notASpan(text);
  const fraction = groups.fraction ?? '';
  if (fraction.length > 7) throw overflow(text);
  inRange(text, days, 10_675_199n);
  inRange(text, hours, 23n);
  inRange(text, minutes, 59n);
  inRange(text, seconds, 59n);
  const ticks =
    days * ticksPerDay +
    hours * ticksPerHour +
    minutes * ticksPerMinute +
    seconds * ticksPerSecond +
    BigInt(fraction.padEnd(7, '0'));
  return sign * inRange(text, ticks, sign === 1n ? 9_223_372_036_854_775_807n : 9_223_372_036_854_775_808n);
}

function inRange(text: string, value: bigint, most: bigint): bigint {
  if (value <= most) return value;
  throw overflow(text);
}

function notASpan(text: string): Error {
  return netFailure('System.FormatException', `String '${text}' was not recognized as a valid TimeSpan.`);
}

function overflow(text: string): Error {
  return netFailure(
    'System.OverflowException',
    `The TimeSpan string '${text}' could not be parsed because at least one of the numeric components is out of range or contains too many digits.`,
  );
}

/** Reads a span that must look exactly like a format. Throws `NetFailure` (FormatException). */
export function readSpanExact(text: string, format: string): bigint {
  if (format.length === 1) {
    if (!'cgGtT'.includes(format)) throw badFormat();
    return readSpan(text);
  }
  let at = 0;
  let ticks = 0n;
  const digits = (least: number, most: number): string => {
    const found = new RegExp(`\\d{${least},${most}}`, 'y');
    found.lastIndex = at;
    const read = found.exec(text)?.[0];
    if (read === undefined) throw badFormat();
    at += read.length;
    return read;
  };
  const unit: Readonly<Record<string, bigint>> = {
    d: ticksPerDay,
    h: ticksPerHour,
    m: ticksPerMinute,
    s: ticksPerSecond,
  };
  for (const piece of formatPieces(format, 'dhmsfF')) {
    if (piece.kind === 'text') {
      if (!text.startsWith(piece.text, at)) throw notASpan(text);
      at += piece.text.length;
    } else if (piece.letter === 'f') ticks += BigInt(digits(piece.count, piece.count).padEnd(7, '0'));
    else if (piece.letter === 'F') {
      const read = /^\d*/.exec(text.slice(at, at + piece.count))?.[0] ?? '';
      at += read.length;
      ticks += BigInt(read.padEnd(7, '0'));
    } else {
      const value = BigInt(digits(piece.count, piece.letter === 'd' ? 8 : Math.max(2, piece.count)));
      const most = { d: 10_675_199n, h: 23n, m: 59n, s: 59n }[piece.letter] ?? 0n;
      if (value > most) throw overflow(text);
      ticks += value * (unit[piece.letter] ?? 0n);
    }
  }
  if (at !== text.length) throw notASpan(text);
  return ticks;
}
