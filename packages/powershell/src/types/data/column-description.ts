import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, bool, int, long, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import { NetType, type Property, type TypeDescription } from '../net-type.ts';
import { DataColumn, type DataTable } from './data-table.ts';
import { storedValue } from './stored-value.ts';

const name = 'System.Data.DataColumn';
const self = (value: Value): DataColumn => as(value, DataColumn);

function flag(get: (column: DataColumn) => boolean, set: (column: DataColumn, value: boolean) => void): Property {
  return { type: 'bool', get: (column) => get(self(column)), set: (column, value) => set(self(column), bool(value)) };
}

export const columnDescription: TypeDescription = {
  name,
  kind: 'class',
  constructors: overloadList({
    [`${name} new()`]: () => new DataColumn(),
    [`${name} new(string columnName)`]: (_self, [one]) => new DataColumn(text(one)),
    [`${name} new(string columnName, type dataType)`]: (_self, [one, type]) =>
      new DataColumn(text(one), as(type, NetType)),
  }),
  properties: {
    AllowDBNull: flag(
      ({ allowsNull }) => allowsNull,
      (column, value) => {
        column.allowsNull = value;
      },
    ),
    AutoIncrement: flag(
      ({ next }) => next !== undefined,
      (column, value) => {
        column.next = value ? 0n : undefined;
      },
    ),
    AutoIncrementSeed: {
      type: 'long',
      get: (column) => self(column).next ?? 0n,
      set: (column, value) => {
        self(column).next = long(value);
      },
    },
    AutoIncrementStep: {
      type: 'long',
      get: (column) => self(column).step,
      set: (column, value) => {
        self(column).step = long(value);
      },
    },
    Caption: {
      type: 'string',
      get: (column) => self(column).caption ?? self(column).name,
      set: (column, value) => {
        self(column).caption = text(value);
      },
    },
    ColumnName: {
      type: 'string',
      get: (column) => self(column).name,
      set: (column, value) => {
        self(column).name = text(value);
      },
    },
    DataType: {
      type: 'type',
      get: (column) => self(column).dataType,
      set: (column, value) => {
        self(column).dataType = as(value, NetType);
      },
    },
    DefaultValue: {
      type: 'System.Object',
      get: (column) => self(column).defaultValue,
      set: (column, value, context) => {
        self(column).defaultValue = storedValue(self(column), value, context);
      },
    },
    MaxLength: {
      type: 'int',
      get: (column) => self(column).maxLength,
      set: (column, value) => {
        self(column).maxLength = int(value);
      },
    },
    Ordinal: { type: 'int', get: (column) => self(column).ordinal },
    ReadOnly: flag(
      ({ isReadOnly }) => isReadOnly,
      (column, value) => {
        column.isReadOnly = value;
      },
    ),
    Table: { type: 'System.Data.DataTable', get: (column) => self(column).table ?? null },
    Unique: flag(
      ({ isUnique }) => isUnique,
      (column, value) => {
        column.isUnique = value;
      },
    ),
  },
  methods: methodTable({
    'void SetOrdinal(int ordinal)': (column, [ordinal]) => {
      self(column).table?.moveColumn(self(column), int(ordinal));
      return undefined;
    },
    'string ToString()': (column) => self(column).name,
  }),
  toText: (column) => self(column).name,
};

/** `System.Data.DataColumnCollection`: the columns of one table. */
export class ColumnCollection extends Instance {
  readonly table: DataTable;
  constructor(table: DataTable) {
    super();
    this.table = table;
  }
  get type(): NetType {
    return namedType('System.Data.DataColumnCollection');
  }
}

const collection = (value: Value): DataTable => as(value, ColumnCollection).table;

function columnAt(table: DataTable, index: number): DataColumn {
  const column = table.columns[index];
  if (column === undefined) throw netFailure('System.IndexOutOfRangeException', `Cannot find column ${index}.`);
  return column;
}

function remove(table: DataTable, column: DataColumn | undefined, asked: string): undefined {
  if (column === undefined || column.table !== table) {
    throw netFailure('System.ArgumentException', `Column '${asked}' does not belong to table ${table.name}.`);
  }
  table.removeColumn(column);
  return undefined;
}

export const columnsDescription: TypeDescription = {
  name: 'System.Data.DataColumnCollection',
  kind: 'class',
  interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
  properties: { Count: { type: 'int', get: (value) => collection(value).columns.length } },
  methods: methodTable({
    [`void Add(${name} column)`]: (value, [column], context) => {
      collection(value).addColumn(self(column), context);
      return undefined;
    },
    [`${name} Add(string columnName, type type)`]: (value, [one, type], context) =>
      collection(value).addColumn(new DataColumn(text(one), as(type, NetType)), context),
    [`${name} Add(string columnName)`]: (value, [one], context) =>
      collection(value).addColumn(new DataColumn(text(one)), context),
    [`${name} Add()`]: (value, _none, context) => collection(value).addColumn(new DataColumn(), context),
    [`void AddRange(${name}[] columns)`]: (value, [columns], context) => {
      for (const column of as(columns, NetArray).items) collection(value).addColumn(self(column), context);
      return undefined;
    },
    'void Clear()': (value) => {
      for (const column of collection(value).columns.slice()) collection(value).removeColumn(column);
      return undefined;
    },
    'bool Contains(string name)': (value, [one]) => collection(value).column(text(one)) !== undefined,
    'int IndexOf(string columnName)': (value, [one]) => collection(value).column(text(one))?.ordinal ?? -1,
    [`int IndexOf(${name} column)`]: (value, [column]) => collection(value).columns.indexOf(self(column)),
    'void Remove(string name)': (value, [one]) =>
      remove(collection(value), collection(value).column(text(one)), text(one)),
    [`void Remove(${name} column)`]: (value, [column]) => remove(collection(value), self(column), self(column).name),
    'void RemoveAt(int index)': (value, [index]) =>
      remove(collection(value), columnAt(collection(value), int(index)), String(int(index))),
  }),
  indexer: {
    get: overloadList({
      [`${name} Item(string name)`]: (value, [one]) => collection(value).column(text(one)) ?? null,
      [`${name} Item(int index)`]: (value, [index]) => columnAt(collection(value), int(index)),
    }),
    set: [],
  },
  enumerate: (value) => collection(value).columns.slice(),
};
