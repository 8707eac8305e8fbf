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
import { cellHolds } from './cell-values.ts';
import { assertUnchanged, openFile } from './file.ts';
import { readHeader } from './header.ts';
import { faultEntry } from './import.ts';
import { mayHold, rowObject } from './row-object.ts';
import { dataRows, type Row } from './rows.ts';
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
  const criteria = criteriaOf(query, table);
  const found: CSEntryChange[] = [];
  for await (const rows of dataRows(file, settings, check)) {
    for (const row of rows) {
      const object = rowObject(row, table);
      if (object.kind === 'fault' && criteria.every((criterion) => isSuspect(row, criterion))) {
        found.push(faultEntry(context.random.uuid(), table, object.fault, object.anchors));
      } else if (object.kind === 'object' && criteria.every((criterion) => meets(row, criterion))) {
        found.push({
          identifier: context.random.uuid(),
          objectType: table.type.name,
          objectModificationType: 'Add',
          anchorAttributes: object.anchors,
          attributeChanges: object.changes,
        });
      }
      if (found.length > mostObjects) {
        throw problem(
          'CONNECTOR_LOOKUP_TOO_WIDE',
          `More than ${mostObjects} objects have this "${criteria[0]?.column.attribute.name ?? ''}".`,
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
    return faultEntry(context.random.uuid(), table, fault, entry.anchorAttributes);
  });
}

/** What a cell has to hold. */
interface Criterion {
  readonly column: Column;
  readonly value: AttributeValue;
}

function criteriaOf(query: LookupQuery, table: Table): readonly Criterion[] {
  if ('attribute' in query) return [criterionOf(query.attribute, query.value, table)];
  return table.anchors.map(({ attribute: { name } }) => criterionOf(name, byName(query.anchor, name)?.value, table));
}

function criterionOf(name: string, value: AttributeValue | undefined, table: Table): Criterion {
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

function meets(row: Row, { column, value }: Criterion): boolean {
  return cellHolds(row.cells[column.index] ?? '', column, value);
}

/** True when a row that cannot be used may be one that is looked for. */
function isSuspect(row: Row, { column, value }: Criterion): boolean {
  return mayHold(row, formatValue(value), column.separator);
}
