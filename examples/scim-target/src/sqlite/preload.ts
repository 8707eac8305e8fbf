import type { ResourceType } from '@joinery/scim';
import { numberDigits, numberMark, personTemplates, scatter, scatteredMark, varieties } from '../people.ts';
import type { SqliteStorage } from './storage.ts';

/** Users of one transaction: some tenths of a second, then a signal to stop is heard. */
const batch = 50_000;

/**
 * Fills an empty store with people 1 to `count`. SQLite fills the templates in itself, so that a million takes seconds.
 * @param now milliseconds since 1970, for `meta`
 */
export async function preloadSqlite(
  storage: SqliteStorage,
  type: ResourceType,
  count: number,
  now: number,
  signal: AbortSignal,
): Promise<void> {
  const { database } = storage;
  const { table, lists } = storage.layout(type);
  const time = new Date(now).toISOString();
  database.exec('CREATE TEMP TABLE template (variety INTEGER PRIMARY KEY, json TEXT, keys TEXT)');
  const template = database.prepare('INSERT INTO template VALUES (?, ?, ?)');
  for (const { variety, json, keys } of personTemplates(type, {
    created: time,
    lastModified: time,
    version: 'W/"1"',
  })) {
    template.run(variety, json, keys);
  }
  const digits = `printf('%0${numberDigits}d', n)`;
  const head = `printf('%08x', (n * ${scatter}) & 4294967295)`;
  const fill = (text: string): string =>
    `replace(replace(${text}, '${numberMark}', ${digits}), '${scatteredMark}', ${head})`;
  const people = database.prepare(
    `WITH RECURSIVE number(n) AS (VALUES (:first) UNION ALL SELECT n + 1 FROM number WHERE n < :last)
     INSERT INTO ${table} (position, version, json, keys)
     SELECT n, 1, ${fill('json')}, ${fill('keys')} FROM number JOIN template ON variety = n % ${varieties}`,
  );
  const elements = lists.map((list) => {
    const columns = list.subs.map(({ name }) => `json_extract(e.value, '$."${name}"')`);
    return database.prepare(
      `INSERT INTO ${list.table} SELECT position, ${columns.join(', ')}
       FROM ${table}, json_each(keys, '$."${list.path.text}"') AS e WHERE position BETWEEN :first AND :last`,
    );
  });
  for (let first = 1; first <= count; first += batch) {
    signal.throwIfAborted();
    const range = { first, last: Math.min(count, first + batch - 1) };
    database.exec('BEGIN');
    for (const statement of [people, ...elements]) statement.run(range);
    database.exec('COMMIT');
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  database.exec('DROP TABLE template; ANALYZE');
}
