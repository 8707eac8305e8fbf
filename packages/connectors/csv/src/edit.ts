import {
  type AttributeChange,
  type AttributeValue,
  byName,
  type CSEntryChange,
  type ExportErrorCode,
  formatValue,
} from '@joinery/connector';
import { cellHolds, joinCell, splitCell, textIs } from './cell-values.ts';
import type { Cell } from './row.ts';
import type { Column, Table } from './table.ts';

/** What an entry makes of a row: its cells, or nothing where there is no such row. */
export type Edit =
  | { readonly ok: true; readonly cells: readonly Cell[] | undefined }
  | { readonly ok: false; readonly code: ExportErrorCode; readonly detail: string };

/**
 * Applies one entry to the row of its anchor.
 *
 * Add needs that there is none, the others that there is one: deleting what is not there is reported, where the sample for this kind of file stays
 * silent, since the host decides what a missing object means. Replace empties selected columns that the entry does not name. Columns that are
 * not selected, and columns the schema does not know, keep their cells.
 * @param entry validated against the type of the table
 * @param cells the row as it is, or undefined
 * @param newCells an empty row in the style of the file
 */
export function applyEntry(
  entry: CSEntryChange,
  cells: readonly Cell[] | undefined,
  newCells: readonly Cell[],
  table: Table,
): Edit {
  if (entry.objectModificationType === 'Add') {
    if (cells !== undefined) {
      return refuse('ExportErrorConnectedDirectoryExistingObject', 'The file already has a row with this anchor.');
    }
    return { ok: true, cells: withValues(newCells, newCells, entry, table) };
  }
  if (cells === undefined)
    return refuse('ExportErrorConnectedDirectoryMissingObject', 'The file has no row with this anchor.');
  if (entry.objectModificationType === 'Delete') return { ok: true, cells: undefined };
  return { ok: true, cells: withValues(cells, newCells, entry, table) };
}

function withValues(
  cells: readonly Cell[],
  newCells: readonly Cell[],
  entry: CSEntryChange,
  table: Table,
): readonly Cell[] {
  const result = [...cells];
  for (const column of table.columns) {
    const cell = cells[column.index];
    if (cell === undefined) continue;
    const columnQuoted = newCells[column.index]?.quoted ?? false;
    result[column.index] = withText(cell, textAfter(column, cell, entry), columnQuoted);
  }
  return result;
}

/** The text of a cell after the entry. */
function textAfter(column: Column, cell: Cell, entry: CSEntryChange): string {
  if (column.attribute.isAnchor) {
    const anchor = byName(entry.anchorAttributes, column.attribute.name);
    return textOf(column, cell, anchor === undefined ? [] : [anchor.value]);
  }
  const { allowedOperation, name } = column.attribute;
  if (allowedOperation === 'ImportOnly') return cell.text;
  const change = byName(entry.attributeChanges, name);
  // What is never imported nobody can repeat: a Replace without it says nothing about it.
  if (change === undefined && allowedOperation === 'ExportOnly') return cell.text;
  if (change === undefined) return entry.objectModificationType === 'Update' ? cell.text : '';
  if (change.modificationType === 'Delete') return '';
  const added = valuesOf(change, 'Add');
  if (change.modificationType !== 'Update') return textOf(column, cell, added);
  const removed = valuesOf(change, 'Delete');
  if (column.separator === undefined) {
    if (added.length > 0) return textOf(column, cell, added);
    // A delta that only removes empties the cell if that is what it holds; another value was never its to remove.
    return removed.some((value) => cellHolds(cell.text, column, value)) ? '' : cell.text;
  }
  const texts = splitCell(cell.text, column.separator);
  const kept = texts.filter((text) => isOneOf(text, column, added) || !isOneOf(text, column, removed));
  const fresh = missing(added, texts, column);
  if (fresh.length === 0 && kept.length === texts.length) return cell.text;
  return joinCell([...kept, ...fresh], column.separator);
}

/**
 * The text of a cell that holds these values. One that holds them already keeps its spelling and order (`TRUE`, `b;a`), so that a row that says the
 * same stays the same bytes; a cell of several values keeps those that stay where they are.
 */
function textOf(column: Column, cell: Cell, values: readonly AttributeValue[]): string {
  if (column.separator === undefined) {
    const [value] = values;
    if (value === undefined) return '';
    return value === cell.text || cellHolds(cell.text, column, value) ? cell.text : formatValue(value);
  }
  const texts = splitCell(cell.text, column.separator);
  const kept = texts.filter((text) => isOneOf(text, column, values));
  const fresh = missing(values, kept, column);
  if (fresh.length === 0 && kept.length === texts.length) return cell.text;
  return joinCell([...kept, ...fresh], column.separator);
}

function valuesOf(change: AttributeChange, modificationType: 'Add' | 'Delete'): readonly AttributeValue[] {
  return change.valueChanges.filter((each) => each.modificationType === modificationType).map(({ value }) => value);
}

function isOneOf(text: string, column: Column, values: readonly AttributeValue[]): boolean {
  return values.some((value) => textIs(text, column, value));
}

/** The texts of values that are not there yet. The empty text is no value of a cell. */
function missing(values: readonly AttributeValue[], texts: readonly string[], column: Column): readonly string[] {
  return values
    .filter((value) => !texts.some((text) => textIs(text, column, value)))
    .map(formatValue)
    .filter((text) => text !== '');
}

/** A cell that is filled for the first time is quoted as its column is elsewhere. */
function withText(cell: Cell, text: string, columnQuoted: boolean): Cell {
  if (text === cell.text) return cell;
  return { text, quoted: cell.quoted || (text !== '' && cell.text === '' && columnQuoted) };
}

function refuse(code: ExportErrorCode, detail: string): Edit {
  return { ok: false, code, detail };
}
