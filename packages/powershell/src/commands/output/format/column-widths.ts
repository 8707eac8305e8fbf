const separator = 1;

/**
 * The widths of a table's columns, as `ColumnWidthManager` of PowerShell's FormatAndOutput has them: columns without a width
 * (0 or less) share what is left of the screen; what does not fit is cut from the right, column by column.
 * @returns -1 for a column that is not shown
 */
export function columnWidths(given: readonly number[], screen: number): number[] {
  const widths = given.map((width) => (width <= 0 ? 1 : width));
  const open = given.flatMap((width, at) => (width <= 0 ? [at] : []));
  let free = screen - tableWidth(widths);
  if (open.length > 0 && free > 0) {
    const share = Math.floor(free / open.length);
    free -= share * open.length;
    for (const [turn, at] of open.entries()) widths[at] = (widths[at] ?? 1) + share + (turn < free ? 1 : 0);
    return widths;
  }
  return trimmed(widths, screen);
}

function tableWidth(widths: readonly number[]): number {
  const shown = widths.filter((width) => width > 0);
  return shown.reduce((sum, width) => sum + width, 0) + separator * (shown.length - 1);
}

function trimmed(widths: number[], screen: number): number[] {
  let excess = tableWidth(widths) - screen;
  for (let last = widths.length - 1; last >= 0 && excess > 0; last--) {
    const width = widths[last] ?? 0;
    if (width - excess >= 1) {
      widths[last] = width - excess;
      break;
    }
    widths[last] = -1;
    excess -= width + separator;
  }
  return widths;
}
