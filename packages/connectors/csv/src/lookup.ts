import {
  type AttributeValue,
  byName,
  type ConnectorContext,
  type CSEntryChange,
  canonicalAnchor,
  coerceValue,
  formatValue,
  type LookupQuery,
} from '@joinery/connector';
import { problem } from '@joinery/problems';
import { cellHolds, escapeText } from './cell-values.ts';
import { assertUnchanged, openFile } from './file.ts';
import { readHeader } from './header.ts';
import { dataRows, faultEntry } from './import.ts';
import { mayHold, rowObject } from './row-object.ts';
import type { CsvSettings } from './settings.ts';
import { bindTable, type Column, type Table } from './table.ts';

/** A look-up is for a handful of objects; the answer is held in memory. */
const mostObjects = 1000;

/**
 * Finds the rows whose column has a value, reading the file as it is now. Values are compared in their type and exactly, upper and lower case
 * included: this answers what stands in the target, while the host folds what people type.
 * A row that cannot be read and holds the value's text is answered as an entry with an error, so that nobody takes the object for missing.
 * @throws CONNECTOR_VALUE_INVALID for a value that is not of the column's type, CONNECTOR_LOOKUP_TOO_WIDE, and what reading throws
 */
export async function lookUp(
  settings: CsvSettings,
  context: ConnectorContext,
  query: LookupQuery,
  signal: AbortSignal,
): Promise<readonly CSEntryChange[]> {
  signal.throwIfAborted();
  const check = (): void => signal.throwIfAborted();
  await using file = await openFile(settings.path);
  const table = bindTable(settings, await readHeader(file, settings, check), query.schema);
  const { column, value } = criterion(query, table);
  const { separator } = column;
  const text = separator === undefined ? formatValue(value) : escapeText(formatValue(value), separator);
  const found: CSEntryChange[] = [];
  for await (const rows of dataRows(file, table, check)) {
    for (const row of rows) {
      const object = rowObject(row, table);
      const cell = row.cells[column.index];
      if (object.kind === 'fault' && mayHold(row, text, separator !== undefined)) {
        found.push(faultEntry(context.random.uuid(), table, object.fault, object.anchor));
      } else if (object.kind === 'object' && cell !== undefined && cellHolds(cell, column, value)) {
        found.push({
          identifier: context.random.uuid(),
          objectType: table.type.name,
          objectModificationType: 'Add',
          anchorAttributes: [object.anchor],
          attributeChanges: object.changes,
        });
      }
      if (found.length > mostObjects) {
        throw problem(
          'CONNECTOR_LOOKUP_TOO_WIDE',
          `More than ${mostObjects} objects have this "${column.attribute.name}".`,
        );
      }
    }
  }
  await assertUnchanged(file);
  return withoutDuplicates(found, table, context);
}

/** As in an import, rows that share an anchor are an error each. */
function withoutDuplicates(found: readonly CSEntryChange[], table: Table, context: ConnectorContext): CSEntryChange[] {
  const keys = found.map((entry) =>
    entry.errorCodeImport === undefined ? canonicalAnchor(entry.anchorAttributes, table.type) : undefined,
  );
  return found.map((entry, index) => {
    const key = keys[index];
    if (key === undefined || keys.indexOf(key) === keys.lastIndexOf(key)) return entry;
    const detail = 'The anchor occurs more than once in the file.';
    const fault = { code: 'ImportErrorInvalidAttributeValue', detail } as const;
    return faultEntry(context.random.uuid(), table, fault, entry.anchorAttributes[0]);
  });
}

function criterion(query: LookupQuery, table: Table): { readonly column: Column; readonly value: AttributeValue } {
  const [name, value] =
    'attribute' in query
      ? [query.attribute, query.value]
      : [table.anchor.attribute.name, byName(query.anchor, table.anchor.attribute.name)?.value];
  const column = table.columns.find((candidate) => byName([candidate.attribute], name) !== undefined);
  if (column === undefined || value === undefined) {
    throw problem('CONNECTOR_VALUE_INVALID', `A look-up needs a value of a selected attribute; "${name}" is not one.`, {
      place: name,
    });
  }
  const coercion = coerceValue(column.attribute, value);
  if (!coercion.ok) throw problem('CONNECTOR_VALUE_INVALID', coercion.fault.detail, { place: name });
  return { column, value: coercion.value };
}
