import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeType } from '../src/types/closed-type.ts';
import { GenericDictionary } from '../src/types/collections/dictionary.ts';
import { listOf } from '../src/types/collections/generic-list.ts';
import { HashSet } from '../src/types/collections/hash-set.ts';
import { Hashtable } from '../src/types/collections/hashtable.ts';
import { compareDefault } from '../src/types/collections/order.ts';
import { OrderedDictionary } from '../src/types/collections/ordered-dictionary.ts';
import { Queue } from '../src/types/collections/queue-and-stack.ts';
import { SortedDictionary } from '../src/types/collections/sorted-dictionary.ts';
import { namedType, netTypes } from '../src/types/intrinsic.ts';
import { openLibrary } from '../src/types/registered.ts';
import { foldOrdinal } from '../src/values/key-comparer.ts';
import type { Value } from '../src/values/value.ts';

openLibrary();

const texts = [netTypes.string, netTypes.int32];
const dictionary = () => new GenericDictionary(closeType(namedType('System.Collections.Generic.Dictionary`2'), texts));
const sorted = () =>
  new SortedDictionary(closeType(namedType('System.Collections.Generic.SortedDictionary`2'), texts), compareDefault);

describe('keys', () => {
  test('text of a hashtable ignores case, numbers keep their types', () => {
    const table = new Hashtable();
    table.set('Key', 1);
    table.set('KEY', 2);
    table.set(1, 'int');
    table.set(1n, 'long');
    table.set('1', 'text');
    expect([...table.items()].map(({ key, value }) => [key, value])).toEqual([
      ['Key', 2],
      [1, 'int'],
      [1n, 'long'],
      ['1', 'text'],
    ]);
  });

  test('names that JavaScript gives a meaning are keys like any other', () => {
    const table = new Hashtable();
    for (const name of ['__proto__', 'constructor', '\0\u0001System.Guid\0x', '\0']) table.set(name, name);
    for (const name of ['__proto__', 'constructor', '\0\u0001System.Guid\0x', '\0']) expect(table.get(name)).toBe(name);
    expect(table.get('toString')).toBeUndefined();
  });

  test.each([
    ['ß', 'SS', false],
    ['ä', 'Ä', true],
    ['İ', 'i', false],
    ['\u212a', 'k', false],
    ['ﬁ', 'FI', false],
    ['straße', 'STRAßE', true],
  ])('%s and %s without case', (a, b, same) => {
    expect(foldOrdinal(a) === foldOrdinal(b)).toBe(same);
  });
});

describe('a collection that changes under its enumeration', () => {
  const walk = (items: Iterable<unknown>, change: () => void): string => {
    try {
      for (const _ of items) change();
      return 'went on';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const modified = 'Collection was modified; enumeration operation may not execute.';

  test('ends it with an error', () => {
    const table = new Hashtable();
    table.set('a', 1);
    expect(walk(table.keys(), () => table.set('a', 2))).toBe(modified);
    const list = listOf(netTypes.int32, [1]);
    expect(walk(list, () => list.add(2))).toBe(modified);
  });

  test('a generic dictionary bears new values and removal', () => {
    const one = dictionary();
    one.set('a', 1);
    one.set('b', 2);
    expect(walk(one.keys(), () => one.set('a', 3))).toBe('went on');
    expect(walk(one.keys(), () => one.delete('b'))).toBe('went on');
    expect(walk(one.keys(), () => one.set('new', 3))).toBe(modified);
  });
});

test('an ordered dictionary keeps its places through every change', () => {
  const ordered = new OrderedDictionary();
  ordered.set('b', 1);
  ordered.set('a', 2);
  ordered.insertAt(0, 'z', 0);
  expect(ordered.itemAt(0)?.key).toBe('z');
  ordered.removeAt(1);
  expect([...ordered.items()].map(({ key }) => key)).toEqual(['z', 'a']);
  expect(ordered.itemAt(1)?.key).toBe('a');
  ordered.delete('Z');
  ordered.set('c', 3);
  expect(ordered.itemAt(1)?.key).toBe('c');
});

test('a sorted dictionary is a dictionary in order', () => {
  const operation = fc.record({
    kind: fc.constantFrom('set', 'delete'),
    key: fc.constantFrom('a', 'B', 'b', 'C', 'c', 'ä'),
    value: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 30 }), (operations) => {
      const tested = sorted();
      const model = new Map<string, Value>();
      for (const { kind, key, value } of operations) {
        if (kind === 'set') {
          tested.set(key, value);
          model.set(key, value);
        } else expect(tested.delete(key)).toBe(model.delete(key));
      }
      expect([...tested.items()].map(({ key, value }) => [key, value])).toEqual(
        [...model].sort(([a], [b]) => compareDefault(a, b)),
      );
    }),
  );
});

test('a queue gives back what was put in, in order, over any number of turns', () => {
  const queue = new Queue(namedType('System.Collections.Queue'));
  const model: number[] = [];
  for (let turn = 0; turn < 1000; turn++) {
    queue.put(turn);
    model.push(turn);
    if (turn % 3 !== 0) expect(queue.take()).toBe(model.shift());
  }
  expect(queue.items()).toEqual(model);
  expect(queue.size).toBe(model.length);
});

test('a sorted set keeps its order through any number of turns, and stays quick', () => {
  const set = new HashSet(closeType(namedType('System.Collections.Generic.SortedSet`1'), [netTypes.int32]), {
    order: compareDefault,
  });
  const model = new Set<number>();
  for (let turn = 0; turn < 50_000; turn++) {
    const item = (turn * 7919) % 40_009;
    expect(turn % 4 === 3 ? set.delete(item) : set.add(item)).toBe(
      turn % 4 === 3 ? model.delete(item) : !model.has(item) && model.add(item) === model,
    );
  }
  expect(set.items()).toEqual([...model].sort((left, right) => left - right));
  expect(set.size).toBe(model.size);
  set.clear();
  expect([...set]).toEqual([]);
});
