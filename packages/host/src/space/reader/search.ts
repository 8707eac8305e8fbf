import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { AttributePath, Predicate } from '@joinery/scim/evaluation';
import { indexKey } from '../indexed-attribute.ts';
import type { StoredRow } from '../row.ts';
import { parseStored } from '../stored-json.ts';
import type { Found, Search } from './calls.ts';

const COLUMNS = 'o.row, o.id, o.version, o.json, o.hidden, o.dn';
const VISIBLE = 'o.born <= s.generation AND o.died > s.generation';
const EVERY_OBJECT = `state s CROSS JOIN object o WHERE ${VISIBLE}`;
const ONE_INDEX_ENTRY = `state s CROSS JOIN value v CROSS JOIN object o WHERE v.attribute = ? AND v.folded = ? AND o.row = v.row AND ${VISIBLE}`;

/**
 * Evaluates a search over the visible generation, in listing order or sorted. Holds one page at a time, whatever matches.
 * @param satisfies evaluates the predicate on a stored document
 */
export function searchSpace(
  database: DatabaseSync,
  search: Search,
  satisfies: (predicate: Predicate, json: string) => boolean,
): Found {
  const { predicate, narrow, sortBy, descending, offset, limit } = search;
  const from = narrow === undefined ? EVERY_OBJECT : ONE_INDEX_ENTRY;
  const parameters = narrow === undefined ? [] : [narrow.attribute, narrow.key];
  if (predicate === undefined && sortBy === undefined) return unfiltered(database, offset, limit);

  if (sortBy !== undefined) {
    database.function('sort_key', { deterministic: true }, (json) => sortKey(sortBy, String(json)));
  }
  const direction = descending ? 'DESC' : 'ASC';
  // RFC 7644 3.4.2.3: objects without the attribute come last in ascending order and first in descending order.
  const order =
    sortBy === undefined ? 'o.row' : `sort_key(o.json) IS NULL ${direction}, sort_key(o.json) ${direction}, o.row`;
  const rows: StoredRow[] = [];
  let total = 0;
  for (const found of database.prepare(`SELECT ${COLUMNS} FROM ${from} ORDER BY ${order}`).iterate(...parameters)) {
    if (predicate !== undefined && !satisfies(predicate, String(found.json))) continue;
    if (total >= offset && rows.length < limit) rows.push(storedRow(found));
    total += 1;
  }
  return { total, rows };
}

function unfiltered(database: DatabaseSync, offset: number, limit: number): Found {
  const total = Number(database.prepare('SELECT objects FROM state').get()?.objects ?? 0);
  const rows = database
    .prepare(`SELECT ${COLUMNS} FROM ${EVERY_OBJECT} ORDER BY o.row LIMIT ? OFFSET ?`)
    .all(limit, offset)
    .map(storedRow);
  return { total, rows };
}

function storedRow(found: Record<string, SQLOutputValue>): StoredRow {
  return {
    id: String(found.id),
    version: String(found.version),
    json: String(found.json),
    hidden: found.hidden === null ? null : String(found.hidden),
    dn: found.dn === null ? null : String(found.dn),
  };
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
