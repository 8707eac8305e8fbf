import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import type { Instance } from '../../values/instance.ts';
import { defaultComparer, type MapKey } from '../../values/key-comparer.ts';
import { bool, int, object } from '../../values/narrow.ts';
import { Decimal, Double, Single } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';
import { comparerOf } from './hashtable.ts';
import { itemsOf } from './items-of.ts';
import { listOf } from './list.ts';
import { compareDefault } from './order.ts';
import { zeroOf } from './zero.ts';

/*
 * `System.Linq.Enumerable`. What .NET works out item by item when asked is worked out at once here: scripts cannot tell,
 * but for endless sequences, which need a script of their own to make.
 */

const source = 'System.Collections.Generic.IEnumerable[TSource] source';
const sequence = 'System.Collections.Generic.IEnumerable[TSource]';

type Items = readonly Value[];

function elementOf(typeArguments: readonly NetType[]): NetType {
  return typeArguments[0] ?? netTypes.object;
}

/** A method on one sequence that gives another of the same type. */
function changing(
  name: string,
  parameters: string,
  run: (items: Items, args: readonly Value[], context: CallContext) => Items,
): Overload {
  return {
    signature: `static ${sequence} ${name}[TSource](${source}${parameters === '' ? '' : `, ${parameters}`})`,
    invoke: (_self, [items, ...rest], context, _type, typeArguments) =>
      new NetArray(elementOf(typeArguments), [...run(itemsOf(items, context, 'source'), rest, context)]),
  };
}

/** A method on one sequence that gives one value. */
function asking(
  name: string,
  returns: string,
  parameters: string,
  run: (items: Items, args: readonly Value[], context: CallContext, element: NetType) => Value,
): Overload {
  return {
    signature: `static ${returns} ${name}[TSource](${source}${parameters === '' ? '' : `, ${parameters}`})`,
    invoke: (_self, [items, ...rest], context, _type, typeArguments) =>
      run(itemsOf(items, context, 'source'), rest, context, elementOf(typeArguments)),
  };
}

function tester(delegate: Value, context: CallContext): (item: Value) => boolean {
  const block = object(delegate);
  return (item) => bool(context.convert(context.invoke(block, [item]), netTypes.boolean));
}

function distinct(items: Items, keyOf: (item: Value) => MapKey): Value[] {
  const seen = new Set<MapKey>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const keyOf = (item: Value): MapKey => defaultComparer.keyOf(item);
const predicate = 'System.Func[TSource,bool] predicate';

function noElements(): Error {
  return netFailure('System.InvalidOperationException', 'Sequence contains no elements');
}

function noMatch(): Error {
  return netFailure('System.InvalidOperationException', 'Sequence contains no matching element');
}

function several(): Error {
  return netFailure('System.InvalidOperationException', 'Sequence contains more than one element');
}

/** `First`, `Last`, `Single` and their kind: with and without a test, throwing or with the default. */
function picking(name: string, pick: (items: Items) => number, orDefault: boolean): readonly Overload[] {
  const take = (items: Items, element: NetType, failure: () => Error): Value => {
    if (items.length > 0) return items[pick(items)] ?? null;
    if (orDefault) return zeroOf(element);
    throw failure();
  };
  return [
    asking(name, 'TSource', '', (items, _args, _context, element) => take(items, element, noElements)),
    asking(name, 'TSource', predicate, (items, [test], context, element) =>
      take(items.filter(tester(test, context)), element, noMatch),
    ),
  ];
}

const numeric = ['int', 'long', 'float', 'double', 'decimal'] as const;

/** `Sum`, `Average`, `Max`, `Min` of one type of number. */
function reducing(name: string, returns: (type: string) => string, run: (items: Items) => Value): readonly Overload[] {
  return numeric.map((type) => ({
    signature: `static ${returns(type)} ${name}(System.Collections.Generic.IEnumerable[${type}] source)`,
    invoke: (_self, [items], context) => run(itemsOf(items, context, 'source')),
  }));
}

function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Double || value instanceof Single) return value.value;
  if (value instanceof Decimal) return Number(value.mantissa) / 10 ** value.scale;
  return 0;
}

function sum(items: Items): Value {
  const [first] = items;
  if (typeof first === 'bigint') {
    return checked(
      items.reduce((all: bigint, item) => all + (typeof item === 'bigint' ? item : 0n), 0n),
      63n,
    );
  }
  if (first instanceof Decimal) {
    const scale = Math.max(...items.map((item) => (item instanceof Decimal ? item.scale : 0)));
    const total = items.reduce(
      (all: bigint, item) => all + (item instanceof Decimal ? item.mantissa * 10n ** BigInt(scale - item.scale) : 0n),
      0n,
    );
    return new Decimal(total, scale);
  }
  const total = items.reduce((all: number, item) => all + numberOf(item), 0);
  if (first instanceof Double) return new Double(total);
  if (first instanceof Single) return new Single(total);
  checked(BigInt(total), 31n);
  return total;
}

function checked(total: bigint, bits: bigint): bigint {
  const limit = 1n << bits;
  if (total < limit && total >= -limit) return total;
  throw netFailure('System.OverflowException', 'Arithmetic operation resulted in an overflow.');
}

function average(items: Items): Value {
  if (items.length === 0) throw noElements();
  return new Double(items.reduce((all: number, item) => all + numberOf(item), 0) / items.length);
}

function extreme(items: Items, sign: 1 | -1): Value {
  if (items.length === 0) throw noElements();
  return items.reduce((best, item) => (compareDefault(item, best) * sign > 0 ? item : best));
}

function keys(items: Items, selector: Value, context: CallContext, element: NetType): { item: Value; key: Value }[] {
  const block = object(selector);
  return items.map((item) => ({ item, key: convertKey(context.invoke(block, [item]), element, context) }));
}

function convertKey(key: Value, type: NetType, context: CallContext): Value {
  return type === netTypes.object ? key : context.convert(key, type);
}

function ordering(name: string, sign: 1 | -1): Overload {
  return {
    signature: `static System.Linq.IOrderedEnumerable[TSource] ${name}[TSource, TKey](${source}, System.Func[TSource,TKey] keySelector)`,
    invoke: (_self, [items, selector], context, _type, typeArguments) => {
      const found = keys(itemsOf(items, context, 'source'), selector, context, typeArguments[1] ?? netTypes.object);
      found.sort((a, b) => compareDefault(a.key, b.key) * sign);
      return new NetArray(
        elementOf(typeArguments),
        found.map(({ item }) => item),
      );
    },
  };
}

/** Two sequences become one. */
function combining(
  name: string,
  run: (first: Items, second: Items, keyFor: (item: Value) => MapKey) => Items,
  withComparer: boolean,
): readonly Overload[] {
  const two = `${sequence} first, ${sequence} second`;
  const plain: Overload = {
    signature: `static ${sequence} ${name}[TSource](${two})`,
    invoke: (_self, [first, second], context, _type, typeArguments) =>
      new NetArray(elementOf(typeArguments), [
        ...run(itemsOf(first, context, 'first'), itemsOf(second, context, 'second'), keyOf),
      ]),
  };
  if (!withComparer) return [plain];
  return [
    plain,
    {
      signature: `static ${sequence} ${name}[TSource](${two}, System.Collections.Generic.IEqualityComparer[TSource] comparer)`,
      invoke: (_self, [first, second, comparer], context, _type, typeArguments) => {
        const by = comparerOf(comparer);
        return new NetArray(elementOf(typeArguments), [
          ...run(itemsOf(first, context, 'first'), itemsOf(second, context, 'second'), (item) => by.keyOf(item)),
        ]);
      },
    },
  ];
}

function keySet(items: Items, keyFor: (item: Value) => MapKey): Set<MapKey> {
  return new Set(items.map(keyFor));
}

function selecting(): Overload {
  return {
    signature: `static System.Collections.Generic.IEnumerable[TResult] Select[TSource, TResult](${source}, System.Func[TSource,TResult] selector)`,
    invoke: (_self, [items, selector], context, _type, typeArguments) => {
      const result = typeArguments[1] ?? netTypes.object;
      const block: Instance = object(selector);
      return new NetArray(
        result,
        itemsOf(items, context, 'source').map((item) => convertKey(context.invoke(block, [item]), result, context)),
      );
    },
  };
}

export const linqDescription: TypeDescription = {
  name: 'System.Linq.Enumerable',
  kind: 'class',
  isAbstract: true,
  staticMethods: {
    All: [asking('All', 'bool', predicate, (items, [test], context) => items.every(tester(test, context)))],
    Any: [
      asking('Any', 'bool', '', (items) => items.length > 0),
      asking('Any', 'bool', predicate, (items, [test], context) => items.some(tester(test, context))),
    ],
    Average: reducing('Average', (type) => (type === 'decimal' || type === 'float' ? type : 'double'), average),
    Concat: combining('Concat', (first, second) => [...first, ...second], false),
    Contains: [
      asking('Contains', 'bool', 'TSource value', (items, [value]) =>
        items.some((item) => keyOf(item) === keyOf(value ?? null)),
      ),
    ],
    Count: [
      asking('Count', 'int', '', (items) => items.length),
      asking('Count', 'int', predicate, (items, [test], context) => items.filter(tester(test, context)).length),
    ],
    Distinct: [
      changing('Distinct', '', (items) => distinct(items, keyOf)),
      changing('Distinct', 'System.Collections.Generic.IEqualityComparer[TSource] comparer', (items, [comparer]) => {
        const by = comparerOf(comparer);
        return distinct(items, (item) => by.keyOf(item));
      }),
    ],
    ElementAt: [
      asking('ElementAt', 'TSource', 'int index', (items, [index]) => {
        const at = int(index);
        if (at >= 0 && at < items.length) return items[at];
        throw netFailure(
          'System.ArgumentOutOfRangeException',
          'Index was out of range. Must be non-negative and less than the size of the collection.',
          { parameter: 'index' },
        );
      }),
    ],
    Except: combining(
      'Except',
      (first, second, keyFor) => {
        const other = keySet(second, keyFor);
        return distinct(first, keyFor).filter((item) => !other.has(keyFor(item)));
      },
      true,
    ),
    First: picking('First', () => 0, false),
    FirstOrDefault: picking('FirstOrDefault', () => 0, true),
    Intersect: combining(
      'Intersect',
      (first, second, keyFor) => {
        const other = keySet(second, keyFor);
        return distinct(first, keyFor).filter((item) => other.has(keyFor(item)));
      },
      true,
    ),
    Last: picking('Last', (items) => items.length - 1, false),
    LastOrDefault: picking('LastOrDefault', (items) => items.length - 1, true),
    Max: reducing(
      'Max',
      (type) => type,
      (items) => extreme(items, 1),
    ),
    Min: reducing(
      'Min',
      (type) => type,
      (items) => extreme(items, -1),
    ),
    OrderBy: [ordering('OrderBy', 1)],
    OrderByDescending: [ordering('OrderByDescending', -1)],
    Range: [
      {
        signature: 'static System.Collections.Generic.IEnumerable[int] Range(int start, int count)',
        invoke: (_self, [start, count]) =>
          new NetArray(
            netTypes.int32,
            Array.from({ length: int(count) }, (_, index) => int(start) + index),
          ),
      },
    ],
    Repeat: [
      {
        signature: 'static System.Collections.Generic.IEnumerable[TResult] Repeat[TResult](TResult element, int count)',
        invoke: (_self, [element, count], _context, _type, typeArguments) =>
          new NetArray(
            elementOf(typeArguments),
            Array.from({ length: int(count) }, () => element ?? null),
          ),
      },
    ],
    Reverse: [changing('Reverse', '', (items) => items.toReversed())],
    Select: [selecting()],
    SequenceEqual: [
      {
        signature: `static bool SequenceEqual[TSource](${sequence} first, ${sequence} second)`,
        invoke: (_self, [first, second], context) => {
          const left = itemsOf(first, context, 'first');
          const right = itemsOf(second, context, 'second');
          return (
            left.length === right.length && left.every((item, index) => keyOf(item) === keyOf(right[index] ?? null))
          );
        },
      },
    ],
    Single: picking('Single', onlyOne, false),
    SingleOrDefault: picking('SingleOrDefault', onlyOne, true),
    Skip: [changing('Skip', 'int count', (items, [count]) => items.slice(Math.max(0, int(count))))],
    Sum: reducing('Sum', (type) => type, sum),
    Take: [changing('Take', 'int count', (items, [count]) => items.slice(0, Math.max(0, int(count))))],
    ToArray: [
      asking('ToArray', 'TSource[]', '', (items, _args, _context, element) => new NetArray(element, [...items])),
    ],
    ToList: [
      asking('ToList', 'System.Collections.Generic.List[TSource]', '', (items, _args, _context, element) =>
        listOf(element, [...items]),
      ),
    ],
    Union: combining('Union', (first, second, keyFor) => distinct([...first, ...second], keyFor), true),
    Where: [changing('Where', predicate, (items, [test], context) => items.filter(tester(test, context)))],
  },
};

function onlyOne(items: Items): number {
  if (items.length > 1) throw several();
  return 0;
}
