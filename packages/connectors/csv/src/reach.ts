import type { AttributeType, SchemaType, TestReport } from '@joinery/connector';
import { deduceTypes } from './deduction.ts';
import { assertUnchanged, openFile } from './file.ts';
import { assertKnown, type Header, readHeader, typeOf } from './header.ts';
import { rowObject } from './row-object.ts';
import { dataRows } from './rows.ts';
import type { CsvSettings } from './settings.ts';
import { bindTable } from './table.ts';

/** What was found in one file. */
interface Reached {
  readonly header: Header;
  readonly type: SchemaType;
  readonly rows: number;
  readonly badRows: number;
}

/** The object types of the files, from their headers and, where asked, their values. */
export async function readTypes(list: readonly CsvSettings[], signal: AbortSignal): Promise<readonly SchemaType[]> {
  const reached = await reachAll(list, false, signal);
  return reached.map(({ type }) => type);
}

/** Reads every file wholly, as an import would, and counts. */
export async function testFiles(list: readonly CsvSettings[], signal: AbortSignal): Promise<TestReport> {
  const reached = await reachAll(list, true, signal);
  const sentences = reached.map(({ header, type, rows, badRows }) => {
    const bad = badRows === 0 ? '' : `, ${badRows} of the rows cannot be used`;
    const name = reached.length === 1 ? '' : `${type.name}: `;
    return `${name}${rows} rows, ${header.columns.length} columns${bad}`;
  });
  const total = (of: (one: Reached) => number): number => reached.reduce((sum, one) => sum + of(one), 0);
  return {
    summary: sentences.join('; '),
    facts: {
      file: list.map(({ path }) => path).join(', '),
      rows: total(({ rows }) => rows),
      badRows: total(({ badRows }) => badRows),
      columns: total(({ header }) => header.columns.length),
    },
  };
}

async function reachAll(
  list: readonly CsvSettings[],
  countRows: boolean,
  signal: AbortSignal,
): Promise<readonly Reached[]> {
  const reached: Reached[] = [];
  for (const settings of list) reached.push(await reach(settings, countRows, () => signal.throwIfAborted()));
  const [first] = list;
  const headers = reached.map(({ header }) => header.columns);
  if (first !== undefined) assertKnown(first, headers);
  return reached;
}

async function reach(settings: CsvSettings, countRows: boolean, check: () => void): Promise<Reached> {
  await using file = await openFile(settings.path);
  const header = await readHeader(file, settings, check);
  const deduced = settings.deduceTypes
    ? await deduceTypes(file, settings, header, check)
    : new Map<number, AttributeType>();
  const type = typeOf(header, settings, deduced);
  const counts = { rows: 0, badRows: 0 };
  if (countRows) {
    const table = bindTable(settings, header, { types: [type] });
    for await (const rows of dataRows(file, settings, check)) {
      for (const row of rows) {
        const { kind } = rowObject(row, table);
        if (kind !== 'blank') counts.rows += 1;
        if (kind === 'fault') counts.badRows += 1;
      }
    }
  }
  await assertUnchanged(file);
  return { header, type, ...counts };
}
