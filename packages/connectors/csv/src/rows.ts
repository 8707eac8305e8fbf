import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { type Problem, problem } from '@joinery/problems';
import { CsvError, type Parser, parse } from 'csv-parse';
import { type Encoding, markedEncoding, soundUtf8 } from './encoding.ts';
import { parseRow } from './row.ts';

/** One record of the file as it stands there. */
export interface Row {
  /** 1 for the first line of the file; a row may span several. */
  readonly line: number;
  /** Offset of the row's first byte in the file. */
  readonly start: number;
  /** Offset behind its last byte, the line end's. */
  readonly end: number;
  /** The row with its line end in UTF-8; the rows of a file joined and encoded are the file without its byte order mark. */
  readonly raw: Buffer;
  readonly cells: readonly string[];
  /** Set where the quoting is broken: the cells are a guess and must not be used. */
  readonly fault?: { readonly column: number; readonly detail: string };
}

/** What a reader needs to know of a file. */
export interface RowSource {
  readonly path: string;
  readonly handle: FileHandle;
}

/** How a file is written. */
export interface RowFormat {
  readonly delimiter: string;
  readonly encoding: Encoding;
}

/** Bytes read at once; the rows of one chunk are handed over together. They are parsed at one go: a few milliseconds, in which the host answers nobody. */
const chunkSize = 16 * 1024;

/** A quote that is never closed would swallow the rest of the file; no honest row is this long. */
const longestRow = 1024 * 1024;

const quote = '"';

/**
 * Reads a file row by row, in batches, in memory that does not grow with it.
 *
 * csv-parse finds the rows and cells and says where each row ends; their bytes are cut from what was read, so that rows can be copied unchanged.
 * It runs in its forgiving mode because its strict one loses the rows after a bad quote (a closing quote followed by text leaves it inside the
 * quotes); every row with a quote among its values is therefore looked at again, alone and strictly.
 * A line ends with LF or CR LF, mixed if need be. A CR alone is a character like any other.
 *
 * @param check called before each chunk is read; throws to end the reading
 * @throws CSV_ENCODING_INVALID or CSV_QUOTE_OPEN, with line and character: nothing after such a place can be trusted, so nothing of the file is used
 */
export async function* readRows(source: RowSource, format: RowFormat, check: () => void): AsyncGenerator<Row[]> {
  const { delimiter, encoding } = format;
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: longestRow,
  });
  // Faults are taken from the call that met them; without a listener Node would end the process.
  parser.on('error', () => {});
  const first = await byteOrderMarkLength(source, encoding);
  const cutter = new RowCutter(source.path, first, format);
  try {
    let waiting: Buffer = Buffer.alloc(0);
    for (let position = first; ; ) {
      check();
      const chunk = Buffer.allocUnsafe(chunkSize);
      const { bytesRead } = await source.handle.read(chunk, 0, chunkSize, position);
      if (bytesRead === 0) break;
      position += bytesRead;
      const read = chunk.subarray(0, bytesRead);
      const bytes = waiting.length === 0 ? read : Buffer.concat([waiting, read]);
      const { utf8, used, bad } = encoding.toUtf8(bytes);
      waiting = bytes.subarray(used);
      const rows = cutter.cut(utf8, await write(parser, utf8));
      if (bad) throw cutter.badBytes();
      if (rows.length > 0) yield rows;
    }
    if (waiting.length > 0) throw cutter.badBytes();
    const last: Parsed[] = [];
    parser.end();
    for await (const record of parser) last.push(parsed(record));
    yield cutter.cut(Buffer.alloc(0), last);
  } catch (error) {
    throw error instanceof CsvError ? cutter.openQuote(error) : error;
  } finally {
    parser.destroy();
  }
}

/** The rows below the header. */
export async function* dataRows(source: RowSource, format: RowFormat, check: () => void): AsyncGenerator<Row[]> {
  let header = true;
  for await (const rows of readRows(source, format, check)) {
    yield header ? rows.slice(1) : rows;
    if (rows.length > 0) header = false;
  }
}

/**
 * The length of the byte order mark that the file starts with, or 0.
 * @throws CSV_ENCODING_INVALID when it is the mark of another encoding
 */
export async function byteOrderMarkLength(source: RowSource, encoding: Encoding): Promise<number> {
  const { buffer, bytesRead } = await source.handle.read(Buffer.alloc(3), 0, 3, 0);
  const marked = markedEncoding(buffer.subarray(0, bytesRead));
  if (marked === undefined) return 0;
  if (marked === encoding) return encoding.byteOrderMark.length;
  throw problem(
    'CSV_ENCODING_INVALID',
    `The file starts with the byte order mark of ${marked.name}; it should be ${encoding.name}.`,
    { place: `${source.path}:1:1` },
  );
}

interface Parsed {
  readonly cells: string[];
  /** Bytes of the input up to the end of this row. */
  readonly end: number;
}

/** Gives the parser a chunk and takes the rows that end in it. */
async function write(parser: Parser, chunk: Buffer): Promise<Parsed[]> {
  const rows: Parsed[] = [];
  const drain = (): void => {
    for (let record: unknown = parser.read(); record !== null; record = parser.read()) rows.push(parsed(record));
  };
  // The parser keeps the call waiting until its rows are taken, hence draining before the wait.
  const written = new Promise<void>((resolve, reject) => {
    parser.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
  const outcome = Promise.allSettled([written]);
  drain();
  const [settled] = await outcome;
  if (settled.status === 'rejected') throw settled.reason;
  drain();
  return rows;
}

function parsed(value: unknown): Parsed {
  if (
    typeof value === 'object' &&
    value !== null &&
    'record' in value &&
    'info' in value &&
    Array.isArray(value.record)
  ) {
    const { info } = value;
    if (typeof info === 'object' && info !== null && 'bytes' in info && typeof info.bytes === 'number') {
      return { cells: value.record, end: info.bytes };
    }
  }
  throw problem('RUNTIME_INTERNAL', 'csv-parse handed over something that is not a row.');
}

/** Cuts the bytes of rows out of the text read, finds where they stand in the file and counts lines. */
class RowCutter {
  readonly #path: string;
  readonly #format: RowFormat;
  /** Read and not yet part of a row. */
  #rest: Buffer = Buffer.alloc(0);
  /** Where the rest begins: in what the parser was given, and in the file. */
  #parsed = 0;
  #start: number;
  #line = 1;

  constructor(path: string, first: number, format: RowFormat) {
    this.#path = path;
    this.#start = first;
    this.#format = format;
  }

  cut(chunk: Buffer, ends: readonly Parsed[]): Row[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = bytes;
    const rows: Row[] = [];
    let from = 0;
    for (const { cells, end } of ends) {
      const to = from + (end - this.#parsed);
      const row = this.#row(bytes.subarray(from, to), cells);
      rows.push(row);
      this.#line += lineFeeds(row.raw);
      this.#parsed = end;
      this.#start = row.end;
      from = to;
      this.#rest = bytes.subarray(from);
    }
    return rows;
  }

  #row(raw: Buffer, cells: readonly string[]): Row {
    if (!isUtf8(raw)) throw this.badBytes(raw);
    const { delimiter, encoding } = this.#format;
    const row = { line: this.#line, start: this.#start, end: this.#start + encoding.lengthOf(raw), raw, cells };
    if (!cells.some((cell) => cell.includes(quote))) return row;
    const strict = parseRow(raw, delimiter);
    return strict.ok ? row : { ...row, fault: strict };
  }

  /** The problem of bytes that are no characters: behind the sound beginning of the current row. */
  badBytes(text: Buffer = this.#rest): Problem {
    return problem('CSV_ENCODING_INVALID', `There are bytes that are not ${this.#format.encoding.name}.`, {
      place: this.#place(text.toString('utf8', 0, soundUtf8(text))),
    });
  }

  /** The problem of the row that began at the current place and never ended. */
  openQuote(cause: CsvError): Problem {
    if (!isUtf8(this.#rest)) return this.badBytes();
    const text = this.#rest.toString('utf8');
    const detail =
      cause.code === 'CSV_MAX_RECORD_SIZE'
        ? `The cell that begins here runs on for more than ${longestRow} bytes.`
        : 'The quote that opens here is never closed.';
    return problem('CSV_QUOTE_OPEN', detail, {
      place: this.#place(text.slice(0, openingQuote(text, this.#format.delimiter))),
      cause,
    });
  }

  /** `path:line:character` of the character after `before`, which starts with the current row. */
  #place(before: string): string {
    const lines = before.split('\n');
    const character = [...(lines.at(-1) ?? '')].length + 1;
    return `${this.#path}:${this.#line + lines.length - 1}:${character}`;
  }
}

function lineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

/** Index of the last quote that opens a cell and finds no closing one. */
function openingQuote(text: string, delimiter: string): number {
  let opened = 0;
  let quoted = false;
  let atCellStart = true;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === quote && quoted && text[index + 1] === quote) index += 1;
    else if (character === quote && quoted) quoted = false;
    else if (character === quote && atCellStart) {
      quoted = true;
      opened = index;
    }
    atCellStart = !quoted && (character === delimiter || character === '\n');
  }
  return opened;
}
