import { type AttributeValue, coerceValue, sameValue, type ValueFault } from '@joinery/connector';
import type { Column } from './table.ts';

/*
 * The values of one cell. A cell of a multi-valued column holds its values with the column's separator between them. In a value, the separator is
 * written with a backslash before it, and a backslash as two. A backslash before any other character is itself, so `CONTOSO\ada` needs no care in
 * files that people write. Blanks belong to the value; nothing between two separators is no value.
 */

/** What the sample for this kind of file puts between values (ECMA sheet 6.4, export line 178). */
export const usualSeparator = ';';

/** The texts of a cell's values; none for an empty cell. */
export function splitCell(cell: string, separator: string | undefined): readonly string[] {
  if (cell === '') return [];
  if (separator === undefined) return [cell];
  const texts: string[] = [];
  let text = '';
  for (let at = 0; at < cell.length; at++) {
    const [character = '', next] = [cell[at], cell[at + 1]];
    if (character === '\\' && (next === '\\' || next === separator)) {
      text += next;
      at += 1;
    } else if (character === separator) {
      texts.push(text);
      text = '';
    } else text += character;
  }
  return [...texts, text].filter((each) => each !== '');
}

/** The cell that holds these texts. */
export function joinCell(texts: readonly string[], separator: string): string {
  return texts.map((text) => escapeText(text, separator)).join(separator);
}

/** A value as it stands in a cell of several. */
export function escapeText(text: string, separator: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(separator, `\\${separator}`);
}

/** The values of a cell, each once, or what is wrong with the first that is not of the column's type. */
export function cellValues(
  cell: string,
  column: Column,
):
  | { readonly ok: true; readonly values: readonly AttributeValue[] }
  | { readonly ok: false; readonly fault: ValueFault } {
  const values: AttributeValue[] = [];
  for (const text of splitCell(cell, column.separator)) {
    const coercion = coerceValue(column.attribute, text);
    if (!coercion.ok) return coercion;
    if (!values.some((known) => sameValue(known, coercion.value))) values.push(coercion.value);
  }
  return { ok: true, values };
}

/** True when one of the cell's values is this one, in the column's type. */
export function cellHolds(cell: string, column: Column, value: AttributeValue): boolean {
  return splitCell(cell, column.separator).some((text) => textIs(text, column, value));
}

/** True when a text is a spelling of a value. */
export function textIs(text: string, column: Column, value: AttributeValue): boolean {
  const coercion = coerceValue(column.attribute, text);
  return coercion.ok && sameValue(coercion.value, value);
}
