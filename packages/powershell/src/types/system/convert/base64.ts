import { Buffer } from 'node:buffer';
import { netFailure } from '../../../errors/raise.ts';
import type { NetArray } from '../../../values/array.ts';
import { EnumValue } from '../../../values/enum.ts';
import { int } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import { bytesOf, toByteArray } from '../../byte-array.ts';
import type { Overload } from '../../net-type.ts';

/** Bytes as base 64, in lines of 76 where asked for. */
export function toBase64(value: Value, options: Value, offset = 0, length?: number): string {
  const bytes = bytesOf(value, 'inArray');
  const count = length ?? bytes.length - offset;
  if (offset < 0 || count < 0 || offset > bytes.length - count) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      'Offset and length must refer to a position in the string.',
      { parameter: 'offset' },
    );
  }
  const encoded = Buffer.from(bytes.subarray(offset, offset + count)).toString('base64');
  const breaks = options instanceof EnumValue && options.value === 1;
  return breaks ? (encoded.match(/.{1,76}/g) ?? []).join('\r\n') : encoded;
}

const badBase64 =
  'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.';

export function fromBase64(source: string): NetArray {
  const packed = source.replace(/[ \t\r\n]/g, '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed))
    throw netFailure('System.FormatException', badBase64);
  return toByteArray(Buffer.from(packed, 'base64'));
}

export function fromHex(source: string): NetArray {
  if (source.length % 2 !== 0) {
    throw netFailure(
      'System.FormatException',
      'The input is not a valid hex string as its length is not a multiple of 2.',
    );
  }
  if (!/^[0-9a-fA-F]*$/.test(source)) {
    throw netFailure(
      'System.FormatException',
      'The input is not a valid hex string as it contains a non-hex character.',
    );
  }
  return toByteArray(Buffer.from(source, 'hex'));
}

/** `ToHexString` and `ToHexStringLower`. */
export function hexMethods(name: string, shape: (text: string) => string): readonly Overload[] {
  const write = (bytes: Uint8Array): string => shape(Buffer.from(bytes).toString('hex'));
  return [
    {
      signature: `static string ${name}(byte[] inArray)`,
      invoke: (_self, [bytes]) => write(bytesOf(bytes, 'inArray')),
    },
    {
      signature: `static string ${name}(byte[] inArray, int offset, int length)`,
      invoke: (_self, [bytes, offset, length]) =>
        write(bytesOf(bytes, 'inArray').subarray(int(offset), int(offset) + int(length))),
    },
  ];
}
