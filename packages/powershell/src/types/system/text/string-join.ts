import { toNetText } from '../../../conversion/text.ts';
import { NetArray } from '../../../values/array.ts';
import { int } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import { itemsOf } from '../../collections/items-of.ts';
import type { CallContext, Overload } from '../../net-type.ts';
import { negative, nullArgument, tooLarge } from './range-errors.ts';
import { reserveText } from './reserve-text.ts';

/** Text of any value as `Concat` and `Join` put it in: null is empty. */
function part(value: Value, context: CallContext): string {
  return value === null || value === undefined ? '' : toNetText(value, undefined, context);
}

function all(values: Value): readonly Value[] {
  return values instanceof NetArray ? values.items : [];
}

/** PowerShell takes a single null for the array itself. */
function required(values: Value, parameter: string): readonly Value[] {
  if (values instanceof NetArray) return values.items;
  throw nullArgument(parameter);
}

function join(separator: Value, values: readonly Value[], context: CallContext): string {
  const between = part(separator, context);
  const texts: string[] = [];
  let length = 0;
  for (const value of values) {
    const one = part(value, context);
    length += one.length + between.length;
    if (length > 1_000_000) reserveText(context, length);
    texts.push(one);
  }
  return texts.join(between);
}

function section(values: Value, startIndex: number, count: number): readonly Value[] {
  const items = all(values);
  if (startIndex < 0) throw negative(startIndex, 'startIndex');
  if (count < 0) throw negative(count, 'count');
  if (startIndex > items.length - count) throw tooLarge(startIndex, items.length - count, 'startIndex');
  return items.slice(startIndex, startIndex + count);
}

function joins(separator: 'char' | 'string'): Record<'arrays' | 'parts' | 'objects' | 'generic', Overload> {
  const first = `static string Join(${separator} separator`;
  return {
    arrays: {
      signature: `${first}, params string[] value)`,
      invoke: (_self, [between, values], context) => join(between, required(values, 'value'), context),
    },
    parts: {
      signature: `${first}, string[] value, int startIndex, int count)`,
      invoke: (_self, [between, values, start, count], context) =>
        join(between, section(values, int(start), int(count)), context),
    },
    objects: {
      signature: `${first}, params System.Object[] values)`,
      invoke: (_self, [between, values], context) => join(between, required(values, 'values'), context),
    },
    generic: {
      signature: `static string Join[T](${separator} separator, System.Collections.Generic.IEnumerable[T] values)`,
      invoke: (_self, [between, values], context) => join(between, itemsOf(values, context, 'values'), context),
    },
  };
}

const byChar = joins('char');
const byText = joins('string');

function concatenations(): readonly Overload[] {
  const counted = (word: string, name: string, count: number): Overload => ({
    signature: `static string Concat(${Array.from({ length: count }, (_, at) => `${word} ${name}${at}`).join(', ')})`,
    invoke: (_self, args, context) => args.map((value) => part(value, context)).join(''),
  });
  return [
    counted('System.Object', 'arg', 1),
    counted('System.Object', 'arg', 2),
    counted('System.Object', 'arg', 3),
    {
      signature: 'static string Concat(params System.Object[] args)',
      invoke: (_self, [values], context) => {
        if (values === null) throw nullArgument('args');
        return join('', all(values), context);
      },
    },
    {
      signature: 'static string Concat[T](System.Collections.Generic.IEnumerable[T] values)',
      invoke: (_self, [values], context) => join('', itemsOf(values, context, 'values'), context),
    },
    {
      signature: 'static string Concat(System.Collections.Generic.IEnumerable[string] values)',
      invoke: (_self, [values], context) => join('', itemsOf(values, context, 'values'), context),
    },
    counted('string', 'str', 2),
    counted('string', 'str', 3),
    counted('string', 'str', 4),
    {
      signature: 'static string Concat(params string[] values)',
      invoke: (_self, [values], context) => join('', all(values), context),
    },
  ];
}

export const joinMethods: Readonly<Record<string, readonly Overload[]>> = {
  Concat: concatenations(),
  Join: [
    byChar.arrays,
    byText.arrays,
    byChar.parts,
    byText.parts,
    {
      signature: 'static string Join(string separator, System.Collections.Generic.IEnumerable[string] values)',
      invoke: (_self, [between, values], context) => join(between, itemsOf(values, context, 'values'), context),
    },
    byChar.objects,
    byText.objects,
    byChar.generic,
    byText.generic,
  ],
};
