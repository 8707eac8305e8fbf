/**
 * Frames of the private pipes between a host program and the child process that runs scripts: four bytes of length (big
 * endian), then as many bytes of JSON.
 */

const headerBytes = 4;

/** Longer frames are a fault: values are limited far below. */
const longestFrame = 2 ** 29;

export function encodeFrame(message: unknown): Buffer {
  const body = JSON.stringify(message);
  const length = Buffer.byteLength(body);
  if (length > longestFrame) throw new RangeError(`a message of ${length} bytes is too long`);
  const frame = Buffer.allocUnsafe(headerBytes + length);
  frame.writeUInt32BE(length, 0);
  frame.write(body, headerBytes);
  return frame;
}

/** Puts frames together from pieces of any size. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #available = 0;
  #wanted = headerBytes;
  #isHeader = true;
  readonly #check: (body: Buffer) => void;

  /** @param check is shown the text of each message before it is read; throws for one that is not to be */
  constructor(check: (body: Buffer) => void = () => {}) {
    this.#check = check;
  }

  /** Takes a piece and yields the messages that it completes. Throws `SyntaxError` or `RangeError` for what is no frame. */
  *push(piece: Buffer): Generator<unknown, void> {
    this.#pieces.push(piece);
    this.#available += piece.length;
    while (this.#available >= this.#wanted) {
      const bytes = this.#take(this.#wanted);
      if (this.#isHeader) {
        this.#wanted = bytes.readUInt32BE(0);
        if (this.#wanted > longestFrame) throw new RangeError(`a frame of ${this.#wanted} bytes is too long`);
        this.#isHeader = false;
      } else {
        this.#wanted = headerBytes;
        this.#isHeader = true;
        this.#check(bytes);
        yield JSON.parse(bytes.toString('utf8'));
      }
    }
  }

  #take(length: number): Buffer {
    const [first] = this.#pieces;
    if (first !== undefined && first.length >= length) {
      if (first.length === length) this.#pieces.shift();
      else this.#pieces[0] = first.subarray(length);
      this.#available -= length;
      return first.subarray(0, length);
    }
    const all = Buffer.concat(this.#pieces);
    this.#pieces = all.length === length ? [] : [all.subarray(length)];
    this.#available -= length;
    return all.subarray(0, length);
  }
}
