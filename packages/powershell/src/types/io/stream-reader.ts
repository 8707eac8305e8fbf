import { netFailure } from '../../errors/raise.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import type { TextDecoding } from '../text/codec.ts';
import { type Encoding, markedEncoding } from '../text/encoding.ts';
import type { Stream } from './stream.ts';
import { TextReader } from './text-reader.ts';

const chunk = 1 << 14;
/** The longest mark is that of UTF-32. */
const longestMark = 4;

interface ReaderOptions {
  readonly encoding: Encoding;
  readonly detect?: boolean;
  readonly leaveOpen?: boolean;
  /** Asked before a text grows by so many bytes. */
  readonly reserve?: (bytes: number) => void;
}

/** `System.IO.StreamReader`: decodes a stream chunk by chunk; a byte order mark decides over the encoding asked for. */
export class StreamReader extends TextReader {
  readonly stream: Stream;
  #encoding: Encoding;
  readonly #detect: boolean;
  readonly #leaveOpen: boolean;
  readonly #reserve: (bytes: number) => void;
  #decoding: TextDecoding | undefined;
  #text = '';
  #at = 0;
  #isAtEnd = false;
  #isOpen = true;

  constructor(stream: Stream, { encoding, detect = true, leaveOpen = false, reserve = () => {} }: ReaderOptions) {
    super();
    this.stream = stream;
    this.#encoding = encoding;
    this.#detect = detect;
    this.#leaveOpen = leaveOpen;
    this.#reserve = reserve;
  }

  get type(): NetType {
    return namedType('System.IO.StreamReader');
  }
  /** The one that is read with: known for sure after the first read. */
  get encoding(): Encoding {
    return this.#encoding;
  }
  get isAtEnd(): boolean {
    return this.peek() === -1;
  }

  peek(): number {
    this.#check();
    return this.#fill() ? this.#text.charCodeAt(this.#at) : -1;
  }

  take(count: number): string {
    this.#check();
    if (count === 0 || !this.#fill()) return '';
    const text = this.#text.slice(this.#at, this.#at + count);
    this.#at += text.length;
    return text;
  }

  line(): string | undefined {
    this.#check();
    if (!this.#fill()) return undefined;
    let line = '';
    do {
      const end = lineEnd(this.#text, this.#at);
      line += this.#text.slice(this.#at, end);
      if (end < this.#text.length) {
        const isReturn = this.#text.charCodeAt(end) === 13;
        this.#at = end + 1;
        if (isReturn && this.#fill() && this.#text.charCodeAt(this.#at) === 10) this.#at++;
        return line;
      }
      this.#at = end;
      this.#reserve(line.length * 2);
    } while (this.#fill());
    return line;
  }

  rest(): string {
    this.#check();
    let text = '';
    while (this.#fill()) {
      text += this.#at === 0 ? this.#text : this.#text.slice(this.#at);
      this.#at = this.#text.length;
      this.#reserve(text.length * 2);
    }
    return text;
  }

  /** Forgets what was read ahead: for who moves the stream. */
  discard(): void {
    this.#check();
    this.#text = '';
    this.#at = 0;
    this.#isAtEnd = false;
    this.#decoding = this.#decoding === undefined ? undefined : this.#encoding.decoding();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (!this.#leaveOpen) this.stream.close();
  }

  /** False at the end. Looks again each time, since a file may grow. */
  #fill(): boolean {
    while (this.#at >= this.#text.length) {
      let bytes = this.stream.read(chunk);
      if (bytes.length === 0 && this.#isAtEnd) return false;
      this.#isAtEnd = bytes.length === 0;
      if (this.#decoding === undefined) bytes = this.#begin(bytes);
      this.#text = this.#decoding?.decode(bytes, this.#isAtEnd) ?? '';
      this.#at = 0;
      if (this.#isAtEnd && this.#text === '') return false;
    }
    return true;
  }

  /** Chooses the encoding by the mark and takes the mark away. */
  #begin(first: Uint8Array): Uint8Array {
    let bytes = first;
    while (bytes.length > 0 && bytes.length < longestMark) {
      const more = this.stream.read(chunk);
      if (more.length === 0) break;
      bytes = Uint8Array.from([...bytes, ...more]);
    }
    const marked = this.#detect ? markedEncoding(bytes) : undefined;
    if (marked !== undefined) this.#encoding = marked;
    this.#decoding = this.#encoding.decoding();
    const { mark } = this.#encoding.codec;
    const isMarked = mark.length > 0 && mark.every((byte, at) => bytes[at] === byte);
    return isMarked && (marked !== undefined || this.#encoding.hasPreamble) ? bytes.subarray(mark.length) : bytes;
  }

  #check(): void {
    if (this.#isOpen) return;
    const message = "Cannot read from a closed TextReader.\nObject name: 'StreamReader'.";
    throw netFailure('System.ObjectDisposedException', message, { details: { ObjectName: 'StreamReader' } });
  }
}

/** Where the line that begins at `from` ends: at a CR or LF, or at the end of the text. */
function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13) return at;
  }
  return text.length;
}
