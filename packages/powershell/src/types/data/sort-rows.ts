import { compareText } from '../../conversion/collation.ts';
import { netFailure } from '../../errors/raise.ts';
import type { Value } from '../../values/value.ts';
import { compareDefault } from '../collections/order.ts';
import { dbNull } from '../system/db-null.ts';
import type { DataRow, DataTable } from './data-table.ts';

/** Rows in the order that `name ASC, other DESC` asks for. */
export function sortRows(table: DataTable, rows: readonly DataRow[], sort: string): DataRow[] {
  const keys = sort
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, bracketed, plain, direction] = /^(?:\[([^\]]+)\]|(.+?))(?:\s+(ASC|DESC))?$/i.exec(part) ?? [];
      const name = bracketed ?? plain ?? '';
      const column = table.column(name);
      if (column === undefined) throw netFailure('System.IndexOutOfRangeException', `Cannot find column ${name}.`);
      return { place: column.ordinal, sign: direction?.toUpperCase() === 'DESC' ? -1 : 1 };
    });
  return rows.toSorted((left, right) => {
    for (const { place, sign } of keys) {
      const order = compareCells(left.at(place), right.at(place));
      if (order !== 0) return sign * order;
    }
    return 0;
  });
}

/** Nothing comes first; text without case. */
function compareCells(left: Value, right: Value): number {
  if (left === dbNull || right === dbNull) return left === right ? 0 : left === dbNull ? -1 : 1;
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right, true);
  return compareDefault(left, right);
}
