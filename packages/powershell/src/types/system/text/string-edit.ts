import { netFailure } from '../../../errors/raise.ts';
import { NetArray } from '../../../values/array.ts';
import { int, text } from '../../../values/narrow.ts';
import { Char } from '../../../values/numbers.ts';
import type { Value } from '../../../values/value.ts';
import { netTypes } from '../../intrinsic.ts';
import type { CallContext, Overload } from '../../net-type.ts';
import { trimSpace } from '../char-class.ts';
import { asUnsigned, negative, say, tooLarge } from './range-errors.ts';
import { reserveText } from './reserve-text.ts';
import { replaceIn } from './search.ts';
import { splitText } from './split.ts';
import { type Comparison, comparisonOf, ordinal } from './string-comparison.ts';

const tooFar = 'startIndex cannot be larger than length of string.';

function substring(source: string, startIndex: number, length?: number): string {
  if (startIndex < 0) throw negative(startIndex, 'startIndex');
  if (startIndex > source.length) throw say(tooFar, 'startIndex');
  if (length === undefined) return source.slice(startIndex);
  if (length < 0) throw negative(length, 'length');
  if (startIndex > source.length - length) {
    throw say('Index and length must refer to a location within the string.', 'length');
  }
  return source.slice(startIndex, startIndex + length);
}

function removeRest(source: string, startIndex: number): string {
  if (startIndex < 0) throw say('StartIndex cannot be less than zero.', 'startIndex');
  if (startIndex > source.length) throw say(tooFar, 'startIndex');
  return source.slice(0, startIndex);
}

function remove(source: string, startIndex: number, count: number): string {
  if (startIndex < 0) throw negative(startIndex, 'startIndex');
  if (count < 0) throw negative(count, 'count');
  const most = source.length - startIndex;
  if (count > most) throw tooLarge(count, most, 'count');
  return source.slice(0, startIndex) + source.slice(startIndex + count);
}

function insert(source: string, startIndex: number, value: string): string {
  const at = asUnsigned(startIndex);
  if (at > source.length) throw tooLarge(at, source.length, 'startIndex');
  return source.slice(0, at) + value + source.slice(at);
}

function pad(source: string, width: number, filler: Value, side: 'left' | 'right', context: CallContext): string {
  if (width < 0) throw negative(width, 'totalWidth');
  reserveText(context, width);
  const sign = filler instanceof Char ? filler.text : ' ';
  return side === 'left' ? source.padStart(width, sign) : source.padEnd(width, sign);
}

type Ends = 'both' | 'start' | 'end';

/** Without the given units at its ends; none given is white space. */
function trim(source: string, units: ReadonlySet<string>, ends: Ends): string {
  if (units.size === 0) return trimSpace(source, ends);
  let start = 0;
  let end = source.length;
  if (ends !== 'end') while (start < end && units.has(source[start] ?? '')) start++;
  if (ends !== 'start') while (end > start && units.has(source[end - 1] ?? '')) end--;
  return source.slice(start, end);
}

function unitsOf(value: Value): string[] {
  if (value instanceof Char) return [value.text];
  return value instanceof NetArray ? value.items.map((item) => (item instanceof Char ? item.text : '')) : [];
}

function trims(name: string, ends: Ends): readonly Overload[] {
  return [
    { signature: `string ${name}()`, invoke: (self) => trimSpace(text(self), ends) },
    {
      signature: `string ${name}(char trimChar)`,
      invoke: (self, [unit]) => trim(text(self), new Set(unitsOf(unit)), ends),
    },
    {
      signature: `string ${name}(params char[] trimChars)`,
      invoke: (self, [units]) => trim(text(self), new Set(unitsOf(units)), ends),
    },
    {
      signature: `string ${name}(System.ReadOnlySpan[char] trimChars)`,
      invoke: (self, [units]) => trim(text(self), new Set(unitsOf(units)), ends),
    },
  ];
}

function replaceText(source: string, old: Value, fresh: Value, comparison: Comparison, context: CallContext): string {
  const wanted = text(old);
  if (wanted === '') {
    throw netFailure('System.ArgumentException', 'The value cannot be an empty string.', { parameter: 'oldValue' });
  }
  return replaceIn(source, wanted, text(fresh), comparison, context);
}

/** The parts are taken, not copied. */
function strings(parts: string[]): NetArray {
  return new NetArray(netTypes.string, parts);
}

/** The texts of a `string[]`; null is none. */
function textsOf(value: Value): string[] {
  return value instanceof NetArray ? value.items.map(text) : [];
}

/** A single text to split at: an empty one never occurs. */
function single(value: Value): string[] {
  return [text(value)];
}

const noOptions = 'System.StringSplitOptions options = System.StringSplitOptions.None';
const options = 'System.StringSplitOptions options';

export const editMethods: Readonly<Record<string, readonly Overload[]>> = {
  Insert: [
    {
      signature: 'string Insert(int startIndex, string value)',
      invoke: (self, [start, value], context) => {
        reserveText(context, text(self).length + text(value).length);
        return insert(text(self), int(start), text(value));
      },
    },
  ],
  PadLeft: [
    {
      signature: 'string PadLeft(int totalWidth)',
      invoke: (self, [width], context) => pad(text(self), int(width), null, 'left', context),
    },
    {
      signature: 'string PadLeft(int totalWidth, char paddingChar)',
      invoke: (self, [width, filler], context) => pad(text(self), int(width), filler, 'left', context),
    },
  ],
  PadRight: [
    {
      signature: 'string PadRight(int totalWidth)',
      invoke: (self, [width], context) => pad(text(self), int(width), null, 'right', context),
    },
    {
      signature: 'string PadRight(int totalWidth, char paddingChar)',
      invoke: (self, [width, filler], context) => pad(text(self), int(width), filler, 'right', context),
    },
  ],
  Remove: [
    {
      signature: 'string Remove(int startIndex, int count)',
      invoke: (self, [start, count]) => remove(text(self), int(start), int(count)),
    },
    { signature: 'string Remove(int startIndex)', invoke: (self, [start]) => removeRest(text(self), int(start)) },
  ],
  Replace: [
    {
      signature: 'string Replace(string oldValue, string newValue, bool ignoreCase, cultureinfo culture)',
      invoke: (self, [old, fresh, flag], context) =>
        replaceText(text(self), old, fresh, { ordinal: false, ignoreCase: flag === true }, context),
    },
    {
      signature: 'string Replace(string oldValue, string newValue, System.StringComparison comparisonType)',
      invoke: (self, [old, fresh, kind], context) => replaceText(text(self), old, fresh, comparisonOf(kind), context),
    },
    {
      signature: 'string Replace(char oldChar, char newChar)',
      invoke: (self, [old, fresh]) => text(self).replaceAll(unitsOf(old)[0] ?? '\0', () => unitsOf(fresh)[0] ?? '\0'),
    },
    {
      signature: 'string Replace(string oldValue, string newValue)',
      invoke: (self, [old, fresh], context) => replaceText(text(self), old, fresh, ordinal, context),
    },
  ],
  ReplaceLineEndings: [
    {
      signature: 'string ReplaceLineEndings()',
      invoke: (self) => text(self).replace(lineEnds, '\n'),
    },
    {
      signature: 'string ReplaceLineEndings(string replacementText)',
      invoke: (self, [fresh], context) => {
        const lines = text(self).split(lineEnds);
        reserveText(context, text(self).length + lines.length * text(fresh).length);
        return lines.join(text(fresh));
      },
    },
  ],
  Split: [
    {
      signature: `string[] Split(char separator, ${noOptions})`,
      invoke: (self, [unit, how]) => strings(splitText(text(self), unitsOf(unit), undefined, how)),
    },
    {
      signature: `string[] Split(char separator, int count, ${noOptions})`,
      invoke: (self, [unit, count, how]) => strings(splitText(text(self), unitsOf(unit), int(count), how)),
    },
    {
      signature: 'string[] Split(params char[] separator)',
      invoke: (self, [units]) => strings(splitText(text(self), unitsOf(units))),
    },
    {
      signature: 'string[] Split(char[] separator, int count)',
      invoke: (self, [units, count]) => strings(splitText(text(self), unitsOf(units), int(count))),
    },
    {
      signature: `string[] Split(char[] separator, ${options})`,
      invoke: (self, [units, how]) => strings(splitText(text(self), unitsOf(units), undefined, how)),
    },
    {
      signature: `string[] Split(char[] separator, int count, ${options})`,
      invoke: (self, [units, count, how]) => strings(splitText(text(self), unitsOf(units), int(count), how)),
    },
    {
      signature: `string[] Split(string separator, ${noOptions})`,
      invoke: (self, [separator, how]) => strings(splitText(text(self), single(separator), undefined, how)),
    },
    {
      signature: `string[] Split(string separator, int count, ${noOptions})`,
      invoke: (self, [separator, count, how]) => strings(splitText(text(self), single(separator), int(count), how)),
    },
    {
      signature: `string[] Split(string[] separator, ${options})`,
      invoke: (self, [separators, how]) => strings(splitText(text(self), textsOf(separators), undefined, how)),
    },
    {
      signature: `string[] Split(string[] separator, int count, ${options})`,
      invoke: (self, [separators, count, how]) => strings(splitText(text(self), textsOf(separators), int(count), how)),
    },
  ],
  Substring: [
    { signature: 'string Substring(int startIndex)', invoke: (self, [start]) => substring(text(self), int(start)) },
    {
      signature: 'string Substring(int startIndex, int length)',
      invoke: (self, [start, length]) => substring(text(self), int(start), int(length)),
    },
  ],
  Trim: trims('Trim', 'both'),
  TrimStart: trims('TrimStart', 'start'),
  TrimEnd: trims('TrimEnd', 'end'),
};

/** Every line end that Unicode knows. */
const lineEnds = /\r\n|[\r\n\f\u0085\u2028\u2029]/g;
