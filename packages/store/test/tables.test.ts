import { sql } from 'drizzle-orm';
import { bigint, boolean, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forEachDatabase } from '../../../testing/databases.ts';
import {
  assertTablesMatch,
  bytea,
  changedXact,
  exactJsonb,
  insertBatch,
  parseJson,
  stringifyJson,
} from '../src/index.ts';

const things = pgTable('things', {
  id: uuid().primaryKey(),
  label: text(),
  size: integer().notNull(),
  big: bigint({ mode: 'bigint' }),
  active: boolean().notNull().default(true),
  tags: text().array(),
  raw: bytea(),
  data: exactJsonb('data'),
  plain: jsonb(),
  at: timestamp({ withTimezone: true, mode: 'date' }),
  changed: changedXact(),
});

const CREATE = sql`create table things (id uuid primary key, label text, size int not null, big bigint,
  active boolean not null default true, tags text[], raw bytea, data jsonb, plain jsonb, at timestamptz,
  changed_xact xid8 not null default pg_current_xact_id())`;

const thing = {
  id: '00000000-0000-4000-8000-000000000001',
  label: 'Ørsted "{\\},\n\' 名 NULL',
  size: -3,
  big: 9_223_372_036_854_775_807n,
  active: false,
  tags: ['a', 'with "quotes", and {braces}', 'NULL', ''],
  raw: new Uint8Array([0, 1, 92, 255]),
  data: { id: 9_223_372_036_854_775_807n, small: 1, text: '9223372036854775807', list: [1.5, null] },
  plain: { a: [1, 'x'] },
  at: new Date('2026-01-02T03:04:05.678Z'),
};
const empty = { ...thing, label: null, big: null, tags: null, raw: null, data: null, plain: null, at: null };
const columns = ['id', 'label', 'size', 'big', 'active', 'tags', 'raw', 'data', 'plain', 'at'] as const;

forEachDatabase((_name, open) => {
  describe('values', () => {
    test('come back exactly, written by Drizzle or as a batch', async () => {
      const database = await open();
      await database.drizzle.execute(CREATE);
      const second = { ...thing, id: '00000000-0000-4000-8000-000000000002' };
      const third = { ...empty, id: '00000000-0000-4000-8000-000000000003' };
      await database.drizzle.insert(things).values(thing);
      expect(await insertBatch(database.drizzle, things, { columns, rows: [second, third] })).toBe(2);
      const rows = await database.drizzle.select().from(things).orderBy(things.id);
      const found = rows.map(({ changed, raw, ...row }) => ({ ...row, raw: raw && new Uint8Array(raw) }));
      expect(found).toEqual([thing, second, third]);
      expect(rows.every((row) => row.changed > 0n)).toBe(true);
    });

    test('of a batch meet existing rows as the statement says', async () => {
      const database = await open();
      await database.drizzle.execute(CREATE);
      const batch = { columns, rows: [thing] };
      await insertBatch(database.drizzle, things, batch);
      const twice = insertBatch(database.drizzle, things, batch);
      await expect(twice).rejects.toMatchObject({ code: 'STORE_UNIQUE_VIOLATION' });
      const onConflict = sql`on conflict (id) do nothing`;
      expect(await insertBatch(database.drizzle, things, { ...batch, onConflict })).toBe(0);
      expect(await insertBatch(database.drizzle, things, { columns, rows: [] })).toBe(0);
    });

    test('of a batch of 10,000 rows go in by one statement', async () => {
      const database = await open();
      await database.drizzle.execute(CREATE);
      const rows = Array.from({ length: 10_000 }, () => ({ ...thing, id: crypto.randomUUID() }));
      expect(await insertBatch(database.drizzle, things, { columns, rows })).toBe(10_000);
    });

    test('move a row to a new place in the feed when Drizzle updates it', async () => {
      const database = await open();
      await database.drizzle.execute(CREATE);
      const [before] = await database.drizzle.insert(things).values(thing).returning();
      const [after] = await database.drizzle.update(things).set({ size: 4 }).returning();
      expect(after?.changed).toBeGreaterThan(before?.changed ?? 0n);
    });
  });

  describe('the comparison of tables', () => {
    test('passes where declaration and database agree', async () => {
      const database = await open();
      await database.drizzle.execute(CREATE);
      await assertTablesMatch(database, [things]);
    });

    test('names every difference', async () => {
      const database = await open();
      await database.drizzle.execute(CREATE);
      await database.drizzle.execute(
        sql`alter table things drop column raw, alter size drop not null, alter big type int, add extra int not null`,
      );
      const absent = pgTable('absent', { id: text() });
      await expect(assertTablesMatch(database, [things, absent])).rejects.toMatchObject({
        code: 'STORE_TABLE_MISMATCH',
        detail: [
          'things.size is nullable, declared otherwise.',
          'things.big is integer, declared bigint.',
          'things.raw is missing.',
          'things.extra needs a value and is not declared.',
          'There is no table absent.',
        ].join(' '),
      });
    });
  });
});

describe('JSON text', () => {
  const integers = fc.oneof(fc.bigInt(), fc.integer().map(BigInt));
  const values = fc.letrec((tie) => ({
    value: fc.oneof(fc.string(), fc.boolean(), fc.constant(null), integers, tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  })).value;

  /** Integers that a double holds exactly are numbers on the way back. */
  const settle = (value: unknown): unknown => {
    if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    if (Array.isArray(value)) return value.map(settle);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, settle(part)]));
  };

  test('keeps every integer exact, whatever its length', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(parseJson(stringifyJson(value))).toEqual(settle(value));
      }),
    );
  });
});
