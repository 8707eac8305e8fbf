import { integerValue } from '../../conversion/numbers/change-number.ts';
import { integerOf } from '../../conversion/numbers/read-number.ts';
import { netFailure } from '../../errors/raise.ts';
import { int } from '../../values/narrow.ts';
import { Char, Double, Single } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { bytesOf, toByteArray } from '../byte-array.ts';
import { netTypes } from '../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { asDouble } from './numbers/number-members.ts';

interface Shape {
  readonly word: string;
  /** `ToInt32` */
  readonly method: string;
  readonly size: number;
  readonly write: (view: DataView, value: Value) => void;
  readonly read: (view: DataView) => Value;
}

function integer(word: string, method: string, size: 2 | 4 | 8, type: NetType, signed: boolean): Shape {
  return {
    word,
    method,
    size,
    write: (view, value) => {
      const whole = integerValue(value) ?? 0n;
      if (size === 2) view.setUint16(0, Number(BigInt.asUintN(16, whole)), true);
      else if (size === 4) view.setUint32(0, Number(BigInt.asUintN(32, whole)), true);
      else view.setBigUint64(0, BigInt.asUintN(64, whole), true);
    },
    read: (view) => {
      if (size === 8) return integerOf(signed ? view.getBigInt64(0, true) : view.getBigUint64(0, true), type);
      if (size === 4) return integerOf(BigInt(signed ? view.getInt32(0, true) : view.getUint32(0, true)), type);
      return integerOf(BigInt(signed ? view.getInt16(0, true) : view.getUint16(0, true)), type);
    },
  };
}

const shapes: readonly Shape[] = [
  {
    word: 'bool',
    method: 'ToBoolean',
    size: 1,
    write: (view, value) => view.setUint8(0, value === true ? 1 : 0),
    read: (view) => view.getUint8(0) !== 0,
  },
  {
    word: 'char',
    method: 'ToChar',
    size: 2,
    write: (view, value) => view.setUint16(0, value instanceof Char ? value.code : 0, true),
    read: (view) => Char.of(view.getUint16(0, true)),
  },
  integer('short', 'ToInt16', 2, netTypes.int16, true),
  integer('int', 'ToInt32', 4, netTypes.int32, true),
  integer('long', 'ToInt64', 8, netTypes.int64, true),
  integer('ushort', 'ToUInt16', 2, netTypes.uint16, false),
  integer('uint', 'ToUInt32', 4, netTypes.uint32, false),
  integer('ulong', 'ToUInt64', 8, netTypes.uint64, false),
  {
    word: 'float',
    method: 'ToSingle',
    size: 4,
    write: (view, value) => view.setFloat32(0, asDouble(value), true),
    read: (view) => new Single(view.getFloat32(0, true)),
  },
  {
    word: 'double',
    method: 'ToDouble',
    size: 8,
    write: (view, value) => view.setFloat64(0, asDouble(value), true),
    read: (view) => new Double(view.getFloat64(0, true)),
  },
];

function write({ word, size, write: put }: Shape): Overload {
  return {
    signature: `static byte[] GetBytes(${word} value)`,
    invoke: (_self, [value]) => {
      const view = new DataView(new ArrayBuffer(size));
      put(view, value);
      return toByteArray(new Uint8Array(view.buffer));
    },
  };
}

function read({ word, method, size, read: get }: Shape): [string, readonly Overload[]] {
  return [
    method,
    [
      {
        signature: `static ${word} ${method}(byte[] value, int startIndex)`,
        invoke: (_self, [value, startIndex]) => {
          const bytes = bytesOf(value, 'value');
          const start = int(startIndex);
          if (start < 0 || start >= bytes.length) {
            throw netFailure(
              'System.ArgumentOutOfRangeException',
              'Index was out of range. Must be non-negative and less than the size of the collection.',
              { parameter: 'startIndex' },
            );
          }
          if (start > bytes.length - size) throw tooShort();
          return get(new DataView(bytes.buffer, bytes.byteOffset + start, size));
        },
      },
    ],
  ];
}

function tooShort(): Error {
  return netFailure(
    'System.ArgumentException',
    'The array starting from the specified index is not long enough to read a value of the specified type.',
    { parameter: 'value' },
  );
}

function dashes(value: Value, from: number, length?: number): string {
  const bytes = bytesOf(value, 'value');
  const part = bytes.subarray(from, length === undefined ? undefined : from + length);
  return Array.from(part, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('-');
}

export const bitConverterDescription: TypeDescription = {
  name: 'System.BitConverter',
  kind: 'class',
  isAbstract: true,
  staticProperties: { IsLittleEndian: { type: 'bool', get: () => true } },
  staticMethods: {
    GetBytes: shapes.map(write),
    ...Object.fromEntries(shapes.map(read)),
    ToString: [
      { signature: 'static string ToString(byte[] value)', invoke: (_self, [value]) => dashes(value, 0) },
      {
        signature: 'static string ToString(byte[] value, int startIndex)',
        invoke: (_self, [value, start]) => dashes(value, int(start)),
      },
      {
        signature: 'static string ToString(byte[] value, int startIndex, int length)',
        invoke: (_self, [value, start, length]) => dashes(value, int(start), int(length)),
      },
    ],
  },
};
