import { constants, crc32, deflateRawSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { netFailure } from '../../errors/raise.ts';
import { as, bool } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { labelOf } from './file-stream.ts';
import { Stream } from './stream.ts';
import { streamOf } from './stream-description.ts';

type Format = 'Deflate' | 'GZip' | 'ZLib';

const chunk = 1 << 16;
/** How far back a match may lie. */
const window = 1 << 15;

const unpack = { Deflate: inflateRawSync, GZip: gunzipSync, ZLib: inflateSync };

/**
 * `GZipStream` and its kin. Compressing goes block by block; what is decompressed is read into memory when it is first asked
 * for, since the platform has no way to do that in pieces within one turn: the budget bounds it.
 */
class CompressionStream extends Stream {
  readonly #format: Format;
  readonly stream: Stream;
  readonly #leaveOpen: boolean;
  readonly #reserve: (bytes: number) => void;
  readonly #level: number | undefined;
  #unpacked: Uint8Array | undefined;
  #at = 0;
  #waiting: Uint8Array[] = [];
  #waitingLength = 0;
  #before = new Uint8Array();
  #crc = 0;
  #adler = 1;
  #size = 0;
  #isBegun = false;
  #isOpen = true;

  /** @param level that of zlib; `undefined` decompresses */
  constructor(
    format: Format,
    stream: Stream,
    level: number | undefined,
    leaveOpen: boolean,
    reserve: (bytes: number) => void,
  ) {
    super();
    this.#format = format;
    this.stream = stream;
    this.#level = level;
    this.#leaveOpen = leaveOpen;
    this.#reserve = reserve;
  }

  get type(): NetType {
    return namedType(`System.IO.Compression.${this.#format}Stream`);
  }
  get canRead(): boolean {
    return this.#isOpen && this.#level === undefined && this.stream.canRead;
  }
  get canWrite(): boolean {
    return this.#isOpen && this.#level !== undefined && this.stream.canWrite;
  }
  readonly canSeek = false;
  get length(): number {
    throw notSeekable();
  }
  set length(_length: number) {
    throw notSeekable();
  }
  get position(): number {
    throw notSeekable();
  }
  set position(_position: number) {
    throw notSeekable();
  }

  read(count: number): Uint8Array {
    this.#check();
    if (this.#level !== undefined)
      throw netFailure('System.InvalidOperationException', 'Reading from the compression stream is not supported.');
    this.#unpacked ??= this.#unpack();
    const bytes = this.#unpacked.slice(this.#at, this.#at + count);
    this.#at += bytes.length;
    return bytes;
  }

  write(bytes: Uint8Array): void {
    this.#check();
    if (this.#level === undefined)
      throw netFailure('System.InvalidOperationException', 'Writing to the compression stream is not supported.');
    if (bytes.length === 0) return;
    this.#waiting.push(bytes.slice());
    this.#waitingLength += bytes.length;
    if (this.#waitingLength >= chunk) this.#pack();
  }

  flush(): void {
    this.#check();
    if (this.#level === undefined) return;
    this.#pack();
    this.stream.flush();
  }

  close(): void {
    if (!this.#isOpen) return;
    try {
      if (this.#level !== undefined) this.#finish();
    } finally {
      this.#isOpen = false;
      if (!this.#leaveOpen) this.stream.close();
    }
  }

  /** One block, byte-aligned, that looks back at the block before. */
  #pack(): void {
    if (this.#waitingLength === 0) return;
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingLength = 0;
    if (!this.#isBegun) this.#begin();
    this.#crc = crc32(bytes, this.#crc);
    if (this.#format === 'ZLib') this.#adler = adler32(bytes, this.#adler);
    this.#size += bytes.length;
    const options = { level: this.#level ?? -1, finishFlush: constants.Z_SYNC_FLUSH };
    const packed = deflateRawSync(
      bytes,
      this.#before.length === 0 ? options : { ...options, dictionary: this.#before },
    );
    this.stream.write(Uint8Array.from(packed));
    this.#before = Uint8Array.from(bytes.subarray(-window));
  }

  #begin(): void {
    this.#isBegun = true;
    if (this.#format === 'GZip') this.stream.write(Uint8Array.of(31, 139, 8, 0, 0, 0, 0, 0, 0, 3));
    if (this.#format === 'ZLib') this.stream.write(Uint8Array.of(0x78, 0x9c));
  }

  /** Where nothing was written, nothing stands in the stream, as in .NET. */
  #finish(): void {
    this.#pack();
    if (!this.#isBegun) return;
    this.stream.write(Uint8Array.of(3, 0));
    const tail = new DataView(new ArrayBuffer(8));
    tail.setUint32(0, this.#format === 'ZLib' ? this.#adler : this.#crc, this.#format !== 'ZLib');
    tail.setUint32(4, this.#size % 2 ** 32, true);
    const length = { Deflate: 0, ZLib: 4, GZip: 8 }[this.#format];
    if (length > 0) this.stream.write(new Uint8Array(tail.buffer, 0, length));
  }

  #unpack(): Uint8Array {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (let part = this.stream.read(chunk); part.length > 0; part = this.stream.read(chunk)) {
      parts.push(part);
      length += part.length;
      this.#reserve(length);
    }
    if (length === 0) return new Uint8Array();
    // Grows by steps, so that the budget is asked before a small stream becomes a large one.
    for (let most = Math.max(length * 8, 1 << 20); ; most *= 8) {
      this.#reserve(most);
      try {
        return unpack[this.#format](Buffer.concat(parts), {
          maxOutputLength: most,
          finishFlush: constants.Z_SYNC_FLUSH,
        });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
        if (error.code !== 'ERR_BUFFER_TOO_LARGE') throw invalidData();
      }
    }
  }

  #check(): void {
    if (this.#isOpen) return;
    const message = `Cannot access a disposed object.\nObject name: '${this.type.name}'.`;
    throw netFailure('System.ObjectDisposedException', message, { details: { ObjectName: this.type.name } });
  }
}

function adler32(bytes: Uint8Array, start: number): number {
  let [low, high] = [start & 0xffff, start >>> 16];
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return ((high << 16) | low) >>> 0;
}

function notSeekable(): Error {
  return netFailure('System.NotSupportedException', 'This operation is not supported.');
}

function invalidData(): Error {
  return netFailure(
    'System.IO.InvalidDataException',
    'The archive entry was compressed using an unsupported compression method.',
  );
}

const levels: Readonly<Record<string, number>> = { Optimal: 6, Fastest: 1, NoCompression: 0, SmallestSize: 9 };

function constructors(format: Format): readonly Overload[] {
  const name = `System.IO.Compression.${format}Stream`;
  const make = (args: readonly Value[], context: CallContext, level: number | undefined): Value => {
    const [given, , leaveOpen = false] = args;
    const stream = streamOf(given, 'stream');
    if (level === undefined ? !stream.canRead : !stream.canWrite) {
      const message = `Stream does not support ${level === undefined ? 'reading' : 'writing'}.`;
      throw netFailure('System.ArgumentException', message, { parameter: 'stream' });
    }
    return new CompressionStream(format, stream, level, bool(leaveOpen), (bytes) =>
      sessionOf(context).budget.reserve(bytes),
    );
  };
  return ['', ', bool leaveOpen'].flatMap((tail): Overload[] => [
    {
      signature: `${name} new(System.IO.Stream stream, System.IO.Compression.CompressionMode mode${tail})`,
      invoke: (_self, args, context) =>
        make(args, context, labelOf(args[1]) === 'Compress' ? levels.Optimal : undefined),
    },
    {
      signature: `${name} new(System.IO.Stream stream, System.IO.Compression.CompressionLevel compressionLevel${tail})`,
      invoke: (_self, args, context) => make(args, context, levels[labelOf(args[1])] ?? levels.Optimal),
    },
  ]);
}

export const compressionDescriptions: readonly TypeDescription[] = [
  enumeration('System.IO.Compression.CompressionMode', ['Decompress', 'Compress']),
  enumeration('System.IO.Compression.CompressionLevel', ['Optimal', 'Fastest', 'NoCompression', 'SmallestSize']),
  ...(['Deflate', 'GZip', 'ZLib'] as const).map(
    (format): TypeDescription => ({
      name: `System.IO.Compression.${format}Stream`,
      kind: 'class',
      base: 'System.IO.Stream',
      constructors: constructors(format),
      properties: {
        BaseStream: { type: 'System.IO.Stream', get: (value) => as(value, CompressionStream).stream },
      },
    }),
  ),
];
