import { Instance } from '../../values/instance.ts';

/** `System.IO.TextReader`: characters read one after the other. */
export abstract class TextReader extends Instance {
  /** The next UTF-16 unit, or -1 behind the last; it stays the next one. */
  abstract peek(): number;
  /** At most `count` units, none only at the end. */
  abstract take(count: number): string;
  /** The next line without its end (CR, LF or both); `undefined` behind the last one. */
  abstract line(): string | undefined;
  /** All that is left. */
  abstract rest(): string;
  /** May be called again. */
  abstract close(): void;

  read(): number {
    const unit = this.peek();
    if (unit !== -1) this.take(1);
    return unit;
  }
}
