import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { copyTo } from './copy-to.ts';
import { plainEnumerator } from './enumerator.ts';
import { itemsOf } from './items-of.ts';
import { type OneEnded, Queue, Stack, self, tryOne } from './queue-and-stack.ts';

/*
 * `ConcurrentQueue`, `ConcurrentStack` and `ConcurrentBag`: one script runs at a time here, so that they are queues and
 * stacks with other methods. A bag gives what its own thread put in last, as a stack does.
 */

interface Kind {
  readonly make: (type: NetType) => OneEnded;
  readonly put: string;
  readonly take: string;
  readonly more?: Readonly<Record<string, Overload['invoke']>>;
}

function description(name: string, { make, put, take, more = {} }: Kind): TypeDescription {
  const short = `System.Collections.Concurrent.${name}`;
  const methods: Readonly<Record<string, readonly Overload[]>> = {
    ...methodTable({
      'void Clear()': (value) => {
        self(value).clear();
        return undefined;
      },
      'void CopyTo(T[] array, int index)': (value, [array, index]) =>
        copyTo(self(value).items(), as(array, NetArray), int(index)),
      // Enumerations go over what was there when they began.
      'System.Collections.Generic.IEnumerator[T] GetEnumerator()': (value) => {
        const items = self(value).items();
        return plainEnumerator(() => items.values());
      },
      'T[] ToArray()': (value) => new NetArray(self(value).elementType, self(value).items()),
      [`void ${put}(T item)`]: (value, [item]) => {
        self(value).put(item);
        return undefined;
      },
      ...more,
    }),
    TryPeek: [tryOne('TryPeek', (value) => value.peek())],
    [take]: [tryOne(take, (value) => value.take())],
  };
  return {
    name: `${short}\`1`,
    kind: 'class',
    typeParameters: ['T'],
    interfaces: [
      'System.Collections.Generic.IReadOnlyCollection`1[T]',
      'System.Collections.Generic.IEnumerable`1[T]',
      'System.Collections.ICollection',
      'System.Collections.IEnumerable',
    ],
    constructors: overloadList({
      [`${short}[T] new()`]: (_self, _none, _context, type) => make(type),
      [`${short}[T] new(System.Collections.Generic.IEnumerable[T] collection)`]: (_self, [items], context, type) => {
        const made = make(type);
        for (const item of itemsOf(items, context)) made.put(item);
        return made;
      },
    }),
    properties: {
      Count: { type: 'int', get: (value) => self(value).size },
      IsEmpty: { type: 'bool', get: (value) => self(value).size === 0 },
    },
    methods,
    enumerate: (value) => self(value).items(),
  };
}

/** The part of an array that an argument pair names. Throws `NetFailure`. */
function checkPart(array: NetArray, start: number, count: number): void {
  if (start < 0 || count < 0) {
    const message =
      count < 0
        ? 'The count argument must be greater than or equal to zero.'
        : 'The startIndex argument must be greater than or equal to zero.';
    throw netFailure('System.ArgumentOutOfRangeException', message, { parameter: count < 0 ? 'count' : 'startIndex' });
  }
  if (start + count > array.items.length) {
    const message =
      "The sum of the startIndex and count arguments must be less than or equal to the collection's Count.";
    throw netFailure('System.ArgumentException', message);
  }
}

function pushRange(stack: Value, array: NetArray, start: number, count: number): undefined {
  checkPart(array, start, count);
  for (const item of array.items.slice(start, start + count)) self(stack).put(item);
  return undefined;
}

function popRange(stack: Value, array: NetArray, start: number, count: number): number {
  checkPart(array, start, count);
  const taken = Math.min(count, self(stack).size);
  for (let at = 0; at < taken; at++) array.items[start + at] = self(stack).take();
  return taken;
}

export const concurrentCollections: readonly TypeDescription[] = [
  description('ConcurrentQueue', { make: (type) => new Queue(type), put: 'Enqueue', take: 'TryDequeue' }),
  description('ConcurrentBag', { make: (type) => new Stack(type), put: 'Add', take: 'TryTake' }),
  description('ConcurrentStack', {
    make: (type) => new Stack(type),
    put: 'Push',
    take: 'TryPop',
    more: {
      'void PushRange(T[] items)': (value, [items]) =>
        pushRange(value, as(items, NetArray), 0, as(items, NetArray).items.length),
      'void PushRange(T[] items, int startIndex, int count)': (value, [items, start, count]) =>
        pushRange(value, as(items, NetArray), int(start), int(count)),
      'int TryPopRange(T[] items)': (value, [items]) =>
        popRange(value, as(items, NetArray), 0, as(items, NetArray).items.length),
      'int TryPopRange(T[] items, int startIndex, int count)': (value, [items, start, count]) =>
        popRange(value, as(items, NetArray), int(start), int(count)),
    },
  }),
];
