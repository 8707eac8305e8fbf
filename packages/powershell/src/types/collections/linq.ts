import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { arrayLength } from '../new-array.ts';
import { listOf } from './generic-list.ts';
import { comparerOf } from './hashtable.ts';
import { itemsOf } from './items-of.ts';
import { average, extreme, noElements, reducing, sum } from './linq-numbers.ts';
import {
  asking,
  changing,
  combining,
  distinct,
  elementOf,
  type Items,
  keyOf,
  keySet,
  ordering,
  predicate,
  selecting,
  sequence,
  tester,
} from './linq-sequences.ts';
import { zeroOf } from './zero.ts';

function noMatch(): Error {
  return netFailure('System.InvalidOperationException', 'Sequence contains no matching element');
}

function badCount(): Error {
  return netFailure('System.ArgumentOutOfRangeException', 'Specified argument was out of the range of valid values.', {
    parameter: 'count',
  });
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
        invoke: (_self, [start, count], context) => {
          if (int(count) < 0 || int(start) + int(count) - 1 > 2147483647) throw badCount();
          context.budget.reserve(8 * int(count));
          const numbers = Array.from({ length: arrayLength(int(count)) }, (_, index) => int(start) + index);
          return new NetArray(netTypes.int32, numbers);
        },
      },
    ],
    Repeat: [
      {
        signature: 'static System.Collections.Generic.IEnumerable[TResult] Repeat[TResult](TResult element, int count)',
        invoke: (_self, [element, count], context, _type, typeArguments) => {
          if (int(count) < 0) throw badCount();
          context.budget.reserve(8 * int(count));
          const items = Array.from({ length: arrayLength(int(count)) }, () => element ?? null);
          return new NetArray(elementOf(typeArguments), items);
        },
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
