import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';

/** `System.IO.Stream`: bytes read and written one after the other. Every kind of stream of the engine derives from it. */
export abstract class Stream extends Instance {
  abstract readonly canRead: boolean;
  abstract readonly canWrite: boolean;
  abstract readonly canSeek: boolean;
  /** In bytes. */
  abstract length: number;
  abstract position: number;

  /** At most `count` bytes; none at the end, at least one before it. What is answered belongs to the caller. */
  abstract read(count: number): Uint8Array;
  /** Takes the bytes over before it returns. */
  abstract write(bytes: Uint8Array): void;
  abstract flush(): void;
  /** May be called again. */
  abstract close(): void;

  /** @throws NetFailure IOException before the beginning */
  seek(position: number): number {
    this.position = position;
    return position;
  }
}

export function closedStream(): Error {
  return netFailure('System.ObjectDisposedException', 'Cannot access a closed Stream.');
}

export function unsupported(what: 'reading' | 'writing' | 'seeking'): Error {
  return netFailure('System.NotSupportedException', `Stream does not support ${what}.`);
}

export function endOfStream(): Error {
  return netFailure('System.IO.EndOfStreamException', 'Unable to read beyond the end of the stream.');
}
