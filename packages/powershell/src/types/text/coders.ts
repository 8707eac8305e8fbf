import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, bool, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { bytesOf } from '../byte-array.ts';
import { namedType } from '../intrinsic.ts';
import { putBytes } from '../io/byte-range.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { charsOf, putChars } from './char-array.ts';
import type { TextDecoding, TextEncoding } from './codec.ts';
import type { Encoding } from './encoding.ts';
import { part } from './encoding-conversion.ts';

/** `System.Text.Encoder`: encodes text that comes in pieces. */
class Encoder extends Instance {
  readonly encoding: Encoding;
  state: TextEncoding;
  constructor(encoding: Encoding) {
    super();
    this.encoding = encoding;
    this.state = encoding.encoding();
  }
  get type(): NetType {
    return namedType('System.Text.Encoder');
  }
}

/** `System.Text.Decoder`: decodes bytes that come in pieces. */
class Decoder extends Instance {
  readonly encoding: Encoding;
  state: TextDecoding;
  constructor(encoding: Encoding) {
    super();
    this.encoding = encoding;
    this.state = encoding.decoding();
  }
  get type(): NetType {
    return namedType('System.Text.Decoder');
  }
}

export const encoderOf = (encoding: Encoding): Encoder => new Encoder(encoding);
export const decoderOf = (encoding: Encoding): Decoder => new Decoder(encoding);

const encoder = (value: Value): Encoder => as(value, Encoder);
const decoder = (value: Value): Decoder => as(value, Decoder);

function getChars(signature: string): Overload {
  return {
    signature,
    invoke: (value, [bytes, from, count, target, at, flush = false]) => {
      const chosen = part(bytesOf(bytes, 'bytes'), 'bytes', from, count, ['byteIndex', 'byteCount']);
      const text = decoder(value).state.decode(chosen, bool(flush));
      putChars(as(target, NetArray), int(at), text);
      return text.length;
    },
  };
}

export const coderDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Text.Encoder',
    kind: 'class',
    isAbstract: true,
    methods: {
      GetBytes: [
        {
          signature:
            'int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex, bool flush)',
          invoke: (value, [chars, from, count, target, at, flush]) => {
            const chosen = part(charsOf(chars, 'chars'), 'chars', from, count, ['charIndex', 'charCount']);
            const bytes = encoder(value).state.encode(chosen, bool(flush));
            putBytes(as(target, NetArray), int(at), bytes);
            return bytes.length;
          },
        },
      ],
      Reset: [
        {
          signature: 'void Reset()',
          invoke: (value) => {
            encoder(value).state = encoder(value).encoding.encoding();
            return undefined;
          },
        },
      ],
    },
  },
  {
    name: 'System.Text.Decoder',
    kind: 'class',
    isAbstract: true,
    methods: {
      GetChars: [
        getChars('int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)'),
        getChars('int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex, bool flush)'),
      ],
      Reset: [
        {
          signature: 'void Reset()',
          invoke: (value) => {
            decoder(value).state = decoder(value).encoding.decoding();
            return undefined;
          },
        },
      ],
    },
  },
];
