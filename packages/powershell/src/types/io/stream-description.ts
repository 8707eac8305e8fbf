import { netFailure } from '../../errors/raise.ts';
import { EnumValue } from '../../values/enum.ts';
import { as, bool, int, long } from '../../values/narrow.ts';
import { SmallInteger } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { bytesOf, toByteArray } from '../byte-array.ts';
import { enumeration } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, Property, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { bufferRange, bytesOfRange, negativeArgument, putBytes } from './byte-range.ts';
import { FileStream, openings } from './file-stream.ts';
import { MemoryStream } from './memory-stream.ts';
import { endOfStream, Stream } from './stream.ts';

const name = 'System.IO.Stream';
const self = (value: Value): Stream => as(value, Stream);
const memory = (value: Value): MemoryStream => as(value, MemoryStream);

/** An argument that is a stream. Throws `NetFailure` (ArgumentNullException). */
export function streamOf(value: Value, parameter: string): Stream {
  if (value !== null && value !== undefined) return self(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
}

/** `[IO.Stream]::Null`: takes everything and gives nothing. */
class NullStream extends Stream {
  readonly canRead = true;
  readonly canWrite = true;
  readonly canSeek = true;
  length = 0;
  position = 0;
  get type(): NetType {
    return namedType('System.IO.Stream+NullStream');
  }
  read(): Uint8Array {
    return new Uint8Array();
  }
  write(): void {}
  flush(): void {}
  close(): void {}
}

const nullStream = new NullStream();

/** Copies piece by piece. */
function copyTo(from: Stream, to: Stream, context: CallContext): undefined {
  for (;;) {
    const bytes = from.read(81_920);
    if (bytes.length === 0) return undefined;
    to.write(bytes);
    sessionOf(context).budget.step();
  }
}

function done(run: (stream: Stream) => void): Overload['invoke'] {
  return (value) => {
    run(self(value));
    return undefined;
  };
}

/** Where `Seek` goes to. */
function target(stream: Stream, offset: Value, origin: Value): number {
  const { value } = as(origin, EnumValue);
  const from = value === 0 ? 0 : value === 1 ? stream.position : stream.length;
  return from + Number(long(offset));
}

function position(value: Value, context: 'Position' | 'Length'): number {
  const number = Number(long(value));
  if (number >= 0) return number;
  throw context === 'Position'
    ? negativeArgument('value', number)
    : netFailure('System.ArgumentOutOfRangeException', 'Non-negative number required.', { parameter: 'value' });
}

const flag = (read: (stream: Stream) => boolean): Property => ({ type: 'bool', get: (value) => read(self(value)) });

const streamDescription: TypeDescription = {
  name,
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.IDisposable'],
  staticProperties: { Null: { type: name, get: () => nullStream } },
  properties: {
    CanRead: flag((stream) => stream.canRead),
    CanWrite: flag((stream) => stream.canWrite),
    CanSeek: flag((stream) => stream.canSeek),
    CanTimeout: flag(() => false),
    Length: { type: 'long', get: (value) => BigInt(self(value).length) },
    Position: {
      type: 'long',
      get: (value) => BigInt(self(value).position),
      set: (value, given) => {
        self(value).position = position(given, self(value) instanceof FileStream ? 'Length' : 'Position');
      },
    },
  },
  methods: {
    Close: [{ signature: 'void Close()', invoke: done((stream) => stream.close()) }],
    CopyTo: [
      {
        signature: `void CopyTo(${name} destination)`,
        invoke: (value, [to], context) => copyTo(self(value), streamOf(to, 'destination'), context),
      },
      {
        signature: `void CopyTo(${name} destination, int bufferSize)`,
        invoke: (value, [to], context) => copyTo(self(value), streamOf(to, 'destination'), context),
      },
    ],
    Dispose: [{ signature: 'void Dispose()', invoke: done((stream) => stream.close()) }],
    Flush: [{ signature: 'void Flush()', invoke: done((stream) => stream.flush()) }],
    Read: [
      {
        signature: 'int Read(byte[] buffer, int offset, int count)',
        invoke: (value, [buffer, offset, count]) => {
          const range = bufferRange(buffer, offset, count);
          const bytes = self(value).read(range.count);
          putBytes(range.buffer, range.offset, bytes);
          return bytes.length;
        },
      },
    ],
    ReadByte: [{ signature: 'int ReadByte()', invoke: (value) => self(value).read(1)[0] ?? -1 }],
    ReadExactly: [
      {
        signature: 'void ReadExactly(byte[] buffer, int offset, int count)',
        invoke: (value, [buffer, offset, count]) => {
          const range = bufferRange(buffer, offset, count);
          for (let filled = 0; filled < range.count; ) {
            const bytes = self(value).read(range.count - filled);
            if (bytes.length === 0) throw endOfStream();
            putBytes(range.buffer, range.offset + filled, bytes);
            filled += bytes.length;
          }
          return undefined;
        },
      },
    ],
    Seek: [
      {
        signature: 'long Seek(long offset, System.IO.SeekOrigin origin)',
        invoke: (value, [offset, origin]) => BigInt(self(value).seek(target(self(value), offset, origin))),
      },
    ],
    SetLength: [
      {
        signature: 'void SetLength(long value)',
        invoke: (value, [length]) => {
          const stream = self(value);
          stream.length = stream instanceof MemoryStream ? Number(long(length)) : position(length, 'Length');
          return undefined;
        },
      },
    ],
    Write: [
      {
        signature: 'void Write(byte[] buffer, int offset, int count)',
        invoke: (value, [buffer, offset, count]) => {
          self(value).write(bytesOfRange(bufferRange(buffer, offset, count)));
          return undefined;
        },
      },
    ],
    WriteByte: [
      {
        signature: 'void WriteByte(byte value)',
        invoke: (value, [byte]) => {
          self(value).write(Uint8Array.of(as(byte, SmallInteger).value));
          return undefined;
        },
      },
    ],
  },
};

const memoryName = 'System.IO.MemoryStream';

/** A stream over a copy of an array: what is written to the one does not show in the other. */
function ofArray(parameters: string, isWritable: (args: readonly Value[]) => boolean, isPart = false): Overload {
  return {
    signature: `${memoryName} new(byte[] buffer${parameters})`,
    invoke: (_self, args, context) => {
      const [buffer, index, count] = args;
      const bytes = isPart ? bytesOfRange(bufferRange(buffer, index, count)) : bytesOf(buffer, 'buffer');
      return new MemoryStream(reserveOf(context), { bytes, isWritable: isWritable(args) });
    },
  };
}

function reserveOf(context: CallContext): (bytes: number) => void {
  return (bytes) => sessionOf(context).budget.reserve(bytes);
}

const memoryStreamDescription: TypeDescription = {
  name: memoryName,
  kind: 'class',
  base: name,
  constructors: [
    { signature: `${memoryName} new()`, invoke: (_self, _none, context) => new MemoryStream(reserveOf(context)) },
    {
      signature: `${memoryName} new(int capacity)`,
      invoke: (_self, [capacity], context) => {
        if (int(capacity) < 0) throw negativeArgument('capacity', int(capacity));
        return new MemoryStream(reserveOf(context), { capacity: int(capacity) });
      },
    },
    ofArray('', () => true),
    ofArray(', bool writable', ([, isWritable]) => bool(isWritable)),
    ofArray(', int index, int count', () => true, true),
    ofArray(', int index, int count, bool writable', ([, , , isWritable]) => bool(isWritable), true),
  ],
  properties: {
    Capacity: {
      type: 'int',
      get: (value) => memory(value).capacity,
      set: (value, capacity) => {
        memory(value).capacity = int(capacity);
      },
    },
  },
  methods: {
    GetBuffer: [
      {
        signature: 'byte[] GetBuffer()',
        invoke: (value) => {
          if (memory(value).canExpand) return toByteArray(memory(value).buffer);
          const message = "MemoryStream's internal buffer cannot be accessed.";
          throw netFailure('System.UnauthorizedAccessException', message);
        },
      },
    ],
    ToArray: [
      {
        signature: 'byte[] ToArray()',
        invoke: (value, _none, context) => {
          const { content } = memory(value);
          sessionOf(context).budget.reserve(content.length * 8);
          return toByteArray(content);
        },
      },
    ],
    WriteTo: [
      {
        signature: `void WriteTo(${name} stream)`,
        invoke: (value, [stream]) => {
          streamOf(stream, 'stream').write(memory(value).content.slice());
          return undefined;
        },
      },
    ],
  },
};

const fileStreamDescription: TypeDescription = {
  name: 'System.IO.FileStream',
  kind: 'class',
  base: name,
  constructors: [
    ...openings('System.IO.FileStream new', 'Read', undefined, [
      ', int bufferSize',
      ', int bufferSize, bool useAsync',
      ', int bufferSize, System.IO.FileOptions options',
    ]),
  ],
  properties: {
    IsAsync: { type: 'bool', get: () => false },
    Name: { type: 'string', get: (value) => as(value, FileStream).path },
  },
  methods: {
    Flush: [{ signature: 'void Flush(bool flushToDisk)', invoke: done((stream) => stream.flush()) }],
  },
};

export const streamDescriptions: readonly TypeDescription[] = [
  enumeration('System.IO.SeekOrigin', ['Begin', 'Current', 'End']),
  streamDescription,
  { name: 'System.IO.Stream+NullStream', kind: 'class', base: name },
  memoryStreamDescription,
  fileStreamDescription,
];
