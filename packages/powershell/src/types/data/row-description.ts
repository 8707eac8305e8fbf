import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { CallContext, NetType, TypeDescription } from '../net-type.ts';
import { dbNull } from '../system/db-null.ts';
import { languageName } from '../type-display.ts';
import { DataColumn, DataRow, type DataTable, RowState } from './data-table.ts';

const name = 'System.Data.DataRow';
const self = (value: Value): DataRow => as(value, DataRow);

/** The column that an argument names. Throws `NetFailure` (ArgumentException, IndexOutOfRangeException). */
function columnOf(row: DataRow, asked: Value): DataColumn {
  if (asked instanceof DataColumn) return asked;
  if (typeof asked === 'number') {
    const column = row.table.columns[asked];
    if (column === undefined) throw netFailure('System.IndexOutOfRangeException', `Cannot find column ${asked}.`);
    return column;
  }
  const column = row.table.column(text(asked));
  if (column !== undefined) return column;
  throw netFailure('System.ArgumentException', `Column '${text(asked)}' does not belong to table ${row.table.name}.`);
}

const read = (row: Value, asked: Value): Value => self(row).at(columnOf(self(row), asked).ordinal);

function write(row: Value, asked: Value, value: Value, context: CallContext): undefined {
  self(row).set(columnOf(self(row), asked), value, context);
  return undefined;
}

function setItems(row: DataRow, values: Value, context: CallContext): undefined {
  const items = as(values, NetArray).items;
  checkLength(row.table, items);
  for (const [index, item] of items.entries()) {
    const column = row.table.columns[index];
    if (column !== undefined && item !== null) row.set(column, item, context);
  }
  return undefined;
}

function checkLength(table: DataTable, items: readonly Value[]): void {
  if (items.length <= table.columns.length) return;
  throw netFailure('System.ArgumentException', 'Input array is longer than the number of columns in this table.');
}

function remove(row: DataRow): undefined {
  if (row.state === RowState.added) row.table.removeRow(row);
  else row.state = RowState.deleted;
  return undefined;
}

function accept(row: DataRow): undefined {
  if (row.state === RowState.deleted) row.table.removeRow(row);
  else if (row.state !== RowState.detached) row.state = RowState.unchanged;
  return undefined;
}

const nothing = (): undefined => undefined;

export const rowDescription: TypeDescription = {
  name,
  kind: 'class',
  adapter: {
    names: (row) => self(row).table.columns.map((column) => column.name),
    get: (row, asked) => {
      const column = self(row).table.column(asked);
      return column === undefined ? undefined : self(row).at(column.ordinal);
    },
    definition: (row, asked) => {
      const column = self(row).table.column(asked);
      return column === undefined ? asked : `${languageName(column.dataType)} ${column.name} {get;set;}`;
    },
    set: (row, asked, value, context) => {
      const column = self(row).table.column(asked);
      if (column !== undefined) self(row).set(column, value, context);
      return column !== undefined;
    },
  },
  properties: {
    RowError: {
      type: 'string',
      get: (row) => self(row).error,
      set: (row, value) => {
        self(row).error = text(value);
      },
    },
    RowState: { type: 'System.Data.DataRowState', get: (row) => enumOf('System.Data.DataRowState', self(row).state) },
    Table: { type: 'System.Data.DataTable', get: (row) => self(row).table },
    ItemArray: {
      type: 'System.Object[]',
      get: (row) =>
        new NetArray(
          netTypes.object,
          self(row).table.columns.map((_column, place) => self(row).at(place)),
        ),
      set: (row, values, context) => setItems(self(row), values, context),
    },
    HasErrors: { type: 'bool', get: (row) => self(row).error !== '' },
  },
  methods: methodTable({
    'void AcceptChanges()': (row) => accept(self(row)),
    'void BeginEdit()': nothing,
    'void Delete()': (row) => remove(self(row)),
    'void EndEdit()': nothing,
    'bool IsNull(int columnIndex)': (row, [column]) => read(row, column) === dbNull,
    'bool IsNull(string columnName)': (row, [column]) => read(row, column) === dbNull,
    'bool IsNull(System.Data.DataColumn column)': (row, [column]) => read(row, column) === dbNull,
  }),
  indexer: {
    get: overloadList({
      'System.Object Item(int columnIndex)': (row, [column]) => read(row, column),
      'System.Object Item(string columnName)': (row, [column]) => read(row, column),
      'System.Object Item(System.Data.DataColumn column)': (row, [column]) => read(row, column),
    }),
    set: overloadList({
      'void Item(int columnIndex, System.Object value)': (row, [column, value], context) =>
        write(row, column, value, context),
      'void Item(string columnName, System.Object value)': (row, [column, value], context) =>
        write(row, column, value, context),
      'void Item(System.Data.DataColumn column, System.Object value)': (row, [column, value], context) =>
        write(row, column, value, context),
    }),
  },
};

export const rowState = enumeration(
  'System.Data.DataRowState',
  { Detached: 1, Unchanged: 2, Added: 4, Deleted: 8, Modified: 16 },
  { flags: true },
);

/** `System.Data.DataRowCollection`: the rows of one table. */
export class RowCollection extends Instance {
  readonly table: DataTable;
  constructor(table: DataTable) {
    super();
    this.table = table;
  }
  get type(): NetType {
    return namedType('System.Data.DataRowCollection');
  }
}

const collection = (value: Value): DataTable => as(value, RowCollection).table;

function rowAt(table: DataTable, index: number): DataRow {
  const row = table.rows[index];
  if (row === undefined) throw netFailure('System.IndexOutOfRangeException', `There is no row at position ${index}.`);
  return row;
}

function addValues(table: DataTable, values: Value, context: CallContext): DataRow {
  checkLength(table, as(values, NetArray).items);
  const row = table.newRow(context);
  setItems(row, values, context);
  return table.addRow(row, context);
}

const keys = (value: Value): readonly Value[] => (value instanceof NetArray ? value.items : [value]);

export const rowsDescription: TypeDescription = {
  name: 'System.Data.DataRowCollection',
  kind: 'class',
  interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
  properties: { Count: { type: 'int', get: (value) => collection(value).rows.length } },
  methods: methodTable({
    [`void Add(${name} row)`]: (value, [row], context) => {
      collection(value).addRow(self(row), context);
      return undefined;
    },
    [`${name} Add(params System.Object[] values)`]: (value, [values], context) =>
      addValues(collection(value), values, context),
    'void Clear()': (value) => {
      collection(value).removeRows(() => true);
      return undefined;
    },
    'bool Contains(System.Object key)': (value, [key], context) =>
      collection(value).find(keys(key), context) !== undefined,
    'bool Contains(System.Object[] keys)': (value, [key], context) =>
      collection(value).find(keys(key), context) !== undefined,
    [`${name} Find(System.Object key)`]: (value, [key], context) => collection(value).find(keys(key), context) ?? null,
    [`${name} Find(System.Object[] keys)`]: (value, [key], context) =>
      collection(value).find(keys(key), context) ?? null,
    [`int IndexOf(${name} row)`]: (value, [row]) => collection(value).rows.indexOf(self(row)),
    [`void InsertAt(${name} row, int pos)`]: (value, [row, place], context) => {
      collection(value).addRow(self(row), context, int(place));
      return undefined;
    },
    [`void Remove(${name} row)`]: (value, [row]) => {
      collection(value).removeRow(self(row));
      return undefined;
    },
    'void RemoveAt(int index)': (value, [index]) => {
      collection(value).removeRow(rowAt(collection(value), int(index)));
      return undefined;
    },
  }),
  indexer: {
    get: overloadList({
      [`${name} Item(int index)`]: (value, [index]) => rowAt(collection(value), int(index)),
    }),
    set: [],
  },
  enumerate: (value) => collection(value).rows.slice(),
};
