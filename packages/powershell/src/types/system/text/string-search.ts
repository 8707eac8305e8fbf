import { NetArray } from '../../../values/array.ts';
import { int, text } from '../../../values/narrow.ts';
import { Char } from '../../../values/numbers.ts';
import type { Value } from '../../../values/value.ts';
import type { CallContext, Overload } from '../../net-type.ts';
import { badCount, badIndex, badStart, nullArgument } from './range-errors.ts';
import { endsWith, indexIn, lastIndexIn, startsWith } from './search.ts';
import { byCulture, type Comparison, comparisonOf, ordinal } from './string-comparison.ts';

function unit(value: Value): string {
  return value instanceof Char ? value.text : '\0';
}

/** Searches forward, in `count` units from a place on. */
function forward(
  context: CallContext,
  source: string,
  wanted: string,
  comparison: Comparison,
  startIndex = 0,
  count?: number,
): number {
  if (startIndex < 0 || startIndex > source.length) throw badStart();
  if (count !== undefined && (count < 0 || count > source.length - startIndex)) throw badCount();
  const end = count === undefined ? source.length : startIndex + count;
  return indexIn(context, source, wanted, comparison, startIndex, end);
}

/** Searches backward, from a place down, `count` units. */
function backward(
  context: CallContext,
  source: string,
  wanted: string,
  comparison: Comparison,
  startIndex?: number,
  count?: number,
): number {
  const last = source.length - 1;
  let start = startIndex ?? last;
  if (source.length === 0 && (start === -1 || start === 0)) return wanted === '' ? 0 : -1;
  if (start < 0 || start > source.length) throw badIndex('startIndex');
  let length = count ?? start + 1;
  if (start === source.length) {
    start--;
    if (length > 0 && count !== undefined) length--;
    else if (count === undefined) length = start + 1;
  }
  if (length < 0 || start - length + 1 < 0) throw badCount();
  return lastIndexIn(context, source, wanted, comparison, start - length + 1, start + 1);
}

/** As `backward`, but the size of the text is no place to start from. */
function backwardUnit(
  context: CallContext,
  source: string,
  wanted: string,
  startIndex?: number,
  count?: number,
): number {
  if (source.length === 0) return -1;
  const start = startIndex ?? source.length - 1;
  if (start < 0 || start >= source.length) throw badIndex('startIndex');
  const length = count ?? start + 1;
  if (length < 0 || start - length + 1 < 0) throw badCount();
  return lastIndexIn(context, source, wanted, ordinal, start - length + 1, start + 1);
}

function setOf(value: Value): Set<string> {
  if (!(value instanceof NetArray)) throw nullArgument('anyOf');
  return new Set(value.items.map(unit));
}

function forwardAny(source: string, any: Value, startIndex = 0, count?: number): number {
  const wanted = setOf(any);
  if (startIndex < 0 || startIndex > source.length) throw badStart();
  if (count !== undefined && (count < 0 || count > source.length - startIndex)) throw badCount();
  const end = count === undefined ? source.length : startIndex + count;
  for (let at = startIndex; at < end; at++) if (wanted.has(source[at] ?? '')) return at;
  return -1;
}

function backwardAny(source: string, any: Value, startIndex?: number, count?: number): number {
  const wanted = setOf(any);
  if (source.length === 0) return -1;
  const start = startIndex ?? source.length - 1;
  if (start < 0 || start >= source.length) throw badIndex('startIndex');
  const length = count ?? start + 1;
  if (length < 0 || start - length + 1 < 0) throw badCount();
  for (let at = start; at > start - length; at--) if (wanted.has(source[at] ?? '')) return at;
  return -1;
}

const kind = 'System.StringComparison comparisonType';

function ignoring(flag: Value): Comparison {
  return { ordinal: false, ignoreCase: flag === true };
}

type Test = (context: CallContext, source: string, wanted: string, comparison: Comparison) => boolean;

function ends(name: string, test: Test): readonly Overload[] {
  return [
    {
      signature: `bool ${name}(string value)`,
      invoke: (self, [value], context) => test(context, text(self), text(value), byCulture),
    },
    {
      signature: `bool ${name}(string value, ${kind})`,
      invoke: (self, [value, comparison], context) => test(context, text(self), text(value), comparisonOf(comparison)),
    },
    {
      signature: `bool ${name}(string value, bool ignoreCase, cultureinfo culture)`,
      invoke: (self, [value, flag], context) => test(context, text(self), text(value), ignoring(flag)),
    },
    {
      signature: `bool ${name}(char value)`,
      invoke: (self, [value], context) => test(context, text(self), unit(value), ordinal),
    },
  ];
}

export const searchMethods: Readonly<Record<string, readonly Overload[]>> = {
  StartsWith: ends('StartsWith', startsWith),
  EndsWith: ends('EndsWith', endsWith),
  Contains: [
    { signature: 'bool Contains(string value)', invoke: (self, [value]) => text(self).includes(text(value)) },
    {
      signature: `bool Contains(string value, ${kind})`,
      invoke: (self, [value, comparison], context) =>
        indexIn(context, text(self), text(value), comparisonOf(comparison)) >= 0,
    },
    { signature: 'bool Contains(char value)', invoke: (self, [value]) => text(self).includes(unit(value)) },
    {
      signature: `bool Contains(char value, ${kind})`,
      invoke: (self, [value, comparison], context) =>
        indexIn(context, text(self), unit(value), comparisonOf(comparison)) >= 0,
    },
  ],
  IndexOf: [
    { signature: 'int IndexOf(char value)', invoke: (self, [value]) => text(self).indexOf(unit(value)) },
    {
      signature: 'int IndexOf(char value, int startIndex)',
      invoke: (self, [value, start], context) => forward(context, text(self), unit(value), ordinal, int(start)),
    },
    {
      signature: `int IndexOf(char value, ${kind})`,
      invoke: (self, [value, comparison], context) =>
        forward(context, text(self), unit(value), comparisonOf(comparison)),
    },
    {
      signature: 'int IndexOf(char value, int startIndex, int count)',
      invoke: (self, [value, start, count], context) =>
        forward(context, text(self), unit(value), ordinal, int(start), int(count)),
    },
    {
      signature: 'int IndexOf(string value)',
      invoke: (self, [value], context) => forward(context, text(self), text(value), byCulture),
    },
    {
      signature: 'int IndexOf(string value, int startIndex)',
      invoke: (self, [value, start], context) => forward(context, text(self), text(value), byCulture, int(start)),
    },
    {
      signature: 'int IndexOf(string value, int startIndex, int count)',
      invoke: (self, [value, start, count], context) =>
        forward(context, text(self), text(value), byCulture, int(start), int(count)),
    },
    {
      signature: `int IndexOf(string value, ${kind})`,
      invoke: (self, [value, comparison], context) =>
        forward(context, text(self), text(value), comparisonOf(comparison)),
    },
    {
      signature: `int IndexOf(string value, int startIndex, ${kind})`,
      invoke: (self, [value, start, comparison], context) =>
        forward(context, text(self), text(value), comparisonOf(comparison), int(start)),
    },
    {
      signature: `int IndexOf(string value, int startIndex, int count, ${kind})`,
      invoke: (self, [value, start, count, comparison], context) =>
        forward(context, text(self), text(value), comparisonOf(comparison), int(start), int(count)),
    },
  ],
  LastIndexOf: [
    { signature: 'int LastIndexOf(char value)', invoke: (self, [value]) => text(self).lastIndexOf(unit(value)) },
    {
      signature: 'int LastIndexOf(char value, int startIndex)',
      invoke: (self, [value, start], context) => backwardUnit(context, text(self), unit(value), int(start)),
    },
    {
      signature: 'int LastIndexOf(char value, int startIndex, int count)',
      invoke: (self, [value, start, count], context) =>
        backwardUnit(context, text(self), unit(value), int(start), int(count)),
    },
    {
      signature: 'int LastIndexOf(string value)',
      invoke: (self, [value], context) => backward(context, text(self), text(value), byCulture),
    },
    {
      signature: 'int LastIndexOf(string value, int startIndex)',
      invoke: (self, [value, start], context) => backward(context, text(self), text(value), byCulture, int(start)),
    },
    {
      signature: 'int LastIndexOf(string value, int startIndex, int count)',
      invoke: (self, [value, start, count], context) =>
        backward(context, text(self), text(value), byCulture, int(start), int(count)),
    },
    {
      signature: `int LastIndexOf(string value, ${kind})`,
      invoke: (self, [value, comparison], context) =>
        backward(context, text(self), text(value), comparisonOf(comparison)),
    },
    {
      signature: `int LastIndexOf(string value, int startIndex, ${kind})`,
      invoke: (self, [value, start, comparison], context) =>
        backward(context, text(self), text(value), comparisonOf(comparison), int(start)),
    },
    {
      signature: `int LastIndexOf(string value, int startIndex, int count, ${kind})`,
      invoke: (self, [value, start, count, comparison], context) =>
        backward(context, text(self), text(value), comparisonOf(comparison), int(start), int(count)),
    },
  ],
  IndexOfAny: [
    { signature: 'int IndexOfAny(char[] anyOf)', invoke: (self, [any]) => forwardAny(text(self), any) },
    {
      signature: 'int IndexOfAny(char[] anyOf, int startIndex)',
      invoke: (self, [any, start]) => forwardAny(text(self), any, int(start)),
    },
    {
      signature: 'int IndexOfAny(char[] anyOf, int startIndex, int count)',
      invoke: (self, [any, start, count]) => forwardAny(text(self), any, int(start), int(count)),
    },
  ],
  LastIndexOfAny: [
    { signature: 'int LastIndexOfAny(char[] anyOf)', invoke: (self, [any]) => backwardAny(text(self), any) },
    {
      signature: 'int LastIndexOfAny(char[] anyOf, int startIndex)',
      invoke: (self, [any, start]) => backwardAny(text(self), any, int(start)),
    },
    {
      signature: 'int LastIndexOfAny(char[] anyOf, int startIndex, int count)',
      invoke: (self, [any, start, count]) => backwardAny(text(self), any, int(start), int(count)),
    },
  ],
};
