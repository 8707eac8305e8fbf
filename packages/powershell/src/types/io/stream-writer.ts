import { netFailure } from '../../errors/raise.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import type { TextEncoding } from '../text/codec.ts';
import type { Encoding } from '../text/encoding.ts';
import type { Stream } from './stream.ts';
import { TextWriter } from './text-writer.ts';

/** How many units wait before they are encoded. */
const limit = 1 << 14;

/** `System.IO.StreamWriter`: encodes what it takes in large pieces; the mark of the encoding begins an empty stream. */
export class StreamWriter extends TextWriter {
  readonly stream: Stream;
  readonly encoding: Encoding;
  readonly #leaveOpen: boolean;
  readonly #encoding: TextEncoding;
  #waiting = '';
  #autoFlush = false;
  #isBegun: boolean;
  #isOpen = true;

  /** Throws `NetFailure` (ArgumentException) for a stream that cannot be written. */
  constructor(stream: Stream, encoding: Encoding, { leaveOpen = false }: { leaveOpen?: boolean } = {}) {
    super();
    if (!stream.canWrite) throw netFailure('System.ArgumentException', 'Stream was not writable.');
    this.stream = stream;
    this.encoding = encoding;
    this.#leaveOpen = leaveOpen;
    this.#encoding = encoding.encoding();
    this.#isBegun = stream.canSeek && stream.position > 0;
  }

  get type(): NetType {
    return namedType('System.IO.StreamWriter');
  }
  get autoFlush(): boolean {
    return this.#autoFlush;
  }
  set autoFlush(isOn: boolean) {
    this.#check();
    this.#autoFlush = isOn;
    if (isOn) this.flush();
  }

  write(text: string): void {
    this.#check();
    this.#waiting += text;
    if (!this.#autoFlush && this.#waiting.length < limit) return;
    this.#encode(false);
    if (this.#autoFlush) this.stream.flush();
  }

  flush(): void {
    this.#check();
    this.#encode(true);
    this.stream.flush();
  }

  close(): void {
    if (!this.#isOpen) return;
    try {
      this.#encode(true);
    } finally {
      this.#isOpen = false;
      if (this.#leaveOpen) this.stream.flush();
      else this.stream.close();
    }
  }

  #encode(isAll: boolean): void {
    const text = this.#waiting;
    this.#waiting = '';
    if (!this.#isBegun && (text !== '' || isAll)) {
      this.#isBegun = true;
      if (this.encoding.preamble.length > 0) this.stream.write(Uint8Array.from(this.encoding.preamble));
    }
    const bytes = this.#encoding.encode(text, isAll);
    if (bytes.length > 0) this.stream.write(bytes);
  }

  #check(): void {
    if (this.#isOpen) return;
    const message = "Cannot write to a closed TextWriter.\nObject name: 'StreamWriter'.";
    throw netFailure('System.ObjectDisposedException', message, { details: { ObjectName: 'StreamWriter' } });
  }
}
