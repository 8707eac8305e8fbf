import { cpus } from 'node:os';
import type { BenchRow } from './row.ts';

const titles = ['measured', 'figure', 'compared with', 'ratio', 'goal', ''];

/** The rows for a terminal. */
export function textTable(rows: readonly BenchRow[]): string {
  const lines = [titles, ...rows.map(cellsOf)];
  const widths = titles.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The rows as `bench/README.md` holds them. */
export function markdownTable(rows: readonly BenchRow[]): string {
  const lines = [titles, titles.map(() => '---'), ...rows.map(cellsOf)].map((cells) => `| ${cells.join(' | ')} |`);
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}`;
  return `${lines.join('\n')}\n\nMeasured on ${machine}.`;
}

function cellsOf({ name, figure, unit, limit, ratio, goal, met }: BenchRow): readonly string[] {
  return [
    name,
    `${number(figure)} ${unit}`,
    limit === null ? '' : `${limit.name}: ${number(limit.figure)}`,
    ratio === null ? '' : ratio.toFixed(2),
    goal,
    goal === 'none' ? '' : met ? 'met' : 'not met',
  ];
}

function number(figure: number): string {
  return figure.toLocaleString('en');
}
