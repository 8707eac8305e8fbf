import { as, int } from '../../values/narrow.ts';
import { Decimal, Double, Single, SmallInteger, UInt64 } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { byteValue } from '../byte-array.ts';
import { netTypes } from '../intrinsic.ts';

/** A Decimal as .NET writes it: three words of the number, one with the scale and the sign. */
export function readDecimal(view: DataView): Decimal {
  const mantissa =
    BigInt(view.getUint32(0, true)) |
    (BigInt(view.getUint32(4, true)) << 32n) |
    (BigInt(view.getUint32(8, true)) << 64n);
  const flags = view.getInt32(12, true);
  return new Decimal(flags < 0 ? -mantissa : mantissa, (flags >> 16) & 31);
}

export function decimalBytes({ mantissa, scale }: Decimal): Uint8Array {
  const view = new DataView(new ArrayBuffer(16));
  const size = mantissa < 0n ? -mantissa : mantissa;
  for (let at = 0; at < 3; at++) view.setUint32(at * 4, Number((size >> BigInt(32 * at)) & 0xffff_ffffn), true);
  view.setUint32(12, ((mantissa < 0n ? 0x8000_0000 : 0) | (scale << 16)) >>> 0, true);
  return new Uint8Array(view.buffer);
}

type Write = (view: DataView, value: Value) => void;
type Read = (view: DataView) => Value;

const small = (value: Value): number => as(value, SmallInteger).value;

/** What has a fixed size: the word of the type, the name in `ReadInt32`, the bytes. */
export const shapes: readonly (readonly [word: string, name: string, size: number, read: Read, write: Write])[] = [
  ['bool', 'Boolean', 1, (view) => view.getUint8(0) !== 0, (view, value) => view.setUint8(0, value === true ? 1 : 0)],
  ['byte', 'Byte', 1, (view) => byteValue(view.getUint8(0)), (view, value) => view.setUint8(0, small(value))],
  [
    'sbyte',
    'SByte',
    1,
    (view) => new SmallInteger(netTypes.sbyte, view.getInt8(0)),
    (view, value) => view.setInt8(0, small(value)),
  ],
  [
    'short',
    'Int16',
    2,
    (view) => new SmallInteger(netTypes.int16, view.getInt16(0, true)),
    (view, value) => view.setInt16(0, small(value), true),
  ],
  [
    'ushort',
    'UInt16',
    2,
    (view) => new SmallInteger(netTypes.uint16, view.getUint16(0, true)),
    (view, value) => view.setUint16(0, small(value), true),
  ],
  ['int', 'Int32', 4, (view) => view.getInt32(0, true), (view, value) => view.setInt32(0, int(value), true)],
  [
    'uint',
    'UInt32',
    4,
    (view) => new SmallInteger(netTypes.uint32, view.getUint32(0, true)),
    (view, value) => view.setUint32(0, small(value), true),
  ],
  [
    'long',
    'Int64',
    8,
    (view) => view.getBigInt64(0, true),
    (view, value) => view.setBigInt64(0, typeof value === 'bigint' ? value : 0n, true),
  ],
  [
    'ulong',
    'UInt64',
    8,
    (view) => new UInt64(view.getBigUint64(0, true)),
    (view, value) => view.setBigUint64(0, as(value, UInt64).value, true),
  ],
  [
    'float',
    'Single',
    4,
    (view) => new Single(view.getFloat32(0, true)),
    (view, value) => view.setFloat32(0, as(value, Single).value, true),
  ],
  [
    'double',
    'Double',
    8,
    (view) => new Double(view.getFloat64(0, true)),
    (view, value) => view.setFloat64(0, as(value, Double).value, true),
  ],
];
