import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, bool, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { bytesFrom, toByteArray } from '../byte-array.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { CallContext, NetType, TypeDescription } from '../net-type.ts';
import { arrayLength } from '../new-array.ts';
import { copyTo } from './copy-to.ts';
import { plainEnumerator } from './enumerator.ts';
import { indexOutOfRange } from './ranges.ts';

/** `System.Collections.BitArray`: a byte for each bit. */
class BitArray extends Instance {
  bits: Uint8Array;
  constructor(bits: Uint8Array) {
    super();
    this.bits = bits;
  }
  get type(): NetType {
    return namedType('System.Collections.BitArray');
  }
  *[Symbol.iterator](): Generator<boolean, void> {
    for (const bit of this.bits) yield bit === 1;
  }
}

const self = (value: Value): BitArray => as(value, BitArray);
const name = 'System.Collections.BitArray';

function lengthOf(value: Value, context: CallContext): number {
  if (int(value) < 0) {
    const message = `length ('${int(value)}') must be a non-negative value. (Parameter 'length')\nActual value was ${int(value)}.`;
    throw netFailure('System.ArgumentOutOfRangeException', message);
  }
  const length = arrayLength(int(value));
  context.budget.reserve(length);
  return length;
}

/** The bits of numbers, the lowest first. */
function bitsOf(numbers: Iterable<number>, size: number): Uint8Array {
  return Uint8Array.from(
    Iterator.from(numbers).flatMap((one) => Array.from({ length: size }, (_, at) => (one >>> at) & 1)),
  );
}

/** Numbers of bits, the lowest first. */
function numbersOf(bits: Uint8Array, size: number): number[] {
  return Array.from({ length: Math.ceil(bits.length / size) }, (_, at) =>
    bits.subarray(at * size, (at + 1) * size).reduce((whole, bit, place) => whole | (bit << place), 0),
  );
}

/** Changes an array bit by bit with another of its length. Throws `NetFailure`. */
function combine(value: Value, other: Value, of: (left: number, right: number) => number): BitArray {
  const target = self(value);
  if (other === null) throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'value' });
  if (self(other).bits.length !== target.bits.length) {
    throw netFailure('System.ArgumentException', 'Array lengths must be the same.');
  }
  target.bits = target.bits.map((bit, at) => of(bit, self(other).bits[at] ?? 0));
  return target;
}

/** Moves bits to higher places, or with a negative count to lower ones; what is left free is 0. */
function shift(value: Value, count: number): BitArray {
  const { bits } = self(value);
  const moved = new Uint8Array(bits.length);
  if (count < 0) moved.set(bits.subarray(-count));
  else if (count < bits.length) moved.set(bits.subarray(0, bits.length - count), count);
  self(value).bits = moved;
  return self(value);
}

function shiftCount(value: Value): number {
  if (int(value) >= 0) return int(value);
  throw netFailure('System.ArgumentOutOfRangeException', 'Non-negative number required.', { parameter: 'count' });
}

function copyBits(value: Value, array: NetArray, index: number): undefined {
  const { bits } = self(value);
  switch (array.element) {
    case netTypes.int32:
      return copyTo(numbersOf(bits, 32), array, index);
    case netTypes.byte:
      return copyTo(toByteArray(Uint8Array.from(numbersOf(bits, 8))).items, array, index);
    case netTypes.boolean:
      return copyTo(self(value), array, index);
    default:
      throw netFailure(
        'System.ArgumentException',
        'Only supported array types for CopyTo on BitArrays are Boolean[], Int32[] and Byte[].',
        {
          parameter: 'array',
        },
      );
  }
}

function place(value: Value, index: Value): number {
  if (int(index) >= 0 && int(index) < self(value).bits.length) return int(index);
  const { message } = indexOutOfRange();
  throw netFailure('System.ArgumentOutOfRangeException', `${message}\nActual value was ${int(index)}.`);
}

function set(value: Value, index: Value, bit: Value): undefined {
  self(value).bits[place(value, index)] = bool(bit) ? 1 : 0;
  return undefined;
}

function get(value: Value, index: Value): boolean {
  return self(value).bits[place(value, index)] === 1;
}

export const bitArrayDescription: TypeDescription = {
  name,
  kind: 'class',
  interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable', 'System.ICloneable'],
  constructors: overloadList({
    [`${name} new(int length)`]: (_self, [length], context) => new BitArray(new Uint8Array(lengthOf(length, context))),
    [`${name} new(int length, bool defaultValue)`]: (_self, [length, bit], context) =>
      new BitArray(new Uint8Array(lengthOf(length, context)).fill(bool(bit) ? 1 : 0)),
    [`${name} new(byte[] bytes)`]: (_self, [bytes]) => new BitArray(bitsOf(bytesFrom(bytes), 8)),
    [`${name} new(bool[] values)`]: (_self, [values]) =>
      new BitArray(Uint8Array.from(as(values, NetArray).items, (bit) => (bit === true ? 1 : 0))),
    [`${name} new(int[] values)`]: (_self, [values]) => new BitArray(bitsOf(as(values, NetArray).items.map(int), 32)),
    [`${name} new(${name} bits)`]: (_self, [bits]) => new BitArray(self(bits).bits.slice()),
  }),
  properties: {
    Count: { type: 'int', get: (value) => self(value).bits.length },
    IsReadOnly: { type: 'bool', get: () => false },
    IsSynchronized: { type: 'bool', get: () => false },
    Length: {
      type: 'int',
      get: (value) => self(value).bits.length,
      set: (value, length, context) => {
        const bits = new Uint8Array(lengthOf(length, context));
        bits.set(self(value).bits.subarray(0, bits.length));
        self(value).bits = bits;
      },
    },
    SyncRoot: { type: 'System.Object', get: (value) => value },
  },
  methods: methodTable({
    [`${name} And(${name} value)`]: (value, [other]) => combine(value, other, (left, right) => left & right),
    'System.Object Clone()': (value) => new BitArray(self(value).bits.slice()),
    'void CopyTo(array array, int index)': (value, [array, index]) => copyBits(value, as(array, NetArray), int(index)),
    'bool Get(int index)': (value, [index]) => get(value, index),
    'System.Collections.IEnumerator GetEnumerator()': (value) => plainEnumerator(() => self(value)[Symbol.iterator]()),
    'bool HasAllSet()': (value) => !self(value).bits.includes(0),
    'bool HasAnySet()': (value) => self(value).bits.includes(1),
    [`${name} LeftShift(int count)`]: (value, [count]) => shift(value, shiftCount(count)),
    [`${name} Not()`]: (value) => combine(value, value, (bit) => 1 - bit),
    [`${name} Or(${name} value)`]: (value, [other]) => combine(value, other, (left, right) => left | right),
    [`${name} RightShift(int count)`]: (value, [count]) => shift(value, -shiftCount(count)),
    'void Set(int index, bool value)': (value, [index, bit]) => set(value, index, bit),
    'void SetAll(bool value)': (value, [bit]) => {
      self(value).bits.fill(bool(bit) ? 1 : 0);
      return undefined;
    },
    [`${name} Xor(${name} value)`]: (value, [other]) => combine(value, other, (left, right) => left ^ right),
  }),
  indexer: {
    get: overloadList({ 'bool Item(int index)': (value, [index]) => get(value, index) }),
    set: overloadList({ 'void Item(int index, bool value)': (value, [index, bit]) => set(value, index, bit) }),
  },
  enumerate: (value) => self(value),
};
