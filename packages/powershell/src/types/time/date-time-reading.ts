import { text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { datesFor } from '../globalization/culture.ts';
import type { CallContext, Overload } from '../net-type.ts';
import { applyStyles } from './date-styles.ts';
import { attempt, parseDate, parseDateExact, stylesOf } from './date-text.ts';
import { DateTime } from './date-time.ts';

export function parse(input: Value, provider: Value, styles: number, context: CallContext): DateTime {
  return applyStyles(parseDate(input, datesFor(provider), styles, context), styles, text(input));
}

function parseExact(input: Value, pattern: Value, provider: Value, styles: number, context: CallContext): DateTime {
  return applyStyles(parseDateExact(input, pattern, datesFor(provider), styles, context), styles, text(input));
}

/** Sets the `out` argument to what was read, or to the first of all dates. */
function tryRead(reference: Value, run: () => DateTime): boolean {
  const date = attempt(run);
  setReference(reference, date ?? new DateTime(0n));
  return date !== undefined;
}

export const provider = 'System.IFormatProvider provider';

const styles = 'System.Globalization.DateTimeStyles style';

export const readingMethods: Readonly<Record<string, readonly Overload[]>> = {
  Parse: [
    {
      signature: 'static datetime Parse(string s)',
      invoke: (_self, [input], context) => parse(input, null, 0, context),
    },
    {
      signature: `static datetime Parse(string s, ${provider})`,
      invoke: (_self, [input, culture], context) => parse(input, culture, 0, context),
    },
    {
      signature: `static datetime Parse(string s, ${provider}, ${styles}s)`,
      invoke: (_self, [input, culture, style], context) => parse(input, culture, stylesOf(style), context),
    },
  ],
  ParseExact: [
    {
      signature: `static datetime ParseExact(string s, string format, ${provider})`,
      invoke: (_self, [input, pattern, culture], context) => parseExact(input, pattern, culture, 0, context),
    },
    {
      signature: `static datetime ParseExact(string s, string format, ${provider}, ${styles})`,
      invoke: (_self, [input, pattern, culture, style], context) =>
        parseExact(input, pattern, culture, stylesOf(style), context),
    },
    {
      signature: `static datetime ParseExact(string s, string[] formats, ${provider}, ${styles})`,
      invoke: (_self, [input, patterns, culture, style], context) =>
        parseExact(input, patterns, culture, stylesOf(style), context),
    },
  ],
  TryParse: [
    {
      signature: 'static bool TryParse(string s, [ref] datetime result)',
      invoke: (_self, [input, result], context) => tryRead(result, () => parse(input, null, 0, context)),
    },
    {
      signature: `static bool TryParse(string s, ${provider}, ${styles}s, [ref] datetime result)`,
      invoke: (_self, [input, culture, style, result], context) =>
        tryRead(result, () => parse(input, culture, stylesOf(style), context)),
    },
    {
      signature: `static bool TryParse(string s, ${provider}, [ref] datetime result)`,
      invoke: (_self, [input, culture, result], context) => tryRead(result, () => parse(input, culture, 0, context)),
    },
  ],
  TryParseExact: [
    {
      signature: `static bool TryParseExact(string s, string format, ${provider}, ${styles}, [ref] datetime result)`,
      invoke: (_self, [input, pattern, culture, style, result], context) =>
        tryRead(result, () => parseExact(input, pattern, culture, stylesOf(style), context)),
    },
    {
      signature: `static bool TryParseExact(string s, string[] formats, ${provider}, ${styles}, [ref] datetime result)`,
      invoke: (_self, [input, patterns, culture, style, result], context) =>
        tryRead(result, () => parseExact(input, patterns, culture, stylesOf(style), context)),
    },
  ],
};
