import { DatabaseSync } from 'node:sqlite';
import { PGlite } from '@electric-sql/pglite';
import {
  type AttributePath,
  attribute,
  bindFilter,
  type CompareOperator,
  comparisonKey,
  compileResourceType,
  complex,
  type FilterNode,
  isList,
  isObject,
  matches,
  member,
  predicateToSql,
  printFilter,
  printJson,
  type ScimDraft,
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

const EXT = 'urn:example:ext';

const type = compileResourceType({
  name: 'Thing',
  endpoint: '/Things',
  description: '',
  schema: {
    id: 'urn:example:thing',
    name: 'Thing',
    description: '',
    attributes: [
      attribute('label'),
      attribute('code', { caseExact: true }),
      attribute('active', { type: 'boolean' }),
      attribute('size', { type: 'integer' }),
      attribute('score', { type: 'decimal' }),
      attribute('born', { type: 'dateTime' }),
      complex('name', [attribute('given'), attribute('family')]),
      attribute('tags', { multiValued: true }),
      complex('emails', [attribute('value'), attribute('type'), attribute('primary', { type: 'boolean' })], {
        multiValued: true,
      }),
    ],
  },
  extensions: [
    {
      schema: {
        id: EXT,
        name: 'Ext',
        description: '',
        attributes: [attribute('dept'), attribute('rank', { type: 'integer' })],
      },
      required: false,
    },
  ],
});

const text = fc.constantFrom(
  ...[
    '',
    'a',
    'A',
    'ab',
    'B',
    'ß',
    'ss',
    'SS',
    'ẞ',
    'ä',
    'Ä',
    'a\u0308',
    'İ',
    'i',
    'I',
    'ı',
    'Σ',
    'ς',
    'σ',
    'ὈΔΥΣΣΕΎΣ',
  ],
  ...['ὀδυσσεύς', '\u{1F600}', '\uFFFD', '\u{10400}', '\u{10428}', 'x"y', '%', '_', "'", '\\', 'ﬁ', 'FI', ' '],
);
const integer = fc.constantFrom<number | bigint>(
  -1,
  0,
  1,
  2,
  9007199254740993n,
  9223372036854775807n,
  -9223372036854775808n,
);
const decimal = fc.constantFrom(-1.5, 0, 0.1, 1, 1.5, 1e20);
const instant = fc.constantFrom(
  '2021-01-01T00:00:00Z',
  '2021-01-01T01:00:00+01:00',
  '2021-01-01T00:00:00.0000001Z',
  '2020-12-31T23:59:59.9999999Z',
  '0001-01-03T00:00:00.0000000Z',
);

const sometimes = <T extends ScimValue>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const resource: fc.Arbitrary<ScimObject> = fc
  .record({
    label: sometimes(text),
    code: sometimes(text),
    active: sometimes(fc.boolean()),
    size: sometimes(integer),
    score: sometimes(decimal),
    born: sometimes(instant),
    name: sometimes(fc.record({ given: sometimes(text), family: sometimes(text) }).map(compact)),
    tags: sometimes(fc.array(text, { minLength: 1, maxLength: 3 })),
    emails: sometimes(
      fc.array(
        fc.record({ value: sometimes(text), type: sometimes(text), primary: sometimes(fc.boolean()) }).map(compact),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    ),
    [EXT]: sometimes(fc.record({ dept: sometimes(text), rank: sometimes(integer) }).map(compact)),
  })
  .map(compact);

function compact(object: Readonly<Record<string, ScimValue | undefined>>): ScimObject {
  const draft: ScimDraft = {};
  for (const [name, value] of Object.entries(object)) if (value !== undefined) draft[name] = value;
  return draft;
}

const textOps = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
const orderOps = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;

function comparison(
  path: string,
  operators: readonly CompareOperator[],
  values: fc.Arbitrary<string>,
  kind: 'string' | 'number' | 'boolean',
): fc.Arbitrary<FilterNode> {
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom(...operators), values)
        .map(([operator, value]): FilterNode => ({ kind: 'compare', path, operator, value: { kind, text: value } })),
    },
    { weight: 1, arbitrary: fc.constant<FilterNode>({ kind: 'present', path }) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom<CompareOperator>('eq', 'ne')
        .map((operator): FilterNode => ({ kind: 'compare', path, operator, value: { kind: 'null', text: 'null' } })),
    },
  );
}

const numberText = fc.oneof(integer, decimal, fc.constantFrom(1e300, -1e300, 0.5)).map(String);
const booleanText = fc.boolean().map(String);
const texts = (path: string) => comparison(path, textOps, text, 'string');

const elementTerm = fc.oneof(
  texts('value'),
  texts('TYPE'),
  comparison('primary', ['eq', 'ne'], booleanText, 'boolean'),
);

const term: fc.Arbitrary<FilterNode> = fc.oneof(
  ...['label', 'code', 'name.given', 'name.FAMILY', 'tags', 'emails', 'emails.type', `${EXT}:dept`, 'unknown'].map(
    texts,
  ),
  comparison('active', ['eq', 'ne'], booleanText, 'boolean'),
  comparison('emails.primary', ['eq', 'ne'], booleanText, 'boolean'),
  comparison('size', orderOps, numberText, 'number'),
  comparison(`${EXT}:rank`, orderOps, numberText, 'number'),
  comparison('score', orderOps, numberText, 'number'),
  comparison('born', orderOps, instant, 'string'),
  fc.constantFrom<FilterNode>({ kind: 'present', path: 'name' }, { kind: 'present', path: EXT }),
  fc
    .tuple(fc.constantFrom('emails', 'tags'), logic(elementTerm, 2), fc.option(elementTerm, { nil: undefined }))
    .map(([path, filter, condition]): FilterNode => {
      const simple = path === 'tags';
      const followed = condition?.kind === 'compare' || condition?.kind === 'present' ? condition : undefined;
      return {
        kind: 'valuePath',
        path,
        filter: simple
          ? { kind: 'compare', path: 'value', operator: 'co', value: { kind: 'string', text: 'a' } }
          : filter,
        condition: simple ? undefined : followed,
      };
    }),
  logic(texts('given'), 1).map(
    (filter): FilterNode => ({ kind: 'valuePath', path: 'name', filter, condition: undefined }),
  ),
);

function logic(leaf: fc.Arbitrary<FilterNode>, maxDepth: number): fc.Arbitrary<FilterNode> {
  return fc.letrec<{ node: FilterNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth, depthIdentifier: fc.createDepthIdentifier() },
      leaf,
      fc
        .tuple(fc.constantFrom<'and' | 'or'>('and', 'or'), fc.array(tie('node'), { minLength: 2, maxLength: 3 }))
        .map(([kind, operands]): FilterNode => ({ kind, operands })),
      tie('node').map((operand): FilterNode => ({ kind: 'not', operand })),
    ),
  })).node;
}

const filter = logic(term, 3);

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

/** The same things for every engine, rich in letters whose case is not plain. */
const things: readonly ScimObject[] = fc.sample(resource, { numRuns: 60, seed: 11 });

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
