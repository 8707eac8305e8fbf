import { type Alignment, brokenLines, cellCount, inColumn } from './cells.ts';
import { columnWidths } from './column-widths.ts';
import type { Column } from './packets.ts';

/** Lines of more bytes are asked for before they are made. */
const long = 1 << 16;

interface Placed {
  readonly width: number;
  readonly alignment: Alignment;
}

/** Rows of a table as lines: the columns stand one blank apart; what is too wide is cut or broken. */
export class TableWriter {
  readonly #columns: readonly Placed[];
  readonly #line: (text: string) => void;
  readonly #reserve: (bytes: number) => void;
  /** What a line takes that is padded everywhere. */
  readonly #bytes: number;

  /**
   * @param screen how many cells a line may take; less than five show nothing
   * @param reserve asks whether there may be a text of so many bytes; throws where not
   */
  constructor(
    columns: readonly Omit<Column, 'label'>[],
    screen: number,
    line: (text: string) => void,
    reserve: (bytes: number) => void,
  ) {
    this.#line = line;
    this.#reserve = reserve;
    const widths =
      screen < 5
        ? columns.map(() => -1)
        : columnWidths(
            columns.map(({ width }) => width),
            screen,
          );
    this.#columns = columns.map(({ alignment }, at) => ({ width: widths[at] ?? -1, alignment }));
    this.#bytes = 2 * widths.reduce((sum, width) => sum + Math.max(width, 0) + 1, 0);
  }

  get #isDisabled(): boolean {
    return this.#columns.every(({ width }) => width < 1);
  }

  header(labels: readonly string[]): void {
    if (this.#isDisabled) return;
    if (this.#bytes > long) this.#reserve(this.#bytes);
    this.#multiLineRow(labels, []);
    const dashes = this.#columns.map(({ width }, at) => {
      if (width <= 0) return '';
      const label = cellCount(labels[at] ?? '');
      return '-'.repeat(label === 0 ? width : Math.min(label, width));
    });
    this.#singleLineRow(dashes, []);
  }

  row(cells: readonly string[], isMultiLine: boolean, alignments: readonly (Alignment | undefined)[] = []): void {
    if (this.#isDisabled) return;
    if (this.#bytes > long) this.#reserve(this.#bytes);
    if (isMultiLine) this.#multiLineRow(cells, alignments);
    else this.#singleLineRow(cells, alignments);
  }

  #singleLineRow(cells: readonly string[], alignments: readonly (Alignment | undefined)[]): void {
    let line = '';
    for (const [at, { width, alignment }] of this.#columns.entries()) {
      if (width <= 0) continue;
      if (at > 0) line += ' ';
      line += inColumn(cells[at] ?? '', width, alignments[at] ?? alignment, at < this.#columns.length - 1);
    }
    this.#line(line);
  }

  #multiLineRow(cells: readonly string[], alignments: readonly (Alignment | undefined)[]): void {
    const shown = this.#columns.flatMap(({ width, alignment }, at) =>
      width > 0 ? [{ width, alignment: alignments[at] ?? alignment, text: cells[at] ?? '' }] : [],
    );
    const parts = shown.map(({ width, alignment, text }, at) => {
      const padRight = at < shown.length - 1;
      return brokenLines(text, width, width).map((part) =>
        (padRight || alignment !== 'left') && cellCount(part) < width
          ? inColumn(part, width, alignment, padRight)
          : part,
      );
    });
    const height = Math.max(...parts.map((lines) => lines.length));
    for (let row = 0; row < height; row++) this.#line(joined(parts, shown, row, height));
  }
}

/** One line of a row of several: columns that have ended are blank, and nothing blank stands at the end. */
function joined(parts: readonly string[][], shown: readonly { width: number }[], row: number, height: number): string {
  const last = parts.findLastIndex((lines) => lines.length > row);
  const texts = parts.map((lines, at) => {
    const part = lines[row];
    const lead = at > 0 ? ' ' : '';
    if (part === undefined) return at > last ? '' : ' '.repeat((shown[at]?.width ?? 0) + lead.length);
    const text = lead + part;
    return at === last && height > 1 ? text.trimEnd() : text;
  });
  return texts.join('');
}
