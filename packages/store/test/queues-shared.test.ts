import { silentLogger } from '@joinery/runtime';
import { sql } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { freshPostgres, openForTest } from '../../../testing/databases.ts';
import { openDatabase, openQueues, type QueueDefinition } from '../src/index.ts';

const soon = { timeout: 10_000, interval: 20 };

function pages(seen?: number[]): QueueDefinition<{ readonly page: number }> {
  return {
    name: 'pages',
    parse: (value) => {
      if (typeof value === 'object' && value !== null && 'page' in value && typeof value.page === 'number') {
        return { page: value.page };
      }
      throw new TypeError('not a page');
    },
    ...(seen !== undefined && { handler: async ({ payload }) => void seen.push(payload.page) }),
  };
}

describe('queues of several processes on one PostgreSQL server', () => {
  test('that start on an empty database at once all open', async () => {
    const url = await freshPostgres();
    const databases = await Promise.all(Array.from({ length: 6 }, () => openDatabase({ url }, { connections: 2 })));
    const opened = await Promise.allSettled(databases.map((database) => openQueues(database)));
    expect(opened.map(({ status }) => status)).toEqual(Array(6).fill('fulfilled'));
    for (const each of opened) if (each.status === 'fulfilled') await each.value.stop(0);
    for (const database of databases) await database.close();
  });

  test('run what another process sends within the poll interval, and what they send themselves at once', async () => {
    const url = await freshPostgres();
    const [worker, sender] = [await openForTest({ url }), await openForTest({ url })];
    const seen: number[] = [];
    const working = await openQueues(worker, { pollSeconds: 1 });
    await working.add(pages(seen));
    const sending = await openQueues(sender);
    await sending.add(pages());
    await sending.send(sender.drizzle, pages(), { page: 1 });
    await vi.waitFor(() => expect(seen).toEqual([1]), soon);
    await working.send(worker.drizzle, pages(seen), { page: 2 });
    await vi.waitFor(() => expect(seen).toEqual([1, 2]), soon);
    await working.stop(1_000);
    await sending.stop(1_000);
  });

  test('that stop abort a job that takes longer, wait for its end and give it to another process', async () => {
    const url = await freshPostgres();
    const [first, second] = [await openDatabase({ url }), await openForTest({ url })];
    const lines: string[] = [];
    const note = (_fields: unknown, line?: string) => void lines.push(line ?? '');
    const logger = { ...silentLogger, warn: note, error: note };
    const stopping = await openQueues(first, { logger });
    const begun = Promise.withResolvers<void>();
    const events: string[] = [];
    const queue: QueueDefinition<{ readonly page: number }> = {
      ...pages(),
      retryDelaySeconds: 1,
      handler: async ({ signal }) => {
        begun.resolve();
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        // What a job does last still reaches the database.
        await first.drizzle.execute(sql`select 1`);
        events.push('ended');
        signal.throwIfAborted();
      },
    };
    await stopping.add(queue);
    await stopping.send(first.drizzle, queue, { page: 1 });
    await begun.promise;
    await stopping.stop(50);
    events.push('stopped');
    await first.close();
    expect(events).toEqual(['ended', 'stopped']);
    expect(lines).toEqual(['a job failed']);
    const seen: number[] = [];
    const working = await openQueues(second, { pollSeconds: 1 });
    await working.add(pages(seen));
    await vi.waitFor(() => expect(seen).toEqual([1]), soon);
    await working.stop(1_000);
  });

  test('outlive a server that ends their connections again and again', async () => {
    const url = await freshPostgres();
    const [database, other] = [await openForTest({ url }, { connections: 3 }), await openForTest({ url })];
    const seen: number[] = [];
    const queues = await openQueues(database, { pollSeconds: 0.5 });
    await queues.add({ ...pages(seen), concurrency: 3 });
    for (let round = 0; round < 40; round++) {
      await other.drizzle.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`);
    }
    await vi.waitFor(async () => {
      await queues.send(database.drizzle, pages(seen), { page: 1 });
      expect(seen).toContain(1);
    }, soon);
    await queues.stop(1_000);
  });
});
