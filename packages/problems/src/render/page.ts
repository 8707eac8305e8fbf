import type { ProblemDefinition, Retry } from '../definition.ts';
import { problemTable } from '../table.ts';

/** The reference page of every error code, in Markdown: a chapter per room, codes in alphabetical order. */
export function errorsPage(): string {
  const rooms = new Map<string, string[]>();
  for (const [code, definition] of sortedEntries()) {
    const room = code.slice(0, code.indexOf('_')).toLowerCase();
    const rows = rooms.get(room) ?? [];
    rooms.set(room, rows);
    rows.push(row(code, definition));
  }
  const chapters = [...rooms].map(([room, rows]) => [`## ${room}`, '', ...heading, ...rows, ''].join('\n'));
  return [
    '# Errors',
    '',
    'Every error of Joinery has one of these codes, in its answers, in its logs and on the command line.',
    'Printed from the table in `packages/problems` by `tools/print-errors.ts`; change it there.',
    '',
    'Retry: *never* until a person changes something; *by itself* with growing waits; *after the cause is gone*, a named state or limit that resets.',
    '',
    ...chapters,
  ].join('\n');
}

const heading = ['| Code | What happened | What to do | HTTP | scimType | Retry |', '|---|---|---|---|---|---|'];

const retryWords: Readonly<Record<Retry, string>> = {
  never: 'never',
  backoff: 'by itself',
  afterReset: 'after the cause is gone',
};

function sortedEntries(): readonly (readonly [string, ProblemDefinition])[] {
  return Object.entries<ProblemDefinition>(problemTable).sort(([a], [b]) => (a < b ? -1 : 1));
}

function row(code: string, { title, fix, status, scimType, retry }: ProblemDefinition): string {
  const cells = [`\`${code}\``, title, fix, String(status), scimType ?? '', retryWords[retry]];
  return `| ${cells.map((cell) => cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|')).join(' | ')} |`;
}
