import type { LineSource } from '../../world/text-lines.ts';
import { type CsvRecord, endsInQuotes, splitRecord } from './csv-record.ts';

/**
 * Reads records of CSV as PowerShell does: CR, LF and both end a record outside of quotes, records of white space alone are
 * left out. Records are answered as text: splitting them is for who needs their fields.
 */
export class CsvReader {
  readonly #lines: LineSource;
  readonly #delimiter: string;
  /** Asked before a record grows over another line. */
  readonly #reserve: (bytes: number) => void;
  #peeked: string | undefined;
  /** True where nothing ended the record that was answered last, not even a line end. */
  isLast = false;

  constructor(lines: LineSource, delimiter: string, reserve: (bytes: number) => void = () => {}) {
    this.#lines = lines;
    this.#delimiter = delimiter;
    this.#reserve = reserve;
  }

  /** The line that comes next, as it stands; it stays to be read. `undefined` at the end. */
  peekLine(): string | undefined {
    this.#peeked ??= this.#lines.next();
    return this.#peeked;
  }

  skipLine(): void {
    this.peekLine();
    this.#peeked = undefined;
  }

  /** The fields of the next record, of an empty line also; `undefined` at the end. */
  first(): CsvRecord | undefined {
    const text = this.#read();
    return text === undefined ? undefined : splitRecord(text, this.#delimiter, this.isLast);
  }

  /** The text of the next record that is no blank line, without its line end; `undefined` at the end. */
  nextText(): string | undefined {
    for (;;) {
      const text = this.#read();
      if (text === undefined || !isBlank(text, this.#delimiter)) return text;
    }
  }

  #read(): string | undefined {
    const line = this.#peeked ?? this.#lines.next();
    this.#peeked = undefined;
    if (line === undefined) return undefined;
    const isPlain = this.#delimiter === '"' || !line.includes('"');
    const text = isPlain ? line : this.#quoted(line);
    this.isLast = this.#lines.end === '';
    return text;
  }

  /** A record with a quote in its first line, which may go on over others. */
  #quoted(first: string): string {
    let isOpen = endsInQuotes(first, this.#delimiter, false);
    if (!isOpen) return first;
    const parts = [first];
    let length = first.length;
    while (isOpen) {
      const { end } = this.#lines;
      const line = this.#lines.next();
      if (line === undefined) {
        parts.push(end);
        break;
      }
      length += end.length + line.length;
      if (parts.length % 1024 === 1) this.#reserve(length);
      parts.push(end, line);
      isOpen = endsInQuotes(line, this.#delimiter, true);
    }
    return parts.join('');
  }
}

/** True for nothing but blanks that separate nothing. */
function isBlank(text: string, delimiter: string): boolean {
  if (text.charCodeAt(0) > 32) return false;
  return /^[ \t]*$/.test(text) && !text.includes(delimiter);
}
