/** One line of the table of measurements; every script prints its rows as JSON, one a line, on stdout. */
export interface BenchRow {
  /** The script without its ending. */
  readonly bench: string;
  /** What was measured, in a few words. */
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  /** What it is compared with, measured in the same run; null where the goal is a figure. */
  readonly limit: { readonly name: string; readonly figure: number } | null;
  /** Figure by limit; null without a limit. */
  readonly ratio: number | null;
  /** As words: `≥ 0.40`, `≥ 2,000 users/s`. */
  readonly goal: string;
  readonly met: boolean;
}

/** Hands a row to whoever started the script. */
export function printRow(row: BenchRow): void {
  console.log(JSON.stringify(row));
}

/** Reads a row back; a benchmark prints nothing else on stdout. */
export function parseRow(line: string): BenchRow {
  return JSON.parse(line);
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
