import { readSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { encodeFrame, FrameReader } from '../frames.ts';
import { type Answer, channels } from '../protocol.ts';

/** What the parent sends. The child does nothing else while it waits: reading blocks. */
export class RequestPipe {
  readonly #reader = new FrameReader();
  readonly #waiting: unknown[] = [];

  /** The next message; `undefined` once the parent is gone. */
  next(): unknown {
    while (this.#waiting.length === 0) {
      const piece = Buffer.allocUnsafe(65_536);
      const count = readSync(channels.requests, piece);
      if (count === 0) return undefined;
      this.#waiting.push(...this.#reader.push(piece.subarray(0, count)));
    }
    return this.#waiting.shift();
  }
}

/** Bytes that are kept back at most, so that small values go out many at a time. */
const bufferBytes = 32_768;
/** Milliseconds that they are kept back at most while the script runs. */
const bufferMilliseconds = 20;

/** Sends answers. Writing waits while the parent takes no more: a script cannot run ahead of who reads its output. */
export class AnswerPipe {
  readonly #waited: (milliseconds: number) => void;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #since = 0;

  /** @param waited is told how long a write took */
  constructor(waited: (milliseconds: number) => void) {
    this.#waited = waited;
  }

  /** Returns the bytes of the message. */
  send(answer: Answer): number {
    const frame = encodeFrame(answer);
    if (this.#pendingBytes === 0) this.#since = performance.now();
    this.#pending.push(frame);
    this.#pendingBytes += frame.length;
    if (this.#pendingBytes >= bufferBytes) this.flush();
    return frame.length;
  }

  /** Sends what was kept back for too long. */
  flushOld(): void {
    if (this.#pendingBytes > 0 && performance.now() - this.#since > bufferMilliseconds) this.flush();
  }

  flush(): void {
    if (this.#pendingBytes === 0) return;
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    const start = performance.now();
    let written = 0;
    while (written < bytes.length) written += writeSync(channels.answers, bytes, written);
    this.#waited(performance.now() - start);
  }
}

/** Asks, without waiting, whether the parent wants the run to end, or is gone. */
export class CancelLine {
  readonly #byte = Buffer.alloc(1);

  constructor() {
    // Nothing is read through it: a socket puts its descriptor into the mode in which reading does not wait.
    new Socket({ fd: channels.cancel, readable: true, writable: false });
  }

  isCancelled(): boolean {
    try {
      readSync(channels.cancel, this.#byte);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return false;
      throw error;
    }
  }
}
