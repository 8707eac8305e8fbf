import { netFailure } from '../../errors/raise.ts';
import { as, bool } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import { labelOf } from '../io/file-stream.ts';
import { closedStream, Stream, unsupported } from '../io/stream.ts';
import { streamOf } from '../io/stream-description.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { CipherTransform } from './cipher.ts';

const name = 'System.Security.Cryptography.CryptoStream';
const chunk = 1 << 14;

/** `CryptoStream`: what goes through it is encrypted or decrypted, piece by piece. */
class CryptoStream extends Stream {
  readonly #stream: Stream;
  readonly #cipher: CipherTransform;
  readonly #isWriting: boolean;
  readonly #leaveOpen: boolean;
  /** Bytes that no whole block was made of yet, or that were made and not asked for yet. */
  #rest = new Uint8Array();
  #made = new Uint8Array();
  isFinished = false;
  #isOpen = true;

  constructor(stream: Stream, cipher: CipherTransform, isWriting: boolean, leaveOpen: boolean) {
    super();
    this.#stream = stream;
    this.#cipher = cipher;
    this.#isWriting = isWriting;
    this.#leaveOpen = leaveOpen;
  }
  get type(): NetType {
    return namedType(name);
  }
  get canRead(): boolean {
    return this.#isOpen && !this.#isWriting;
  }
  get canWrite(): boolean {
    return this.#isOpen && this.#isWriting;
  }
  readonly canSeek = false;
  get length(): number {
    throw unsupported('seeking');
  }
  set length(_length: number) {
    throw unsupported('seeking');
  }
  get position(): number {
    throw unsupported('seeking');
  }
  set position(_position: number) {
    throw unsupported('seeking');
  }
  override seek(): number {
    throw unsupported('seeking');
  }

  read(count: number): Uint8Array {
    this.#check();
    if (this.#isWriting) throw unsupported('reading');
    while (this.#made.length === 0 && !this.isFinished) {
      const bytes = this.#stream.read(chunk);
      if (bytes.length > 0) this.#made = this.#whole(bytes);
      else {
        this.#made = Uint8Array.from(this.#cipher.finish(this.#rest));
        this.isFinished = true;
      }
    }
    const taken = this.#made.slice(0, count);
    this.#made = this.#made.slice(count);
    return taken;
  }

  write(bytes: Uint8Array): void {
    this.#check();
    if (!this.#isWriting) throw unsupported('writing');
    const made = this.#whole(bytes);
    if (made.length > 0) this.#stream.write(made);
  }

  /** Whole blocks go through; the rest waits. */
  #whole(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const all = Uint8Array.from(Buffer.concat([this.#rest, bytes]));
    const end = all.length - (all.length % this.#cipher.inputBlock);
    this.#rest = all.slice(end);
    return end === 0 ? new Uint8Array() : Uint8Array.from(this.#cipher.transform(all.subarray(0, end)));
  }

  flush(): void {
    this.#check();
    if (this.#isWriting) this.#stream.flush();
  }
  /** Throws `NetFailure` (NotSupportedException) the second time. */
  finish(): void {
    if (this.isFinished) {
      const message = 'FlushFinalBlock() method was called twice on a CryptoStream. It can only be called once.';
      throw netFailure('System.NotSupportedException', message);
    }
    this.isFinished = true;
    if (this.#isWriting) this.#stream.write(this.#cipher.finish(this.#rest));
  }
  close(): void {
    if (!this.#isOpen) return;
    try {
      if (!this.isFinished && this.#isWriting) this.finish();
    } finally {
      this.#isOpen = false;
      if (!this.#leaveOpen) this.#stream.close();
    }
  }

  #check(): void {
    if (!this.#isOpen) throw closedStream();
  }
}

const self = (value: Value): CryptoStream => as(value, CryptoStream);

export const cryptoStreamDescriptions: readonly TypeDescription[] = [
  enumeration('System.Security.Cryptography.CryptoStreamMode', ['Read', 'Write']),
  {
    name,
    kind: 'class',
    base: 'System.IO.Stream',
    constructors: ['', ', bool leaveOpen'].map((tail) => ({
      signature: `${name} new(System.IO.Stream stream, System.Security.Cryptography.ICryptoTransform transform, System.Security.Cryptography.CryptoStreamMode mode${tail})`,
      invoke: (_self, [given, cipher, mode, leaveOpen = false]) => {
        const stream = streamOf(given, 'stream');
        const isWriting = labelOf(mode) === 'Write';
        if (isWriting ? !stream.canWrite : !stream.canRead) {
          throw netFailure('System.ArgumentException', `Stream was not ${isWriting ? 'writable' : 'readable'}.`, {
            parameter: 'stream',
          });
        }
        return new CryptoStream(stream, as(cipher, CipherTransform), isWriting, bool(leaveOpen));
      },
    })),
    properties: { HasFlushedFinalBlock: { type: 'bool', get: (value) => self(value).isFinished } },
    methods: {
      FlushFinalBlock: [
        {
          signature: 'void FlushFinalBlock()',
          invoke: (value) => {
            self(value).finish();
            return undefined;
          },
        },
      ],
    },
  },
];
