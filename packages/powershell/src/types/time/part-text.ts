import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { datesFor } from '../globalization/culture.ts';
import type { DateCulture } from '../globalization/date-culture.ts';
import { methodTable } from '../method-table.ts';
import type { CallContext, Overload } from '../net-type.ts';
import { ticksPerDay } from './calendar.ts';
import { DateStyle } from './date-styles.ts';
import { attempt, parseDate, parseDateExact, stylesOf } from './date-text.ts';
import { badFormat, formatMoment, formatPieces } from './format-date.ts';

/** What tells DateOnly and TimeOnly apart where both are read and written. */
export interface PartKind<T extends Value> {
  readonly name: string;
  /** Letters of custom formats. */
  readonly letters: string;
  /** Standard formats: the pattern of each letter, `undefined` where the culture has it. */
  readonly standard: Readonly<Record<string, string | undefined>>;
  readonly general: string;
  /** Makes the value of ticks; `undefined` where they hold what it has no place for. */
  readonly of: (ticks: bigint) => T | undefined;
  readonly zero: T;
}

const isoTime = "HH':'mm':'ss";

export const dateFormats = {
  d: undefined,
  D: undefined,
  m: undefined,
  M: undefined,
  y: undefined,
  Y: undefined,
  o: "yyyy'-'MM'-'dd",
  O: "yyyy'-'MM'-'dd",
  r: 'ddd, dd MMM yyyy',
  R: 'ddd, dd MMM yyyy',
};
export const timeFormats = {
  t: undefined,
  T: undefined,
  o: `${isoTime}'.'fffffff`,
  O: `${isoTime}'.'fffffff`,
  r: isoTime,
  R: isoTime,
};

/** The format as dates know it. Throws `NetFailure` (FormatException) for one that names what the kind does not have. */
function formatOf(kind: PartKind<Value>, format: string): string {
  const asked = format === '' ? kind.general : format;
  if (asked.length === 1) {
    if (!Object.hasOwn(kind.standard, asked)) throw badFormat();
    return kind.standard[asked] ?? asked;
  }
  for (const piece of formatPieces(asked)) {
    if (piece.kind === 'run' && !kind.letters.includes(piece.letter)) throw badFormat();
  }
  return asked;
}

export function formatPart(kind: PartKind<Value>, ticks: bigint, format: string, culture: DateCulture): string {
  const moment = { ticks, offset: 0, zone: '', utcTicks: ticks, hasOffset: false };
  return formatMoment(moment, formatOf(kind, format), culture);
}

/** Reads as `Parse` does; of today nothing is taken. */
export function parsePart<T extends Value>(
  kind: PartKind<T>,
  input: Value,
  provider: Value,
  styles: number,
  context: CallContext,
): T {
  const source = text(input);
  const read = attempt(() => parseDate(source, datesFor(provider), styles | DateStyle.noCurrentDateDefault, context));
  if (read === undefined) throw notRecognized(kind, source);
  const hasTime = /\d\s*:\s*\d/.test(source);
  const value = kind.name === 'DateOnly' && hasTime ? undefined : kind.of(read.ticks);
  if (value !== undefined && read.offset === undefined) return value;
  throw netFailure(
    'System.FormatException',
    `String '${source}' contains parts which are not specific to the ${kind.name}.`,
  );
}

function parsePartExact<T extends Value>(
  kind: PartKind<T>,
  input: Value,
  format: Value,
  provider: Value,
  styles: number,
  context: CallContext,
): T {
  const source = text(input);
  const formats = format instanceof NetArray ? format.items : [format];
  for (const one of formats) {
    const culture = datesFor(provider);
    const pattern = formatOf(kind, text(one));
    const read = attempt(() =>
      parseDateExact(source, pattern, culture, styles | DateStyle.noCurrentDateDefault, context),
    );
    const value = read === undefined ? undefined : kind.of(read.ticks);
    if (value !== undefined) return value;
  }
  throw notRecognized(kind, source);
}

function notRecognized(kind: PartKind<Value>, source: string): Error {
  return netFailure('System.FormatException', `String '${source}' was not recognized as a valid ${kind.name}.`);
}

/** `Parse` and its kin. */
export function readingOf<T extends Value>(kind: PartKind<T>): Readonly<Record<string, readonly Overload[]>> {
  const type = `System.${kind.name}`;
  const provider = 'System.IFormatProvider provider';
  const style = 'System.Globalization.DateTimeStyles style';
  const attemptTo = (reference: Value, run: () => T): boolean => {
    const value = attempt(run);
    setReference(reference, value ?? kind.zero);
    return value !== undefined;
  };
  return methodTable({
    [`static ${type} Parse(string s)`]: (_self, [s], context) => parsePart(kind, s, null, 0, context),
    [`static ${type} Parse(string s, ${provider}, ${style} = None)`]: (_self, [s, culture, styles], context) =>
      parsePart(kind, s, culture, stylesOf(styles), context),
    [`static ${type} Parse(string s, ${provider})`]: (_self, [s, culture], context) =>
      parsePart(kind, s, culture, 0, context),
    [`static ${type} ParseExact(string s, string format)`]: (_self, [s, format], context) =>
      parsePartExact(kind, s, format, null, 0, context),
    [`static ${type} ParseExact(string s, string format, ${provider}, ${style} = None)`]: (
      _self,
      [s, format, culture, styles],
      context,
    ) => parsePartExact(kind, s, format, culture, stylesOf(styles), context),
    [`static ${type} ParseExact(string s, string[] formats)`]: (_self, [s, formats], context) =>
      parsePartExact(kind, s, formats, null, 0, context),
    [`static ${type} ParseExact(string s, string[] formats, ${provider}, ${style} = None)`]: (
      _self,
      [s, formats, culture, styles],
      context,
    ) => parsePartExact(kind, s, formats, culture, stylesOf(styles), context),
    [`static bool TryParse(string s, [ref] ${type} result)`]: (_self, [s, result], context) =>
      attemptTo(result, () => parsePart(kind, s, null, 0, context)),
    [`static bool TryParse(string s, ${provider}, ${style}, [ref] ${type} result)`]: (
      _self,
      [s, culture, styles, result],
      context,
    ) => attemptTo(result, () => parsePart(kind, s, culture, stylesOf(styles), context)),
    [`static bool TryParse(string s, ${provider}, [ref] ${type} result)`]: (_self, [s, culture, result], context) =>
      attemptTo(result, () => parsePart(kind, s, culture, 0, context)),
    [`static bool TryParseExact(string s, string format, [ref] ${type} result)`]: (
      _self,
      [s, format, result],
      context,
    ) => attemptTo(result, () => parsePartExact(kind, s, format, null, 0, context)),
    [`static bool TryParseExact(string s, string format, ${provider}, ${style}, [ref] ${type} result)`]: (
      _self,
      [s, format, culture, styles, result],
      context,
    ) => attemptTo(result, () => parsePartExact(kind, s, format, culture, stylesOf(styles), context)),
    [`static bool TryParseExact(string s, string[] formats, [ref] ${type} result)`]: (
      _self,
      [s, formats, result],
      context,
    ) => attemptTo(result, () => parsePartExact(kind, s, formats, null, 0, context)),
    [`static bool TryParseExact(string s, string[] formats, ${provider}, ${style}, [ref] ${type} result)`]: (
      _self,
      [s, formats, culture, styles, result],
      context,
    ) => attemptTo(result, () => parsePartExact(kind, s, formats, culture, stylesOf(styles), context)),
  });
}

/** `ToString` by format and culture. */
export function writingOf(
  kind: PartKind<Value>,
  ticksOf: (value: Value) => bigint,
): Readonly<Record<string, readonly Overload[]>> {
  const provider = 'System.IFormatProvider provider';
  const write = (value: Value, format: Value, culture: Value): string =>
    formatPart(kind, ticksOf(value), text(format), datesFor(culture));
  return methodTable({
    'string ToString()': (value) => write(value, '', null),
    'string ToString(string format)': (value, [format]) => write(value, format, null),
    [`string ToString(${provider})`]: (value, [culture]) => write(value, '', culture),
    [`string ToString(string format, ${provider})`]: (value, [format, culture]) => write(value, format, culture),
  });
}

/** Whether ticks are whole days. */
export function isWholeDay(ticks: bigint): boolean {
  return ticks % ticksPerDay === 0n;
}
