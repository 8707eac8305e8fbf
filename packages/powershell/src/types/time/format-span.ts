import { ticksPerDay, ticksPerSecond } from './calendar.ts';
import { badFormat, formatPieces, tickText } from './format-date.ts';

/** A span by a standard (`c`, `g`, `G`) or custom format. Throws `NetFailure` (FormatException) for a bad one. */
export function formatSpan(ticks: bigint, format: string | undefined, decimalSeparator = '.'): string {
  switch (format) {
    case undefined:
    case '':
    case 'c':
    case 't':
    case 'T':
      return constant(ticks);
    case 'g':
      return general(ticks, false, decimalSeparator);
    case 'G':
      return general(ticks, true, decimalSeparator);
    default:
      if (format.length === 1) throw badFormat();
      return custom(ticks, format);
  }
}

interface SpanParts {
  readonly days: bigint;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly tick: number;
}

/** The parts of the length of a span, without its sign. */
function spanParts(ticks: bigint): SpanParts {
  const length = ticks < 0n ? -ticks : ticks;
  const seconds = Number((length % ticksPerDay) / ticksPerSecond);
  return {
    days: length / ticksPerDay,
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    tick: Number(length % ticksPerSecond),
  };
}

const two = (value: number): string => value.toString().padStart(2, '0');
const seven = (value: number): string => value.toString().padStart(7, '0');

function constant(ticks: bigint): string {
  const { days, hours, minutes, seconds, tick } = spanParts(ticks);
  const day = days === 0n ? '' : `${days}.`;
  const fraction = tick === 0 ? '' : `.${seven(tick)}`;
  return `${ticks < 0n ? '-' : ''}${day}${two(hours)}:${two(minutes)}:${two(seconds)}${fraction}`;
}

function general(ticks: bigint, isLong: boolean, point: string): string {
  const { days, hours, minutes, seconds, tick } = spanParts(ticks);
  const sign = ticks < 0n ? '-' : '';
  if (isLong) return `${sign}${days}:${two(hours)}:${two(minutes)}:${two(seconds)}${point}${seven(tick)}`;
  const day = days === 0n ? '' : `${days}:`;
  const fraction = tick === 0 ? '' : point + seven(tick).replace(/0+$/, '');
  return `${sign}${day}${hours}:${two(minutes)}:${two(seconds)}${fraction}`;
}

const spanLetters = 'dhmsfF';

/** Custom formats write no sign, and every other sign but the letters must be quoted. */
function custom(ticks: bigint, format: string): string {
  const { days, hours, minutes, seconds, tick } = spanParts(ticks);
  checkLiterals(format);
  return formatPieces(format, spanLetters)
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      const { letter, count } = piece;
      if (letter !== 'd' && letter !== 'f' && letter !== 'F' && count > 2) throw badFormat();
      switch (letter) {
        case 'd':
          if (count > 8) throw badFormat();
          return days.toString().padStart(count, '0');
        case 'h':
          return hours.toString().padStart(count, '0');
        case 'm':
          return minutes.toString().padStart(count, '0');
        case 's':
          return seconds.toString().padStart(count, '0');
        case 'f':
          return tickText(tick, count);
        default:
          return tickText(tick, count).replace(/0+$/, '');
      }
    })
    .join('');
}

function checkLiterals(format: string): void {
  const rest = format.replace(/\\.|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|%(?!%)/g, '');
  if (/[^dhmsfF]/.test(rest)) throw badFormat();
}
