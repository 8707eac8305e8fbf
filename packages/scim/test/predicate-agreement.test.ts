import { DatabaseSync } from 'node:sqlite';
import { PGlite } from '@electric-sql/pglite';
import {
  type AttributePath,
  bindFilter,
  comparisonKey,
  isList,
  isObject,
  matches,
  member,
  predicateToSql,
  printFilter,
  printJson,
  type ScimObject,
  type ScimValue,
  type SqlColumns,
  type SqlCondition,
  type SqlParameter,
  shadowDocument,
} from '@joinery/scim';
import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freshPostgres } from '../../../testing/databases.ts';
import { filter, things, type } from './generated-filters.ts';

/** Two ways to keep a thing: all keys in one JSON document, or in columns and tables of their own. */
const document: SqlColumns = () => ({ kind: 'document', document: 'thing.keys' });

const columns: SqlColumns = (path) => {
  const byText: Readonly<Record<string, string>> = {
    label: 'label',
    code: 'code',
    active: 'active',
    size: 'size',
    score: 'score',
    born: 'born',
    'name.given': 'given',
  };
  const column = byText[path.text];
  if (column !== undefined) return { kind: 'column', column: { key: `thing.${column}` } };
  if (path.text === 'tags') {
    return { kind: 'rows', from: 'tag', owner: 'tag.owner', of: 'thing.id', columns: { value: { key: 'tag.value' } } };
  }
  if (path.text === 'emails') {
    const keys = { value: { key: 'e.value' }, type: { key: 'e.type' }, primary: { key: 'e.is_primary' } };
    return { kind: 'rows', from: 'email e', owner: 'e.owner', of: 'thing.id', columns: keys };
  }
  return { kind: 'document', document: 'thing.keys' };
};

interface Table {
  query(condition: SqlCondition): Promise<readonly number[]>;
}

interface Row {
  readonly table: string;
  readonly columns: readonly string[];
  readonly values: readonly (SqlParameter | null)[];
}

function tables(json: string, integers: string, floats: string): string {
  return `
    CREATE TABLE thing (id integer PRIMARY KEY, label text, code text, active boolean, size ${integers}, score ${floats}, born text, given text, keys ${json});
    CREATE TABLE tag (owner integer, value text);
    CREATE TABLE email (owner integer, value text, type text, is_primary boolean);`;
}

function rowsOf(things: readonly ScimObject[]): readonly Row[] {
  return things.flatMap((thing, id) => {
    const key = (path: AttributePath, value: ScimValue | undefined): SqlParameter | null =>
      value === undefined ? null : (comparisonKey(value, path.leaf) ?? null);
    const path = (name: string): AttributePath => {
      const found = type.core.find(name);
      if (found === undefined) throw new Error(name);
      return found;
    };
    const names = ['label', 'code', 'active', 'size', 'score', 'born'];
    const name = member(thing, 'name');
    const given = isObject(name) ? member(name, 'given') : undefined;
    const list = (of: string): readonly ScimValue[] => {
      const value = member(thing, of);
      return isList(value) ? value : [];
    };
    return [
      {
        table: 'thing',
        columns: ['id', ...names, 'given', 'keys'],
        values: [
          id,
          ...names.map((each) => key(path(each), member(thing, each))),
          key(path('name.given'), given),
          printJson(shadowDocument(thing, type)),
        ],
      },
      ...list('tags').map((tag) => ({
        table: 'tag',
        columns: ['owner', 'value'],
        values: [id, key(path('tags'), tag)],
      })),
      ...list('emails').map((email) => ({
        table: 'email',
        columns: ['owner', 'value', 'type', 'is_primary'],
        values: [
          id,
          ...['value', 'type', 'primary'].map((sub) =>
            key(path(`emails.${sub}`), isObject(email) ? member(email, sub) : undefined),
          ),
        ],
      })),
    ];
  });
}

function sqlite(things: readonly ScimObject[]): Table {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => database.close());
  database.exec(tables('text', 'integer', 'real'));
  for (const { table, columns: names, values } of rowsOf(things)) {
    database
      .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...values.map((value) => (typeof value === 'boolean' ? Number(value) : value)));
  }
  return {
    async query({ sql, params }) {
      const values = params.map((value) => (typeof value === 'boolean' ? Number(value) : value));
      return database
        .prepare(`SELECT id FROM thing WHERE ${sql} ORDER BY id`)
        .all(...values)
        .map((row) => Number(row.id));
    },
  };
}

type Run = (sql: string, params?: unknown[]) => Promise<{ rows: { id?: unknown }[] }>;

async function postgres(run: Run, things: readonly ScimObject[]): Promise<Table> {
  for (const statement of tables('jsonb', 'bigint', 'double precision').split(';')) {
    if (statement.trim() !== '') await run(statement);
  }
  for (const { table, columns: names, values } of rowsOf(things)) {
    await run(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
      values.map((value) => (typeof value === 'bigint' ? String(value) : value)),
    );
  }
  return {
    async query({ sql, params }) {
      const { rows } = await run(`SELECT id FROM thing WHERE ${sql} ORDER BY id`, [...params]);
      return rows.map((row) => Number(row.id));
    },
  };
}

async function expectAgreement(table: Table, dialect: 'postgres' | 'sqlite', runs: number): Promise<void> {
  let hits = 0;
  await fc.assert(
    fc.asyncProperty(filter, async (node) => {
      const predicate = bindFilter(node, type);
      const expected = things.flatMap((thing, id) => (matches(predicate, thing) ? [id] : []));
      hits += expected.length;
      for (const map of [document, columns]) {
        const condition = predicateToSql(predicate, dialect, map);
        const found = await table.query(condition);
        expect(
          found,
          `${printFilter(node)}\n${condition.sql}\n${JSON.stringify(condition.params, (_, v) => String(v))}`,
        ).toEqual(expected);
      }
    }),
    { numRuns: runs, seed: 5 },
  );
  // Filters that never match would agree about nothing.
  expect(hits).toBeGreaterThan(runs);
}

describe('memory and SQL agree about every filter', () => {
  test('on SQLite', async () => {
    await expectAgreement(sqlite(things), 'sqlite', 1500);
  });

  test('on PGlite', async () => {
    const database = await PGlite.create();
    onTestFinished(() => database.close());
    const run: Run = (sql, params) => database.query<{ id?: unknown }>(sql, params);
    await expectAgreement(await postgres(run, things), 'postgres', 150);
  });

  test('on PostgreSQL', async () => {
    const client = new pg.Client({ connectionString: await freshPostgres() });
    await client.connect();
    onTestFinished(() => client.end());
    await expectAgreement(await postgres((sql, params) => client.query(sql, params), things), 'postgres', 500);
  });
});
