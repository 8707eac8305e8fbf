import { problem } from '@joinery/problems';
import { sql } from 'drizzle-orm';
import { TestClock } from 'pg-boss';
import { describe, expect, test, vi } from 'vitest';
import { forEachDatabase, freshLocation, openForTest } from '../../../testing/databases.ts';
import {
  type Database,
  type Job,
  openQueues,
  type QueueDefinition,
  type Queues,
  type QueuesOptions,
} from '../src/index.ts';

interface Page {
  readonly page: number;
}

function parsePage(value: unknown): Page {
  if (typeof value === 'object' && value !== null && 'page' in value && typeof value.page === 'number') {
    return { page: value.page };
  }
  throw new TypeError('not a page');
}

type Handler = (job: Job<Page>) => Promise<void>;

function pages(handler?: Handler, more: Partial<QueueDefinition<Page>> = {}): QueueDefinition<Page> {
  return { name: 'pages', parse: parsePage, ...(handler && { handler }), ...more };
}

async function using<T>(database: Database, options: QueuesOptions, work: (queues: Queues) => Promise<T>): Promise<T> {
  const queues = await openQueues(database, options);
  try {
    return await work(queues);
  } finally {
    await queues.stop(1_000);
  }
}

const soon = { timeout: 8_000, interval: 20 };

forEachDatabase((name, open) => {
  describe('queues', () => {
    test('a job sent in a transaction runs once that commits, and not when it rolls back', async () => {
      const database = await open();
      const seen: number[] = [];
      await using(database, {}, async (queues) => {
        const queue = pages(async ({ payload }) => {
          seen.push(payload.page);
        });
        await queues.add(queue);
        const failed = database.transaction(async (tx) => {
          await queues.send(tx, queue, { page: 1 });
          throw new Error('undone');
        });
        await expect(failed).rejects.toThrow('undone');
        await database.transaction(async (tx) => {
          await queues.send(tx, queue, { page: 2 });
          expect(seen).toEqual([]);
        });
        await vi.waitFor(() => expect(seen).toEqual([2]), soon);
      });
    });

    test('many jobs run one after the other without waiting for the poll interval', async () => {
      const database = await open();
      const seen: number[] = [];
      await using(database, { pollSeconds: 3_600 }, async (queues) => {
        const queue = pages(async ({ payload }) => {
          seen.push(payload.page);
        });
        await queues.add(queue);
        await database.transaction(async (tx) => {
          for (let page = 0; page < 20; page++) await queues.send(tx, queue, { page });
        });
        await vi.waitFor(() => expect(seen).toHaveLength(20), soon);
        expect(seen).toEqual(Array.from({ length: 20 }, (_, page) => page));
      });
    });

    test('a send on the outer handle inside a transaction is refused', async () => {
      const database = await open();
      await using(database, {}, async (queues) => {
        const queue = pages();
        await queues.add(queue);
        const attempt = database.transaction(() => queues.send(database.drizzle, queue, { page: 1 }));
        await expect(attempt).rejects.toMatchObject({ code: 'STORE_OUTER_QUERY_IN_TRANSACTION' });
      });
    });

    test('a queue that was not added takes nothing', async () => {
      const database = await open();
      await using(database, {}, async (queues) => {
        const attempt = queues.send(database.drizzle, pages(), { page: 1 });
        await expect(attempt).rejects.toMatchObject({ code: 'STORE_QUEUE_UNKNOWN' });
      });
    });

    test('a job whose problem is never retried goes to the dead letters at once, and can be put back', async () => {
      const database = await open();
      let broken = true;
      const seen: number[] = [];
      await using(database, {}, async (queues) => {
        const queue = pages(async ({ payload }) => {
          if (broken) throw problem('STORE_VALUE_REFUSED', 'This page is odd.');
          seen.push(payload.page);
        });
        await queues.add(queue);
        await queues.send(database.drizzle, queue, { page: 7 });
        await vi.waitFor(async () => expect(await queues.deadJobs('pages')).toHaveLength(1), soon);
        expect(await queues.deadJobs('pages')).toMatchObject([
          { payload: { page: 7 }, fault: { code: 'STORE_VALUE_REFUSED', message: 'This page is odd.' } },
        ]);
        broken = false;
        expect(await queues.redrive('pages')).toBe(1);
        await vi.waitFor(() => expect(seen).toEqual([7]), soon);
      });
    });

    test('a payload that the queue does not understand goes to the dead letters', async () => {
      const database = await open();
      await using(database, {}, async (queues) => {
        await queues.add(pages(async () => {}));
        await queues.send(database.drizzle, { name: 'pages', parse: () => ({ wrong: true }) }, { wrong: true });
        await vi.waitFor(async () => expect(await queues.deadJobs('pages')).toHaveLength(1), soon);
        expect(await queues.deadJobs('pages')).toMatchObject([{ fault: { code: 'STORE_JOB_INVALID' } }]);
      });
    });

    test('an exclusive queue takes one job of a key, and one of another', async () => {
      const database = await open();
      await using(database, {}, async (queues) => {
        const queue = pages(undefined, { policy: 'exclusive' });
        await queues.add(queue);
        expect(await queues.send(database.drizzle, queue, { page: 1 }, { key: 'a' })).toEqual(expect.any(String));
        expect(await queues.send(database.drizzle, queue, { page: 2 }, { key: 'a' })).toBeUndefined();
        expect(await queues.send(database.drizzle, queue, { page: 3 }, { key: 'b' })).toEqual(expect.any(String));
      });
    });

    test('a failed job is tried again with growing waits, then given up', async () => {
      const clock = new TestClock();
      const database = await openForTest(await freshLocation(name), { connections: 1 });
      const attempts: number[] = [];
      await using(database, { clock }, async (queues) => {
        const queue = pages(
          async ({ attempt }) => {
            attempts.push(attempt);
            throw problem('STORE_UNAVAILABLE', 'Not now.');
          },
          { retryLimit: 2, retryDelaySeconds: 60, retryDelayMaxSeconds: 600 },
        );
        await queues.add(queue);
        await queues.send(database.drizzle, queue, { page: 1 });
        await clock.tick(10_000);
        await vi.waitFor(() => expect(attempts).toEqual([1]), soon);
        await settled(database, 'retry');
        await clock.tick(20_000);
        expect(attempts).toEqual([1]);
        await clock.tick(130_000);
        await vi.waitFor(() => expect(attempts).toEqual([1, 2]), soon);
        await settled(database, 'retry');
        await clock.tick(260_000);
        await vi.waitFor(() => expect(attempts).toEqual([1, 2, 3]), soon);
        await vi.waitFor(async () => expect(await queues.deadJobs('pages')).toHaveLength(1), soon);
      });
    });

    test('a schedule sends a job when its time comes', async () => {
      const clock = new TestClock(Date.UTC(2026, 0, 1, 11, 58, 30));
      const database = await openForTest(await freshLocation(name), { connections: 1 });
      const seen: number[] = [];
      await using(database, { clock }, async (queues) => {
        await queues.add(
          pages(
            async ({ payload }) => {
              seen.push(payload.page);
            },
            { schedule: { cron: '0 12 * * *', payload: { page: 12 } } },
          ),
        );
        expect(seen).toEqual([]);
        for (let minute = 0; minute < 5 && seen.length === 0; minute++) await clock.tick(60_000);
        await vi.waitFor(() => expect(seen).toEqual([12]), soon);
      });
    });
  });
});

/** Waits until the one job of the queue is in a state. */
async function settled(database: Database, state: string): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await database.drizzle.execute(sql`select state::text from pgboss.job where name = 'pages'`);
    expect(rows).toEqual([{ state }]);
  }, soon);
}
