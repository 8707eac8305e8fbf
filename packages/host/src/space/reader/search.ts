import type { DatabaseSync } from 'node:sqlite';
import type { AttributePath, Predicate } from '@joinery/scim/evaluation';
import { indexKey } from '../indexed-attribute.ts';
import { BLOCK_BITS } from '../layout.ts';
import type { StoredRow } from '../row.ts';
import { parseStored } from '../stored-json.ts';
import type { Found, Search } from './calls.ts';
import { readPage } from './page.ts';
import { COLUMNS, storedRow, VISIBLE } from './stored-row.ts';

/** In listing order, through the blocks that hold any object of the type. */
const OF_A_TYPE = `block b CROSS JOIN object o
  WHERE b.type = ? AND b.objects > 0 AND o.row >= b.number << ${BLOCK_BITS} AND o.row < (b.number + 1) << ${BLOCK_BITS}
  AND o.type = b.type AND ${VISIBLE}`;
const OF_EVERY_TYPE = `object o WHERE ${VISIBLE}`;
const ONE_INDEX_ENTRY = `value v CROSS JOIN object o
  WHERE v.attribute = ? AND v.folded = ? AND o.row = v.row AND ${VISIBLE}`;

/**
 * Evaluates a search over the visible generation, in listing order or sorted. Holds one page at a time, whatever matches.
 * @param satisfies evaluates the predicate on a stored document
 */
export function searchSpace(
  database: DatabaseSync,
  search: Search,
  satisfies: (predicate: Predicate, json: string) => boolean,
): Found {
  const { predicate, sortBy, descending, offset, limit } = search;
  if (predicate === undefined && sortBy === undefined) return readPage(database, search);
  if (sortBy !== undefined) {
    database.function('sort_key', { deterministic: true }, (json) => sortKey(sortBy, String(json)));
  }
  const { from, parameters, listed } = rowsOf(search);
  const direction = descending ? 'DESC' : 'ASC';
  // RFC 7644 3.4.2.3: objects without the attribute come last in ascending order and first in descending order.
  const order =
    sortBy === undefined ? listed : `sort_key(o.json) IS NULL ${direction}, sort_key(o.json) ${direction}, o.row`;
  const rows: StoredRow[] = [];
  let total = 0;
  for (const found of database.prepare(`SELECT ${COLUMNS} FROM ${from} ORDER BY ${order}`).iterate(...parameters)) {
    if (predicate !== undefined && !satisfies(predicate, String(found.json))) continue;
    if (total >= offset && rows.length < limit) rows.push(storedRow(found));
    total += 1;
  }
  return { total, rows };
}

interface Rows {
  readonly from: string;
  readonly parameters: readonly (string | number)[];
  /** The listing order. */
  readonly listed: string;
}

function rowsOf({ type, narrow }: Search): Rows {
  if (narrow !== undefined) {
    const parameters = [narrow.attribute, narrow.key];
    if (type === undefined) return { from: ONE_INDEX_ENTRY, parameters, listed: 'v.row' };
    return { from: `${ONE_INDEX_ENTRY} AND o.type = ?`, parameters: [...parameters, type], listed: 'v.row' };
  }
  if (type === undefined) return { from: OF_EVERY_TYPE, parameters: [], listed: 'o.row' };
  return { from: OF_A_TYPE, parameters: [type], listed: 'b.number, o.row' };
}

/** The first value of an attribute in the form in which it is compared. */
function sortKey(path: AttributePath, json: string): string | number | null {
  let value: unknown = parseStored(json);
  for (const step of path.steps) {
    if (Array.isArray(value)) value = value[0];
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;
  }
  if (Array.isArray(value)) value = value[0];
  if (typeof value === 'number') return value;
  return indexKey(value, path.leaf.caseExact) ?? null;
}
