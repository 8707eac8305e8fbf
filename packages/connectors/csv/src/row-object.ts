import { hash } from 'node:crypto';
import {
  type AnchorAttribute,
  type AttributeChange,
  type AttributeValue,
  anchorIdentity,
  coerceValue,
  type ImportErrorCode,
} from '@joinery/connector';
import type { Row } from './rows.ts';
import type { Column, Table } from './table.ts';

/** What a row says about an object. */
export type RowObject =
  | {
      readonly kind: 'object';
      readonly key: string;
      readonly anchor: AnchorAttribute;
      readonly changes: readonly AttributeChange[];
    }
  /** `key` and `anchor` are there when the row is at least known to be about this object. */
  | { readonly kind: 'fault'; readonly key?: string; readonly anchor?: AnchorAttribute; readonly fault: RowFault }
  /** An empty line, or a row of empty cells as spreadsheets leave them behind: it says nothing about anybody. */
  | { readonly kind: 'blank' };

export interface RowFault {
  readonly code: ImportErrorCode;
  /** With line and column. */
  readonly detail: string;
}

/** Reads a row: an empty cell is an absent attribute, every other is of its column's type or the row's fault. */
export function rowObject(row: Row, table: Table): RowObject {
  if (row.fault !== undefined) return broken(row, row.fault.column, row.fault.detail);
  const expected = table.header.columns.length;
  if (row.cells.every((cell) => cell === '')) return { kind: 'blank' };
  if (row.cells.length !== expected) {
    // Too many or too few cells: nothing says which of them moved, so not even the anchor can be trusted.
    const column = Math.min(row.cells.length, expected) + 1;
    return broken(row, column, `The row has ${row.cells.length} cells, the header has ${expected}`);
  }
  const anchor = cellValue(row, table.anchor);
  if (anchor !== undefined && 'code' in anchor) return { kind: 'fault', fault: anchor };
  const known = { name: table.anchor.attribute.name, value: anchor?.value ?? '' };
  const identified = anchorIdentity([known], table.type);
  if (!identified.ok) {
    const detail = `${identified.detail} (${placeOf(row, table.anchor)})`;
    return { kind: 'fault', fault: { code: 'ImportErrorInvalidAttributeValue', detail } };
  }
  const key = identified.identity;
  const changes: AttributeChange[] = [];
  for (const column of table.columns) {
    const value = cellValue(row, column);
    if (value === undefined) continue;
    if ('code' in value) return { kind: 'fault', key, anchor: known, fault: value };
    changes.push({
      name: column.attribute.name,
      modificationType: 'Add',
      valueChanges: [{ value: value.value, modificationType: 'Add' }],
    });
  }
  return { kind: 'object', key, anchor: known, changes };
}

/** True when a row whose anchor cannot be read may be about the object whose anchor (or other value) has this text. */
export function mayHold(row: Row, text: string): boolean {
  return row.fault === undefined ? row.cells.includes(text) : row.raw.includes(text);
}

/** The digest by which a delta tells that an object changed: of the selected columns by name, so another selection changes every object. */
export function rowDigest(row: Row, table: Table): Uint8Array {
  const selected = table.columns.map((column) => [
    column.attribute.name,
    column.attribute.type,
    row.cells[column.index] ?? '',
  ]);
  return hash('sha256', JSON.stringify(selected), 'buffer');
}

/** `line 7, column 3 ("IsActive")`: where a person looks for it in an editor or a spreadsheet. */
export function placeOf(row: Pick<Row, 'line'>, column: Column): string {
  return `line ${row.line}, column ${column.index + 1} ("${column.attribute.name}")`;
}

function cellValue(row: Row, column: Column): { readonly value: AttributeValue } | RowFault | undefined {
  const cell = row.cells[column.index] ?? '';
  if (cell === '') return undefined;
  const coercion = coerceValue(column.attribute, cell);
  if (coercion.ok) return { value: coercion.value };
  return { code: coercion.fault.importCode, detail: `${coercion.fault.detail} (${placeOf(row, column)})` };
}

function broken(row: Row, column: number, text: string): RowObject {
  return {
    kind: 'fault',
    fault: { code: 'ImportErrorParseError', detail: `${text} (line ${row.line}, column ${column}).` },
  };
}
