import type { SQLOutputValue } from 'node:sqlite';
import type { StoredRow } from '../row.ts';

/** What a read needs of an object `o`. */
export const COLUMNS = 'o.id, o.version, o.json, o.hidden, o.dn, o.reference_values';

/** True for the objects `o` that readers may see. SQLite looks the generation up once. */
export const VISIBLE = 'o.born <= (SELECT generation FROM state) AND o.died > (SELECT generation FROM state)';

/** A row of {@link COLUMNS}. */
export function storedRow(found: Record<string, SQLOutputValue>): StoredRow {
  return {
    id: String(found.id),
    version: String(found.version),
    json: String(found.json),
    hidden: text(found.hidden),
    dn: text(found.dn),
    references: text(found.reference_values),
  };
}

function text(value: SQLOutputValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
