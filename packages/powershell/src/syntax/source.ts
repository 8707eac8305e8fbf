/** The text of one script, with its file where it has one, and where its lines begin. */
export interface Source {
  readonly text: string;
  /** Absolute path, or `undefined` for text that was never a file (`$PSScriptRoot` is empty then). */
  readonly file: string | undefined;
}

/** A place in a script: both count from 1, and a column counts UTF-16 units, as PowerShell's extents do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<Source, number[]>();

/** Line and column of an offset; LF, CRLF and a lone CR each end a line. */
export function placeOf(source: Source, offset: number): Place {
  const starts = startsOf(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The text of a line (from 1) without its end. */
export function lineText(source: Source, line: number): string {
  const starts = startsOf(source);
  const start = starts[line - 1] ?? source.text.length;
  const end = starts[line] ?? source.text.length;
  return source.text.slice(start, end).replace(/\r?\n$|\r$/, '');
}

function startsOf(source: Source): number[] {
  const known = lineStarts.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  const { text } = source;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  lineStarts.set(source, starts);
  return starts;
}
