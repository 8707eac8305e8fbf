import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** A cell with the way it is written. */
export interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}

/** The cells of one row, or the cell (from 1) at which its quoting breaks. */
export type RowReading =
  | { readonly ok: true; readonly cells: readonly Cell[] }
  | { readonly ok: false; readonly column: number; readonly detail: string };

/** Reads the bytes of one row strictly, as RFC 4180 section 2 has it, and keeps which cells were quoted. */
export function parseRow(raw: Buffer, delimiter: string): RowReading {
  const cells: Cell[] = [];
  try {
    parse(raw, {
      delimiter,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      cast: (text, context) => {
        cells.push({ text, quoted: context.quoting });
        return text;
      },
    });
    return { ok: true, cells };
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, column: cells.length + 1, detail: fault(error) };
    throw error;
  }
}

/**
 * Writes one row. Cells that say so are quoted; others only where they must be.
 * Values are written as they are, also those that a spreadsheet would take for a formula (`=…`): this is the file of a target system, not a report,
 * and a value that came back changed by the next import would be changed back for ever.
 */
export function formatRow(cells: readonly Cell[], delimiter: string, lineEnd: string): Buffer {
  const line = stringify([cells.map((cell) => cell.text)], {
    delimiter,
    record_delimiter: lineEnd,
    quote_record_delimiter: true,
    cast: {
      string: (value, { index }) => {
        const quoted = cells[index]?.quoted ?? false;
        return { value, quoted, quoted_empty: quoted };
      },
    },
  });
  return Buffer.from(line, 'utf8');
}

/** The line end of a row: `\r\n`, `\n`, or nothing at the end of a file. */
export function lineEndOf(raw: Buffer): string {
  if (raw.at(-1) !== 0x0a) return '';
  return raw.at(-2) === 0x0d ? '\r\n' : '\n';
}

function fault(error: CsvError): string {
  switch (error.code) {
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'A closing quote is followed by more text';
    case 'INVALID_OPENING_QUOTE':
      return 'A quote stands inside a cell that is not quoted';
    default:
      return 'The quotes do not match';
  }
}
