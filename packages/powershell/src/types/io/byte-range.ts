import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { bytesFrom, byteValue } from '../byte-array.ts';

/** A run of items in an array that a script handed over as a buffer, with its offset and count. */
export interface BufferRange {
  readonly buffer: NetArray;
  readonly offset: number;
  readonly count: number;
}

/**
 * The buffer arguments of streams, checked as `Stream.ValidateBufferArguments` does.
 * @throws NetFailure ArgumentNullException, ArgumentOutOfRangeException
 */
export function bufferRange(buffer: Value, offset: Value, count: Value): BufferRange {
  if (buffer === null || buffer === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'buffer' });
  }
  const range = { buffer: as(buffer, NetArray), offset: int(offset), count: int(count) };
  if (range.offset < 0) {
    throw netFailure('System.ArgumentOutOfRangeException', 'Non-negative number required.', { parameter: 'offset' });
  }
  if (range.count < 0 || range.count > range.buffer.items.length - range.offset) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.',
      { parameter: 'count' },
    );
  }
  return range;
}

/** The bytes of the run. */
export function bytesOfRange({ buffer, offset, count }: BufferRange): Uint8Array {
  if (offset === 0 && count === buffer.items.length) return bytesFrom(buffer);
  return bytesFrom(new NetArray(buffer.element, buffer.items.slice(offset, offset + count)));
}

/** Puts bytes into an array from an offset on. */
export function putBytes(target: NetArray, offset: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at++) target.items[offset + at] = byteValue(bytes[at] ?? 0);
}

/** What .NET says of a number that may not be negative. */
export function negativeArgument(parameter: string, value: number | bigint): Error {
  return netFailure(
    'System.ArgumentOutOfRangeException',
    `${parameter} ('${value}') must be a non-negative value. (Parameter '${parameter}')\nActual value was ${value}.`,
    { details: { ParamName: parameter, ActualValue: value } },
  );
}

/** The same for `char[]` buffers of readers and writers, whose messages differ. */
export function charRange(buffer: Value, index: Value, count: Value): BufferRange {
  if (buffer === null || buffer === undefined) {
    throw netFailure('System.ArgumentNullException', 'Buffer cannot be null.', { parameter: 'buffer' });
  }
  const range = { buffer: as(buffer, NetArray), offset: int(index), count: int(count) };
  if (range.offset < 0) throw negativeArgument('index', range.offset);
  if (range.count < 0) throw negativeArgument('count', range.count);
  if (range.count > range.buffer.items.length - range.offset) {
    throw netFailure(
      'System.ArgumentException',
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.',
    );
  }
  return range;
}
