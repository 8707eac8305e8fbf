import { text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { datesFor } from '../globalization/culture.ts';
import type { CallContext, Overload } from '../net-type.ts';
import type { ReadDate } from './date-styles.ts';
import { DateStyle, offsetOf, outOfCalendar } from './date-styles.ts';
import { attempt, parseDate, parseDateExact, stylesOf } from './date-text.ts';
import { DateTimeOffset } from './date-time-offset.ts';

function fromRead(read: ReadDate, styles: number, input: Value): DateTimeOffset {
  const offset = offsetOf(read, styles);
  const value = attempt(() => new DateTimeOffset(read.ticks, offset));
  if (value === undefined) throw outOfCalendar(text(input));
  return (styles & DateStyle.adjustToUniversal) !== 0 ? new DateTimeOffset(value.utcTicks, 0) : value;
}

export function parse(input: Value, provider: Value, styles: number, context: CallContext): DateTimeOffset {
  return fromRead(parseDate(input, datesFor(provider), styles, context), styles, input);
}

function parseExact(
  input: Value,
  pattern: Value,
  provider: Value,
  styles: number,
  context: CallContext,
): DateTimeOffset {
  return fromRead(parseDateExact(input, pattern, datesFor(provider), styles, context), styles, input);
}

function tryRead(reference: Value, run: () => DateTimeOffset): boolean {
  const value = attempt(run);
  setReference(reference, value ?? new DateTimeOffset(0n, 0));
  return value !== undefined;
}

export const provider = 'System.IFormatProvider formatProvider';

const styles = 'System.Globalization.DateTimeStyles styles';

export const returns = 'static System.DateTimeOffset';

export const readingMethods: Readonly<Record<string, readonly Overload[]>> = {
  Parse: [
    {
      signature: `${returns} Parse(string input)`,
      invoke: (_self, [input], context) => parse(input, null, 0, context),
    },
    {
      signature: `${returns} Parse(string input, ${provider})`,
      invoke: (_self, [input, culture], context) => parse(input, culture, 0, context),
    },
    {
      signature: `${returns} Parse(string input, ${provider}, ${styles})`,
      invoke: (_self, [input, culture, style], context) => parse(input, culture, stylesOf(style), context),
    },
  ],
  ParseExact: [
    {
      signature: `${returns} ParseExact(string input, string format, ${provider})`,
      invoke: (_self, [input, pattern, culture], context) => parseExact(input, pattern, culture, 0, context),
    },
    {
      signature: `${returns} ParseExact(string input, string format, ${provider}, ${styles})`,
      invoke: (_self, [input, pattern, culture, style], context) =>
        parseExact(input, pattern, culture, stylesOf(style), context),
    },
    {
      signature: `${returns} ParseExact(string input, string[] formats, ${provider}, ${styles})`,
      invoke: (_self, [input, patterns, culture, style], context) =>
        parseExact(input, patterns, culture, stylesOf(style), context),
    },
  ],
  TryParse: [
    {
      signature: 'static bool TryParse(string input, [ref] System.DateTimeOffset result)',
      invoke: (_self, [input, result], context) => tryRead(result, () => parse(input, null, 0, context)),
    },
    {
      signature: `static bool TryParse(string input, ${provider}, ${styles}, [ref] System.DateTimeOffset result)`,
      invoke: (_self, [input, culture, style, result], context) =>
        tryRead(result, () => parse(input, culture, stylesOf(style), context)),
    },
  ],
  TryParseExact: [
    {
      signature: `static bool TryParseExact(string input, string format, ${provider}, ${styles}, [ref] System.DateTimeOffset result)`,
      invoke: (_self, [input, pattern, culture, style, result], context) =>
        tryRead(result, () => parseExact(input, pattern, culture, stylesOf(style), context)),
    },
  ],
};
