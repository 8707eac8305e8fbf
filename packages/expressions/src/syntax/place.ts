/** A position in the text of an expression; lines and columns count from 1, columns in UTF-16 units as editors do. */
export interface Place {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** The place as every problem of this room names it. */
export function placeText(place: Place): string {
  return `line ${place.line}, column ${place.column}`;
}

/** Answers where an offset is; built once per text. A line ends with LF, CR LF or CR. */
export class PlaceFinder {
  readonly #lineStarts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
    this.#lineStarts = starts;
  }

  at(offset: number): Place {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}
