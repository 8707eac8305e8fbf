import { getTableColumns, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { forEachDatabase, freshPostgres, openForTest } from '../../../testing/databases.ts';
import {
  changedXact,
  currentWatermark,
  type Database,
  feedStart,
  parseWatermark,
  readFeed,
  requireReachable,
  serialiseWatermark,
  type Transaction,
  type Watermark,
} from '../src/index.ts';

const people = pgTable('people', { id: text().primaryKey(), name: text().notNull(), changed: changedXact() });

async function createPeople(database: Database): Promise<void> {
  await database.drizzle.execute(sql`create table people (
    id text primary key, name text not null, changed_xact xid8 not null default pg_current_xact_id())`);
  await database.drizzle.execute(sql`create index people_feed on people (changed_xact, id)`);
}

async function write(queries: Pick<Transaction, 'insert'>, id: string, name = id): Promise<void> {
  await queries.insert(people).values({ id, name }).onConflictDoUpdate({ target: people.id, set: { name } });
}

function readPeople(database: Database, after: Watermark, limit = 100) {
  return readFeed(
    { xact: people.changed, id: people.id },
    after,
    limit,
    (condition, order, rows) =>
      database.drizzle
        .select(getTableColumns(people))
        .from(people)
        .where(condition)
        .orderBy(...order)
        .limit(rows),
    (row) => ({ xact: row.changed, id: row.id }),
  );
}

/**
 * Reads to the end of the feed, and on until `rows` were shown: the feed waits for every open transaction of the
 * server, those of the test files that run beside this one included.
 */
async function readToEnd(
  database: Database,
  after: Watermark,
  { limit = 100, rows = 0 } = {},
): Promise<{ names: string[]; watermark: Watermark }> {
  const names: string[] = [];
  let watermark = after;
  await vi.waitFor(
    async () => {
      for (;;) {
        const page = await readPeople(database, watermark, limit);
        names.push(...page.rows.map((row) => row.name));
        watermark = page.watermark;
        if (!page.more) break;
      }
      if (names.length < rows) throw new Error(`only ${names.length} of ${rows} rows yet: ${names.join()}`);
    },
    { timeout: 20_000 },
  );
  return { names, watermark };
}

forEachDatabase((_name, open) => {
  describe('a change feed', () => {
    test('shows every row once, page by page, and nothing more until something changes', async () => {
      const database = await open();
      await createPeople(database);
      await database.transaction(async (tx) => {
        for (const id of ['a', 'b', 'c', 'd', 'e']) await write(tx, id);
      });
      await write(database.drizzle, 'f');
      const first = await readToEnd(database, feedStart, { limit: 2, rows: 6 });
      expect(first.names).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
      expect((await readToEnd(database, first.watermark)).names).toEqual([]);
    });

    test('shows a changed row again, at its new place only', async () => {
      const database = await open();
      await createPeople(database);
      for (const id of ['a', 'b']) await write(database.drizzle, id);
      const { watermark } = await readPeople(database, feedStart, 1);
      await database.drizzle.update(people).set({ name: 'a2' }).where(sql`id = 'a'`);
      expect((await readToEnd(database, watermark, { rows: 2 })).names).toEqual(['b', 'a2']);
    });

    test('read from a watermark taken before a full read shows what that may have missed', async () => {
      const database = await open();
      await createPeople(database);
      await write(database.drizzle, 'before');
      const now = await currentWatermark(database.drizzle);
      await write(database.drizzle, 'after');
      expect((await readToEnd(database, now, { rows: 1 })).names).toEqual(['after']);
    });

    test('tells a watermark from the future, and takes those of the past', async () => {
      const database = await open();
      await requireReachable(database.drizzle, await currentWatermark(database.drizzle));
      const attempt = requireReachable(database.drizzle, { xact: 1n << 40n });
      await expect(attempt).rejects.toMatchObject({ code: 'STORE_WATERMARK_AHEAD' });
    });
  });
});

interface HeldOpen {
  commit(): Promise<void>;
  rollBack(): Promise<void>;
}

/** A transaction that writes and stays open until told how to end. */
async function heldOpen(database: Database, work: (tx: Transaction) => Promise<void>): Promise<HeldOpen> {
  const written = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const ended = database.transaction(async (tx) => {
    await work(tx);
    written.resolve();
    await end.promise;
  });
  await Promise.race([written.promise, ended]);
  return {
    commit() {
      end.resolve();
      return ended;
    },
    async rollBack() {
      end.reject(new Error('rolled back'));
      await expect(ended).rejects.toThrow('rolled back');
    },
  };
}

describe('a change feed with a transaction held open', () => {
  test('skips nobody who commits late, and shows nobody twice', async () => {
    const database = await openForTest({ url: await freshPostgres() });
    await createPeople(database);
    await write(database.drizzle, 'early');
    const late = await heldOpen(database, (tx) => write(tx, 'late'));
    await write(database.drizzle, 'meanwhile');

    const first = await readToEnd(database, feedStart, { rows: 1 });
    expect(first.names).toEqual(['early']);
    await late.commit();
    const second = await readToEnd(database, first.watermark, { rows: 2 });
    expect(second.names).toEqual(['late', 'meanwhile']);
    expect((await readToEnd(database, second.watermark)).names).toEqual([]);
  });

  test('is not held back by one that only reads', async () => {
    const database = await openForTest({ url: await freshPostgres() });
    await createPeople(database);
    const reader = await heldOpen(database, async (tx) => {
      await tx.select().from(people);
    });
    await write(database.drizzle, 'someone');
    expect((await readToEnd(database, feedStart, { rows: 1 })).names).toEqual(['someone']);
    await reader.commit();
  });

  test('shows each write exactly once whatever the order of starts, commits, rollbacks and reads', async () => {
    const database = await openForTest({ url: await freshPostgres() });
    await createPeople(database);
    // 0 to 3 stand for a writer, which begins its transaction, or commits it where it is open.
    const [READ, ROLL_BACK] = [4, 5];
    const plans = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 5, maxLength: 30 });
    let serial = 0;
    let committed = 0;
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 3 }), async (plan, limit) => {
        const open = new Map<number, HeldOpen & { name: string }>();
        const expected: string[] = [];
        const seen: string[] = [];
        let { watermark } = await readToEnd(database, feedStart, { limit: 1_000, rows: committed });
        const commit = async (writer: number, transaction: HeldOpen & { name: string }): Promise<void> => {
          open.delete(writer);
          await transaction.commit();
          committed++;
          expected.push(transaction.name);
        };
        for (const step of plan) {
          const writer = open.get(step);
          const [first] = open;
          if (step === READ) {
            const page = await readPeople(database, watermark, limit);
            seen.push(...page.rows.map((row) => row.name));
            watermark = page.watermark;
          } else if (step === ROLL_BACK) {
            if (first === undefined) continue;
            open.delete(first[0]);
            await first[1].rollBack();
          } else if (writer !== undefined) await commit(step, writer);
          else {
            const name = `w${serial++}`;
            open.set(step, { name, ...(await heldOpen(database, (tx) => write(tx, name))) });
          }
        }
        for (const [writer, transaction] of [...open]) await commit(writer, transaction);
        const rest = await readToEnd(database, watermark, { limit, rows: expected.length - seen.length });
        expect([...seen, ...rest.names].sort()).toEqual(expected.sort());
      }),
      { numRuns: 25 },
    );
  });
});

describe('a watermark', () => {
  const watermarks = fc.record(
    { xact: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), id: fc.string({ unit: 'grapheme' }) },
    { requiredKeys: ['xact'] },
  );

  test('comes back from its text', () => {
    fc.assert(
      fc.property(watermarks, ({ xact, id }) => {
        const watermark: Watermark = id === undefined ? { xact } : { xact, id };
        const written = serialiseWatermark(watermark);
        expect(written).toMatch(/^[\w.-]+$/);
        expect(parseWatermark(written)).toEqual(watermark);
      }),
    );
  });

  test.each(['', 'w1.', 'w1.-1', 'w1.01', 'w1.1.=', 'w1.1.A', 'w2.1', 'w1.18446744073709551616', 'w1.1.2.3', '<b>'])(
    'is not read from %j',
    (wrong) => {
      expect(() => parseWatermark(wrong)).toThrow(expect.objectContaining({ code: 'STORE_WATERMARK_INVALID' }));
    },
  );

  test('is read from foreign text or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (foreign) => {
        try {
          expect(serialiseWatermark(parseWatermark(foreign))).toBe(foreign);
        } catch (error) {
          expect(error).toMatchObject({ code: 'STORE_WATERMARK_INVALID' });
        }
      }),
    );
  });
});
