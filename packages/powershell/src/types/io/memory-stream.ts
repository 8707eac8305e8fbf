import { netFailure } from '../../errors/raise.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import { closedStream, Stream, unsupported } from './stream.ts';

/** The part of a budget that a growing stream asks. */
type Reserve = (bytes: number) => void;

const smallest = 256;
const largest = 2_147_483_591;

/** `System.IO.MemoryStream`: grows as it is written, unless it was made of an array. */
export class MemoryStream extends Stream {
  readonly #reserve: Reserve;
  readonly canExpand: boolean;
  readonly #isWritable: boolean;
  #bytes: Uint8Array;
  #length: number;
  #position = 0;
  #isOpen = true;

  /** A stream over bytes, which become its own, or an empty one. */
  constructor(
    reserve: Reserve,
    { bytes, isWritable = true, capacity = 0 }: { bytes?: Uint8Array; isWritable?: boolean; capacity?: number } = {},
  ) {
    super();
    this.#reserve = reserve;
    this.canExpand = bytes === undefined;
    this.#isWritable = isWritable;
    if (bytes === undefined) reserve(capacity);
    this.#bytes = bytes ?? new Uint8Array(capacity);
    this.#length = bytes?.length ?? 0;
  }

  get type(): NetType {
    return namedType('System.IO.MemoryStream');
  }
  get canRead(): boolean {
    return this.#isOpen;
  }
  get canSeek(): boolean {
    return this.#isOpen;
  }
  get canWrite(): boolean {
    return this.#isOpen && this.#isWritable;
  }

  get length(): number {
    this.#check();
    return this.#length;
  }
  set length(length: number) {
    if (length < 0 || length > largest) {
      const message = 'Stream length must be non-negative and less than 2^31 - 1 - origin.';
      throw netFailure('System.ArgumentOutOfRangeException', message, { parameter: 'value' });
    }
    if (!this.#isWritable) throw unsupported('writing');
    this.#grow(length);
    if (length < this.#length) this.#bytes.fill(0, length, this.#length);
    this.#length = length;
    this.#position = Math.min(this.#position, length);
  }

  get position(): number {
    this.#check();
    return this.#position;
  }
  set position(position: number) {
    this.#check();
    this.#position = position;
  }

  override seek(position: number): number {
    this.#check();
    if (position < 0) {
      const message = 'An attempt was made to move the position before the beginning of the stream.';
      throw netFailure('System.IO.IOException', message);
    }
    this.#position = position;
    return position;
  }

  get capacity(): number {
    this.#check();
    return this.#bytes.length;
  }
  set capacity(capacity: number) {
    if (capacity < this.#length) {
      const message = 'capacity was less than the current size.';
      throw netFailure('System.ArgumentOutOfRangeException', message, { parameter: 'value' });
    }
    this.#check();
    if (capacity === this.#bytes.length) return;
    if (!this.canExpand) throw notExpandable();
    this.#move(capacity);
  }

  read(count: number): Uint8Array {
    this.#check();
    const from = Math.min(this.#position, this.#length);
    const bytes = this.#bytes.slice(from, Math.min(from + count, this.#length));
    this.#position += bytes.length;
    return bytes;
  }

  write(bytes: Uint8Array): void {
    this.#check();
    if (!this.#isWritable) throw unsupported('writing');
    const end = this.#position + bytes.length;
    this.#grow(end);
    this.#bytes.set(bytes, this.#position);
    this.#position = end;
    this.#length = Math.max(this.#length, end);
  }

  flush(): void {
    // Nothing waits.
  }
  close(): void {
    this.#isOpen = false;
  }

  /** All bytes, also of a closed stream; a view that is good until the next write. */
  get content(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
  /** With what lies behind the length. */
  get buffer(): Uint8Array {
    return this.#bytes;
  }

  #check(): void {
    if (!this.#isOpen) throw closedStream();
  }

  #grow(length: number): void {
    if (length <= this.#bytes.length) return;
    if (length > largest) throw netFailure('System.IO.IOException', 'Stream was too long.');
    if (!this.canExpand) throw notExpandable();
    this.#move(Math.max(length, smallest, Math.min(this.#bytes.length * 2, largest)));
  }

  #move(capacity: number): void {
    this.#reserve(capacity);
    const bytes = new Uint8Array(capacity);
    bytes.set(this.content);
    this.#bytes = bytes;
  }
}

function notExpandable(): Error {
  return netFailure('System.NotSupportedException', 'Memory stream is not expandable.');
}
