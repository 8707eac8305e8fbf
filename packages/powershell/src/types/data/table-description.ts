import { NetArray } from '../../values/array.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { CallContext, TypeDescription } from '../net-type.ts';
import { ColumnCollection } from './column-description.ts';
import { DataColumn, DataRow, DataTable, RowState } from './data-table.ts';
import { searchedColumn } from './filter-tokens.ts';
import { RowCollection } from './row-description.ts';
import { rowFilter } from './row-filter.ts';
import { sortRows } from './sort-rows.ts';

const name = 'System.Data.DataTable';
const self = (value: Value): DataTable => as(value, DataTable);

/** `Select`: the rows that a filter keeps, in the order of a sort. */
function select(table: DataTable, filter: string, sort: string, context: CallContext): NetArray {
  const fits = rowFilter(table, filter, context);
  const rows = table.rows.filter((row) => {
    context.budget.step();
    return row.state !== RowState.deleted && fits(row);
  });
  const searched = sort === '' ? searchedColumn(filter) : undefined;
  const order = searched === undefined ? sort : `[${searched}]`;
  return new NetArray(namedType('System.Data.DataRow'), order === '' ? rows : sortRows(table, rows, order));
}

function copyRow(table: DataTable, row: DataRow, context: CallContext): void {
  const copy = new DataRow(table, row.cells.slice());
  table.addRow(copy, context);
  copy.state = row.state;
}

function accept(table: DataTable): undefined {
  table.removeRows((row) => row.state === RowState.deleted);
  for (const row of table.rows) row.state = RowState.unchanged;
  return undefined;
}

export const tableDescription: TypeDescription = {
  name,
  kind: 'class',
  constructors: overloadList({
    [`${name} new()`]: () => new DataTable(),
    [`${name} new(string tableName)`]: (_self, [given]) => new DataTable(text(given)),
  }),
  properties: {
    Columns: { type: 'System.Data.DataColumnCollection', get: (table) => new ColumnCollection(self(table)) },
    CaseSensitive: { type: 'bool', get: () => false },
    PrimaryKey: {
      type: 'System.Data.DataColumn[]',
      get: (table) => new NetArray(namedType('System.Data.DataColumn'), [...self(table).primaryKey]),
      set: (table, columns) => {
        self(table).primaryKey =
          columns === null ? [] : as(columns, NetArray).items.map((column) => as(column, DataColumn));
      },
    },
    Rows: { type: 'System.Data.DataRowCollection', get: (table) => new RowCollection(self(table)) },
    TableName: {
      type: 'string',
      get: (table) => self(table).name,
      set: (table, value) => {
        self(table).name = text(value);
      },
    },
  },
  methods: methodTable({
    'void AcceptChanges()': (table) => accept(self(table)),
    'void BeginLoadData()': () => undefined,
    'void Clear()': (table) => {
      self(table).removeRows(() => true);
      return undefined;
    },
    [`${name} Clone()`]: (table) => self(table).clone(),
    [`${name} Copy()`]: (table, _none, context) => {
      const copy = self(table).clone();
      for (const row of self(table).rows) copyRow(copy, row, context);
      return copy;
    },
    'void Dispose()': () => undefined,
    'void EndLoadData()': () => undefined,
    'void ImportRow(System.Data.DataRow row)': (table, [row], context) => {
      copyRow(self(table), as(row, DataRow), context);
      return undefined;
    },
    'System.Data.DataRow NewRow()': (table, _none, context) => self(table).newRow(context),
    'System.Data.DataRow[] Select()': (table, _none, context) => select(self(table), '', '', context),
    'System.Data.DataRow[] Select(string filterExpression)': (table, [filter], context) =>
      select(self(table), text(filter), '', context),
    'System.Data.DataRow[] Select(string filterExpression, string sort)': (table, [filter, sort], context) =>
      select(self(table), text(filter), text(sort), context),
    'string ToString()': (table) => self(table).name,
  }),
  // In pipelines a table is its rows.
  enumerate: (table) => self(table).rows.slice(),
  toText: (table) => self(table).name,
};
