import {
  type AttributeChange,
  type AttributeValue,
  byName,
  type CSEntryChange,
  coerceValue,
  type ExportErrorCode,
  formatValue,
  sameValue,
} from '@joinery/connector';
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
    const value = column === table.anchor ? entry.anchorAttributes[0]?.value : newValue(column, cell, entry);
    result[column.index] = withValue(column, cell, value, newCells[column.index]?.quoted ?? false);
  }
  return result;
}

/** The value an attribute has after the entry, or undefined for none. */
function newValue(column: Column, cell: Cell, entry: CSEntryChange): AttributeValue | undefined {
  const change = byName(entry.attributeChanges, column.attribute.name);
  if (change === undefined) return entry.objectModificationType === 'Update' ? cell.text : undefined;
  const added = change.valueChanges.find((value) => value.modificationType === 'Add')?.value;
  if (change.modificationType === 'Update' && added === undefined) return withoutRemoved(column, cell, change);
  return change.modificationType === 'Delete' ? undefined : added;
}

/** A value delta that only removes: it empties the cell if that is what the cell holds; another value was never its to remove. */
function withoutRemoved(column: Column, cell: Cell, change: AttributeChange): AttributeValue | undefined {
  const removed = change.valueChanges.some(({ value }) => holds(column, cell, value));
  return removed ? undefined : cell.text;
}

/**
 * A cell whose value does not change keeps its spelling (`TRUE`, `1`): a row that says the same stays the same bytes.
 * One that is filled for the first time is quoted as its column is elsewhere.
 */
function withValue(column: Column, cell: Cell, value: AttributeValue | undefined, columnQuoted: boolean): Cell {
  if (value === undefined) return { ...cell, text: '' };
  if (value === cell.text || holds(column, cell, value)) return cell;
  return { text: formatValue(value), quoted: cell.quoted || (cell.text === '' && columnQuoted) };
}

function holds(column: Column, cell: Cell, value: AttributeValue): boolean {
  if (cell.text === '') return false;
  const coercion = coerceValue(column.attribute, cell.text);
  return coercion.ok && sameValue(coercion.value, value);
}

function refuse(code: ExportErrorCode, detail: string): Edit {
  return { ok: false, code, detail };
}
