import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { ignoreCaseComparer, type MapKey } from '../../values/key-comparer.ts';
import type { Value } from '../../values/value.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { CallContext, NetType } from '../net-type.ts';
import { dbNull } from '../system/db-null.ts';
import { storedValue } from './stored-value.ts';

/** `System.Data.DataRowState` by number. */
export const RowState = { detached: 1, unchanged: 2, added: 4, deleted: 8, modified: 16 } as const;
export type RowState = (typeof RowState)[keyof typeof RowState];

/** `System.Data.DataColumn`. */
export class DataColumn extends Instance {
  name: string;
  dataType: NetType;
  table: DataTable | undefined;
  allowsNull = true;
  isUnique = false;
  isReadOnly = false;
  maxLength = -1;
  caption: string | undefined;
  defaultValue: Value = dbNull;
  /** The next number of a column that counts by itself. */
  next: bigint | undefined;
  step = 1n;

  constructor(name = '', dataType: NetType = netTypes.string) {
    super();
    this.name = name;
    this.dataType = dataType;
  }
  get type(): NetType {
    return namedType('System.Data.DataColumn');
  }
  get ordinal(): number {
    return this.table?.columns.indexOf(this) ?? -1;
  }

  /** What a new row has in this column. */
  initial(context: CallContext): Value {
    if (this.next === undefined) return this.defaultValue;
    const value = this.next;
    this.next += this.step;
    return context.convert(value, this.dataType);
  }
}

/** `System.Data.DataRow`: one cell per column of its table, by the place of the column. */
export class DataRow extends Instance {
  readonly table: DataTable;
  readonly cells: Value[];
  state: RowState = RowState.detached;
  error = '';

  constructor(table: DataTable, cells: Value[]) {
    super();
    this.table = table;
    this.cells = cells;
  }
  get type(): NetType {
    return namedType('System.Data.DataRow');
  }

  at(place: number): Value {
    if (this.state === RowState.deleted) {
      throw netFailure(
        'System.Data.DeletedRowInaccessibleException',
        'Deleted row information cannot be accessed through the row.',
      );
    }
    return this.cells[place] ?? dbNull;
  }

  /** Throws `NetFailure` (ArgumentException, ReadOnlyException, NoNullAllowedException) for what the column does not take. */
  set(column: DataColumn, value: Value, context: CallContext): void {
    if (column.isReadOnly && this.state !== RowState.detached) {
      throw netFailure('System.Data.ReadOnlyException', `Column '${column.name}' is read only.`);
    }
    const stored = storedValue(column, value, context);
    this.cells[column.ordinal] = stored;
    if (this.state === RowState.unchanged) this.state = RowState.modified;
    if (this.state !== RowState.detached && this.table.primaryKey.includes(column)) this.table.forgetKeys();
  }
}

/** `System.Data.DataTable`. Names of columns are found in any case. */
export class DataTable extends Instance {
  name: string;
  readonly columns: DataColumn[] = [];
  readonly rows: DataRow[] = [];
  #primaryKey: readonly DataColumn[] = [];
  #keys: Map<MapKey, DataRow> | undefined;

  constructor(name = '') {
    super();
    this.name = name;
  }
  get type(): NetType {
    return namedType('System.Data.DataTable');
  }
  get primaryKey(): readonly DataColumn[] {
    return this.#primaryKey;
  }
  set primaryKey(columns: readonly DataColumn[]) {
    this.#primaryKey = columns;
    this.forgetKeys();
    for (const column of columns) column.allowsNull = false;
  }

  column(name: string): DataColumn | undefined {
    const folded = name.toLowerCase();
    return (
      this.columns.find((one) => one.name === name) ?? this.columns.find((one) => one.name.toLowerCase() === folded)
    );
  }

  /** Throws `NetFailure` (DuplicateNameException) where there is one of that name. */
  addColumn(column: DataColumn, context: CallContext): DataColumn {
    if (column.name === '') column.name = this.#freeName();
    if (this.column(column.name) !== undefined) {
      throw netFailure(
        'System.Data.DuplicateNameException',
        `A column named '${column.name}' already belongs to this DataTable.`,
      );
    }
    column.table = this;
    this.columns.push(column);
    for (const row of this.rows) row.cells.push(column.initial(context));
    return column;
  }

  removeColumn(column: DataColumn): void {
    const place = this.columns.indexOf(column);
    if (place === -1) return;
    this.columns.splice(place, 1);
    column.table = undefined;
    for (const row of this.rows) row.cells.splice(place, 1);
  }

  moveColumn(column: DataColumn, place: number): void {
    const from = column.ordinal;
    if (place < 0 || place >= this.columns.length) {
      throw netFailure('System.ArgumentOutOfRangeException', `Ordinal '${place}' exceeds the maximum number.`, {
        parameter: 'ordinal',
      });
    }
    this.columns.splice(place, 0, ...this.columns.splice(from, 1));
    for (const row of this.rows) row.cells.splice(place, 0, ...row.cells.splice(from, 1));
  }

  newRow(context: CallContext): DataRow {
    return new DataRow(
      this,
      this.columns.map((column) => column.initial(context)),
    );
  }

  /** Throws `NetFailure` for what the columns do not allow, or a row that is of another table or in one already. */
  addRow(row: DataRow, context: CallContext, place = this.rows.length): DataRow {
    if (row.table !== this) throw netFailure('System.ArgumentException', 'This row already belongs to another table.');
    if (row.state !== RowState.detached) {
      throw netFailure('System.ArgumentException', 'This row already belongs to this table.');
    }
    for (const [index, column] of this.columns.entries()) this.#checkCell(column, row.cells[index] ?? dbNull, context);
    if (this.primaryKey.length > 0) this.#addKey(row, context);
    row.state = RowState.added;
    if (place >= this.rows.length) this.rows.push(row);
    else this.rows.splice(Math.max(place, 0), 0, row);
    return row;
  }

  removeRow(row: DataRow): void {
    const place = this.rows.indexOf(row);
    if (place === -1)
      throw netFailure('System.IndexOutOfRangeException', 'The given DataRow is not in the current DataRowCollection.');
    this.rows.splice(place, 1);
    row.state = RowState.detached;
    this.#keys?.delete(this.#keyOf(row.cells));
  }

  /** Takes out every row that fits. */
  removeRows(fits: (row: DataRow) => boolean): void {
    const kept = this.rows.filter((row) => !fits(row));
    for (const row of this.rows) if (fits(row)) row.state = RowState.detached;
    this.rows.length = 0;
    for (const row of kept) this.rows.push(row);
    this.forgetKeys();
  }

  /** The row whose primary key has these values. */
  find(values: readonly Value[], context: CallContext): DataRow | undefined {
    if (this.primaryKey.length === 0) {
      throw netFailure('System.Data.MissingPrimaryKeyException', "Table doesn't have a primary key.");
    }
    if (values.length !== this.primaryKey.length) {
      throw netFailure(
        'System.ArgumentException',
        `Expecting ${this.primaryKey.length} value(s) for the key being indexed, but received ${values.length} value(s).`,
      );
    }
    const cells = this.columns.map((): Value => null);
    for (const [index, column] of this.primaryKey.entries()) {
      cells[column.ordinal] = storedValue(column, values[index] ?? null, context);
    }
    return this.#index().get(this.#keyOf(cells));
  }

  /** Keys are counted again at the next look. */
  forgetKeys(): void {
    this.#keys = undefined;
  }

  /** The same columns, and no rows. */
  clone(): DataTable {
    const copy = new DataTable(this.name);
    for (const column of this.columns) {
      const { dataType, allowsNull, isUnique, isReadOnly, maxLength, caption, defaultValue, next, step } = column;
      const made = new DataColumn(column.name, dataType);
      Object.assign(made, {
        allowsNull,
        isUnique,
        isReadOnly,
        maxLength,
        caption,
        defaultValue,
        next,
        step,
        table: copy,
      });
      copy.columns.push(made);
    }
    copy.primaryKey = this.primaryKey.map(({ name }) => copy.column(name)).filter((one) => one !== undefined);
    return copy;
  }

  #checkCell(column: DataColumn, value: Value, context: CallContext): void {
    if (!column.allowsNull && value === dbNull) {
      throw netFailure('System.Data.NoNullAllowedException', `Column '${column.name}' does not allow nulls.`);
    }
    if (column.isUnique && !this.primaryKey.includes(column)) {
      const place = column.ordinal;
      const key = ignoreCaseComparer.keyOf(value);
      if (this.rows.some((row) => ignoreCaseComparer.keyOf(row.cells[place] ?? dbNull) === key))
        throw duplicate(column, context.text(value));
    }
  }

  #addKey(row: DataRow, context: CallContext): void {
    const key = this.#keyOf(row.cells);
    const keys = this.#index();
    const [column] = this.primaryKey;
    if (keys.has(key) && column !== undefined) throw duplicate(column, context.text(row.cells[column.ordinal] ?? null));
    keys.set(key, row);
  }

  #index(): Map<MapKey, DataRow> {
    this.#keys ??= new Map(this.rows.map((row) => [this.#keyOf(row.cells), row]));
    return this.#keys;
  }

  #keyOf(cells: readonly Value[]): MapKey {
    const keys = this.primaryKey.map((column) => ignoreCaseComparer.keyOf(cells[column.ordinal] ?? dbNull));
    return keys.length === 1 ? (keys[0] ?? null) : JSON.stringify(keys.map(String));
  }

  #freeName(): string {
    let number = 1;
    while (this.column(`Column${number}`) !== undefined) number++;
    return `Column${number}`;
  }
}

function duplicate(column: DataColumn, text: string): Error {
  return netFailure(
    'System.Data.ConstraintException',
    `Column '${column.name}' is constrained to be unique.  Value '${text}' is already present.`,
  );
}
