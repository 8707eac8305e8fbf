import { netFailure } from '../../errors/raise.ts';
import type { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, bool, charCode, int, text } from '../../values/narrow.ts';
import { Char, Decimal } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { bytesFrom, toByteArray } from '../byte-array.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { charArray, charsOf } from '../text/char-array.ts';
import { type Encoding, utf8WithoutPreamble } from '../text/encoding.ts';
import { decimalBytes, readDecimal, shapes } from './binary-values.ts';
import { bufferRange, bytesOfRange, charRange, negativeArgument, putBytes } from './byte-range.ts';
import { endOfStream, type Stream } from './stream.ts';
import { streamOf } from './stream-description.ts';
import { encodingOf } from './stream-text-description.ts';

/** `System.IO.BinaryReader` and `BinaryWriter`: values in a row, the low byte first. */
class BinaryIo extends Instance {
  readonly type: NetType;
  readonly stream: Stream;
  readonly encoding: Encoding;
  readonly #leaveOpen: boolean;
  #isOpen = true;

  constructor(type: NetType, stream: Stream, encoding: Encoding, leaveOpen: boolean) {
    super();
    this.type = type;
    this.stream = stream;
    this.encoding = encoding;
    this.#leaveOpen = leaveOpen;
  }

  /** Exactly so many bytes. Throws `NetFailure` (EndOfStreamException, ObjectDisposedException). */
  read(count: number): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let left = count; left > 0; ) {
      const part = this.readSome(left);
      if (part.length === 0) throw endOfStream();
      parts.push(part);
      left -= part.length;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Uint8Array.from(Buffer.concat(parts));
  }
  readSome(count: number): Uint8Array {
    if (!this.#isOpen) throw netFailure('System.ObjectDisposedException', 'Cannot access a closed file.');
    return this.stream.read(count);
  }
  view(count: number): DataView {
    const bytes = this.read(count);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next character; `undefined` at the end. */
  char(): string | undefined {
    const decoding = this.encoding.decoding();
    for (let taken = 0; taken < 8; taken++) {
      const bytes = this.readSome(1);
      if (bytes.length === 0) return taken === 0 ? undefined : decoding.decode(bytes, true);
      const char = decoding.decode(bytes, false);
      if (char !== '') return char;
    }
    return '\ufffd';
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (this.#leaveOpen) this.stream.flush();
    else this.stream.close();
  }
}

const self = (value: Value): BinaryIo => as(value, BinaryIo);

/** A number of seven bits a byte, the top bit for "more". */
function sevenBits(io: BinaryIo, most: number): bigint {
  let number = 0n;
  for (let at = 0; at < most; at++) {
    const byte = io.read(1)[0] ?? 0;
    if (at === most - 1 && byte > (most === 5 ? 15 : 1)) break;
    number |= BigInt(byte & 127) << BigInt(7 * at);
    if (byte < 128) return most === 5 ? BigInt.asIntN(32, number) : BigInt.asIntN(64, number);
  }
  throw netFailure('System.FormatException', 'Too many bytes in what should have been a 7-bit encoded integer.');
}

function inSevenBits(number: bigint, bits: number): Uint8Array {
  const bytes: number[] = [];
  let left = BigInt.asUintN(bits, number);
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  bytes.push(Number(left));
  return Uint8Array.from(bytes);
}

function writing(parameters: string, make: (args: readonly Value[], io: BinaryIo) => Uint8Array): Overload {
  return {
    signature: `void Write(${parameters})`,
    invoke: (value, args) => {
      self(value).stream.write(make(args, self(value)));
      return undefined;
    },
  };
}

const writes: readonly Overload[] = [
  ...shapes.map(([word, , size, , write]) =>
    writing(`${word} value`, ([value]) => {
      const view = new DataView(new ArrayBuffer(size));
      write(view, value);
      return new Uint8Array(view.buffer);
    }),
  ),
  writing('byte[] buffer', ([buffer]) => bytesFrom(nonNull(buffer, 'buffer'))),
  writing('byte[] buffer, int index, int count', ([buffer, index, count]) =>
    bytesOfRange(bufferRange(buffer, index, count)),
  ),
  writing('char ch', ([char], io) => io.encoding.encode(String.fromCharCode(charCode(char)))),
  writing('char[] chars', ([chars], io) => io.encoding.encode(charsOf(chars, 'chars'))),
  writing('char[] chars, int index, int count', ([chars, index, count], io) => {
    const range = charRange(chars, index, count);
    return io.encoding.encode(charsOf(chars, 'chars').slice(range.offset, range.offset + range.count));
  }),
  writing('decimal value', ([value]) => decimalBytes(as(value, Decimal))),
  writing('string value', ([value], io) => {
    const bytes = io.encoding.encode(text(nonNull(value, 'value')));
    return Uint8Array.from(Buffer.concat([inSevenBits(BigInt(bytes.length), 32), bytes]));
  }),
];

function nonNull(value: Value, parameter: string): Value {
  if (value !== null && value !== undefined) return value;
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
}

function count(value: Value): number {
  if (int(value) < 0) throw negativeArgument('count', int(value));
  return int(value);
}

/** Up to so many bytes: fewer at the end. */
function upTo(io: BinaryIo, most: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let left = most; left > 0; ) {
    const part = io.readSome(Math.min(left, 1 << 20));
    if (part.length === 0) break;
    parts.push(part);
    left -= part.length;
  }
  return Uint8Array.from(Buffer.concat(parts));
}

function readText(io: BinaryIo): string {
  const length = Number(sevenBits(io, 5));
  if (length >= 0) return io.encoding.decode(io.read(length));
  throw netFailure(
    'System.IO.IOException',
    `BinaryReader encountered an invalid string length of ${length} characters.`,
  );
}

function reading(returns: string, method: string, read: (io: BinaryIo) => Value): Record<string, readonly Overload[]> {
  return { [method]: [{ signature: `${returns} ${method}()`, invoke: (value) => read(self(value)) }] };
}

function common(): Pick<TypeDescription, 'kind' | 'interfaces' | 'properties'> {
  return {
    kind: 'class',
    interfaces: ['System.IDisposable'],
    properties: { BaseStream: { type: 'System.IO.Stream', get: (value) => self(value).stream } },
  };
}

const close: Overload['invoke'] = (value) => {
  self(value).close();
  return undefined;
};

const closing = {
  Close: [{ signature: 'void Close()', invoke: close }],
  Dispose: [{ signature: 'void Dispose()', invoke: close }],
};

function constructors(name: string, parameter: string, isWriter: boolean): readonly Overload[] {
  return ['', ', System.Text.Encoding encoding', ', System.Text.Encoding encoding, bool leaveOpen'].map((tail) => ({
    signature: `${name} new(System.IO.Stream ${parameter}${tail})`,
    invoke: (_self, [given, encoding, leaveOpen = false]) => {
      const stream = streamOf(given, parameter);
      if (isWriter ? !stream.canWrite : !stream.canRead) {
        throw netFailure('System.ArgumentException', `Stream was not ${isWriter ? 'writable' : 'readable'}.`);
      }
      const codec = encoding === undefined ? utf8WithoutPreamble : encodingOf(encoding);
      return new BinaryIo(namedType(name), stream, codec, bool(leaveOpen));
    },
  }));
}

/** The character that comes next, without taking it: -1 where the stream cannot go back. */
function peek(io: BinaryIo): number {
  if (!io.stream.canSeek) return -1;
  const { position } = io.stream;
  const char = io.char();
  io.stream.position = position;
  return char === undefined ? -1 : char.charCodeAt(0);
}

const readerDescription: TypeDescription = {
  ...common(),
  name: 'System.IO.BinaryReader',
  constructors: constructors('System.IO.BinaryReader', 'input', false),
  methods: {
    ...closing,
    ...reading('int', 'PeekChar', peek),
    Read: [
      { signature: 'int Read()', invoke: (value) => self(value).char()?.charCodeAt(0) ?? -1 },
      {
        signature: 'int Read(byte[] buffer, int index, int count)',
        invoke: (value, [buffer, index, size]) => {
          const range = bufferRange(buffer, index, size);
          const bytes = self(value).readSome(range.count);
          putBytes(range.buffer, range.offset, bytes);
          return bytes.length;
        },
      },
    ],
    ...reading('int', 'Read7BitEncodedInt', (io) => Number(sevenBits(io, 5))),
    ...reading('long', 'Read7BitEncodedInt64', (io) => sevenBits(io, 10)),
    ReadBytes: [
      {
        signature: 'byte[] ReadBytes(int count)',
        invoke: (value, [most]) => toByteArray(upTo(self(value), count(most))),
      },
    ],
    ...reading('char', 'ReadChar', (io) => {
      const char = io.char();
      if (char === undefined) throw endOfStream();
      return Char.of(char.charCodeAt(0));
    }),
    ReadChars: [
      {
        signature: 'char[] ReadChars(int count)',
        invoke: (value, [most]): NetArray => {
          let taken = '';
          while (taken.length < count(most)) {
            const char = self(value).char();
            if (char === undefined) break;
            taken += char;
          }
          return charArray(taken);
        },
      },
    ],
    ...reading('decimal', 'ReadDecimal', (io) => readDecimal(io.view(16))),
    ...reading('string', 'ReadString', readText),
    ...Object.assign(
      {},
      ...shapes.map(([word, name, size, read]) => reading(word, `Read${name}`, (io) => read(io.view(size)))),
    ),
  },
};

const writerDescription: TypeDescription = {
  ...common(),
  name: 'System.IO.BinaryWriter',
  constructors: constructors('System.IO.BinaryWriter', 'output', true),
  methods: {
    ...closing,
    Flush: [
      {
        signature: 'void Flush()',
        invoke: (value) => {
          self(value).stream.flush();
          return undefined;
        },
      },
    ],
    Write: writes,
    Write7BitEncodedInt: [
      {
        signature: 'void Write7BitEncodedInt(int value)',
        invoke: (value, [number]) => {
          self(value).stream.write(inSevenBits(BigInt(int(number)), 32));
          return undefined;
        },
      },
    ],
  },
};

export const binaryDescriptions: readonly TypeDescription[] = [readerDescription, writerDescription];
