import { hash } from 'node:crypto';
import {
  type AnchorAttribute,
  type AttributeChange,
  type AttributeValue,
  anchorIdentity,
  formatValue,
  type ImportErrorCode,
} from '@joinery/connector';
import { cellValues, escapeText, splitCell } from './cell-values.ts';
import type { Row } from './rows.ts';
import type { Column, Table } from './table.ts';

/** What a row says about an object. */
export type RowObject =
  | {
      readonly kind: 'object';
      readonly key: string;
      readonly anchors: readonly AnchorAttribute[];
      readonly changes: readonly AttributeChange[];
    }
  /** `key` and `anchors` are there when the row is at least known to be about this object. */
  | {
      readonly kind: 'fault';
      readonly key?: string;
      readonly anchors?: readonly AnchorAttribute[];
      readonly fault: RowFault;
    }
  /** An empty line, or a row of empty cells as spreadsheets leave them behind: it says nothing about anybody. */
  | { readonly kind: 'blank' };

export interface RowFault {
  readonly code: ImportErrorCode;
  /** With line and column. */
  readonly detail: string;
}

/** Reads a row: an empty cell is an absent attribute, every other holds values of its column's type or is the row's fault. */
export function rowObject(row: Row, table: Table): RowObject {
  if (row.fault !== undefined) return broken(row, row.fault.column, row.fault.detail);
  const expected = table.header.columns.length;
  if (row.cells.every((cell) => cell === '')) return { kind: 'blank' };
  if (row.cells.length !== expected) {
    // Too many or too few cells: nothing says which of them moved, so not even the anchor can be trusted.
    const column = Math.min(row.cells.length, expected) + 1;
    return broken(row, column, `The row has ${row.cells.length} cells, the header has ${expected}`);
  }
  const anchors: AnchorAttribute[] = [];
  for (const column of table.anchors) {
    const reading = valuesIn(row, column);
    if (!reading.ok) return { kind: 'fault', fault: reading.fault };
    const [value] = reading.values;
    if (value !== undefined) anchors.push({ name: column.attribute.name, value });
  }
  const identified = anchorIdentity(anchors, table.type);
  if (!identified.ok) {
    const column = table.anchors.find(({ attribute }) => attribute.name === identified.attribute);
    const place = column === undefined ? `line ${row.line}` : placeOf(row, column);
    return {
      kind: 'fault',
      fault: { code: 'ImportErrorInvalidAttributeValue', detail: `${identified.detail} (${place})` },
    };
  }
  const key = identified.identity;
  const changes: AttributeChange[] = [];
  for (const column of table.columns) {
    if (!isImported(column)) continue;
    const reading = valuesIn(row, column);
    if (!reading.ok) return { kind: 'fault', key, anchors, fault: reading.fault };
    if (reading.values.length === 0) continue;
    changes.push({
      name: column.attribute.name,
      modificationType: 'Add',
      valueChanges: reading.values.map((value) => ({ value, modificationType: 'Add' })),
    });
  }
  return { kind: 'object', key, anchors, changes };
}

/**
 * True when a row that cannot be used may be about the object whose anchor (or other value) has this text.
 * @param separator of the multi-valued column that is asked about: the text may then be one of several in a cell
 */
export function mayHold(row: Row, text: string, separator?: string): boolean {
  if (row.fault === undefined)
    return row.cells.some((cell) => cell === text || splitCell(cell, separator).includes(text));
  const written = separator === undefined ? text : escapeText(text, separator);
  // Where the quoting is broken, quotes may stand doubled.
  return row.raw.includes(written) || row.raw.includes(written.replaceAll('"', '""'));
}

/** Anchors as they stand in messages. */
export function anchorText(anchors: readonly AnchorAttribute[]): string {
  return anchors.map(({ value }) => `"${formatValue(value)}"`).join(', ');
}

/** The digest by which a delta tells that an object changed: of the selected columns by name, so another selection changes every object. */
export function rowDigest(row: Row, table: Table): Uint8Array {
  const imported = table.columns.filter(isImported);
  const selected = imported.map(({ attribute, index, separator }) => [
    attribute.name,
    attribute.type,
    row.cells[index] ?? '',
    ...(separator === undefined ? [] : [separator]),
  ]);
  return hash('sha256', JSON.stringify(selected), 'buffer');
}

/** `line 7, column 3 ("IsActive")`: where a person looks for it in an editor or a spreadsheet. */
export function placeOf(row: Pick<Row, 'line'>, column: Column): string {
  return `line ${row.line}, column ${column.index + 1} ("${column.attribute.name}")`;
}

function isImported({ attribute }: Column): boolean {
  return attribute.isAnchor || attribute.allowedOperation !== 'ExportOnly';
}

function valuesIn(
  row: Row,
  column: Column,
):
  | { readonly ok: true; readonly values: readonly AttributeValue[] }
  | { readonly ok: false; readonly fault: RowFault } {
  const reading = cellValues(row.cells[column.index] ?? '', column);
  if (reading.ok) return reading;
  const { importCode, detail } = reading.fault;
  return { ok: false, fault: { code: importCode, detail: `${detail} (${placeOf(row, column)})` } };
}

function broken(row: Row, column: number, text: string): RowObject {
  return {
    kind: 'fault',
    fault: { code: 'ImportErrorParseError', detail: `${text} (line ${row.line}, column ${column}).` },
  };
}
