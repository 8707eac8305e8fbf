import { createServer } from 'node:net';
import { silentLogger } from '@joinery/runtime';
import { sql } from 'drizzle-orm';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { freshLocation, freshPostgres, openForTest } from '../../../testing/databases.ts';
import { temporaryFolder } from '../../../testing/folder.ts';
import { postgresqlEngine } from '../src/engine/postgresql.ts';
import { type Database, openDatabase, openQueues } from '../src/index.ts';
import { startChild, startOnSmallDisk } from './support/child.ts';

async function freshFolder(): Promise<string> {
  const location = await freshLocation('pglite');
  if (!('folder' in location)) throw new Error('PGlite lies in a folder.');
  return location.folder;
}

async function idsOf(database: Database): Promise<number[]> {
  const { rows } = await database.drizzle.execute<{ id: number }>(sql`select id from t order by id`);
  return rows.map((row) => row.id);
}

describe('the folder of the embedded database', () => {
  test('is made where there is none, and keeps its data from one opening to the next', async () => {
    const folder = `${await temporaryFolder()}/new/data`;
    const first = await openForTest({ folder });
    await first.drizzle.execute(sql`create table t as select 1 as id`);
    await first.close();
    expect(await idsOf(await openForTest({ folder }))).toEqual([1]);
  });

  test('is refused to a second opening, by this process or another, until the first lets go', async () => {
    const folder = await freshFolder();
    const child = startChild('writes-rows.ts', folder);
    await child.line();
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'STORE_FOLDER_IN_USE', place: folder });
    await child.kill();
    const database = await openForTest({ folder });
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'STORE_FOLDER_IN_USE' });
    await database.close();
    await openForTest({ folder });
  });

  test('has every row whose commit was answered, after its process was killed again and again', async () => {
    const folder = await freshFolder();
    for (const rows of [1, 57]) {
      const child = startChild('writes-rows.ts', folder);
      let last = '';
      for (let count = 0; count < rows; count++) last = await child.line();
      await child.kill();
      const database = await openForTest({ folder });
      const ids = await idsOf(database);
      expect(ids.slice(0, Number(last) + 1)).toEqual(Array.from({ length: Number(last) + 1 }, (_, id) => id));
      await database.drizzle.execute(sql`truncate t`);
      await database.close();
    }
  });

  test('on a full disk refuses the write, keeps what was committed, and opens again', async () => {
    const child = startOnSmallDisk('fills-disk.ts', await temporaryFolder(), '64m');
    const committed = await child.line();
    expect(Number(committed)).toBeGreaterThan(0);
    expect(await child.line()).toBe('STORE_DISK_FULL');
    expect(await child.line()).toBe(committed);
  });

  test('says at start that it survives the end of the process and not of the power', async () => {
    const lines: string[] = [];
    const note = (_fields: object, message: string): void => {
      lines.push(message);
    };
    const logger = { debug: note, info: note, warn: note, error: note, child: () => logger };
    const database = await openForTest({ folder: await freshFolder() }, { logger });
    expect(database.durability).toContain('not a power loss');
    expect(lines).toContain(database.durability);
  });

  test('gives the jobs of a killed process to the next one', async () => {
    const folder = await freshFolder();
    const child = startChild('works-job.ts', folder);
    await child.line();
    await child.kill();
    const queues = await openQueues(await openForTest({ folder }), { pollSeconds: 1 });
    const attempts: number[] = [];
    await queues.add({
      name: 'pages',
      parse: () => ({ page: 1 }),
      handler: async ({ attempt }) => {
        attempts.push(attempt);
      },
    });
    await vi.waitFor(() => expect(attempts).toEqual([2]), { timeout: 10_000, interval: 50 });
    await queues.stop();
  });
});

describe('a PostgreSQL server', () => {
  test('undoes the transaction of a killed process, and its locks with it', async () => {
    const url = await freshPostgres();
    const database = await openForTest({ url });
    await database.drizzle.execute(sql`create table t (id int primary key)`);
    const child = startChild('holds-transaction.ts', url);
    await child.line();
    await child.kill();
    await database.drizzle.execute(sql`insert into t values (1)`);
    expect(await idsOf(database)).toEqual([1]);
  });

  test('that ends a connection costs the transaction in it, and the next statement works', async () => {
    const url = await freshPostgres();
    const [database, other] = [await openForTest({ url }), await openForTest({ url })];
    const attempt = database.transaction(async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await other.drizzle.execute(sql`select pg_terminate_backend(${rows[0]?.pid})`);
      await tx.execute(sql`select 1`);
    });
    await expect(attempt).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    const { rows } = await database.drizzle.execute(sql`select 1 as one`);
    expect(rows).toEqual([{ one: 1 }]);
  });

  test.each([
    ['an address that is none', 'localhost:5432', 'STORE_URL_INVALID'],
    ['a port where nobody listens', 'postgres://nobody:secret@127.0.0.1:1/none', 'STORE_UNAVAILABLE'],
  ])('at %s is reported without the password', async (_what, url, code) => {
    const error: unknown = await openDatabase({ url }).catch((fault: unknown) => fault);
    expect(error).toMatchObject({ code, message: expect.not.stringContaining('secret') });
  });

  test('without the database that is asked for is reported as a refused login', async () => {
    const url = new URL(await freshPostgres());
    url.pathname = '/not_there';
    await expect(openDatabase({ url: url.href })).rejects.toMatchObject({ code: 'STORE_LOGIN_REFUSED' });
  });

  test('that goes down in the moment a connection is made is reported, and ends no process', async () => {
    const message = (type: string, ...parts: (string | number[])[]) => {
      const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
      const length = Buffer.alloc(4);
      length.writeInt32BE(body.length + 4);
      return Buffer.concat([Buffer.from(type), length, body]);
    };
    // One write: authenticated, ready, going down.
    const goodbye = Buffer.concat([
      message('R', [0, 0, 0, 0]),
      message('Z', 'I'),
      message('E', 'SFATAL\0', 'C57P01\0', 'Mterminating connection due to administrator command\0', '\0'),
    ]);
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(goodbye));
    });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    onTestFinished(() => void server.close());
    const limits = { connections: 1, statementMs: 5_000, connectMs: 5_000 };
    const engine = postgresqlEngine(`postgres://someone@127.0.0.1:${port}/any`, limits, silentLogger);
    onTestFinished(() => engine.close());
    // Handed out by a promise: the fault is there before whoever asked can listen for it.
    const client = await engine.pool.connect();
    await expect(client.query('select 1')).rejects.toThrow();
    client.release(true);
  });

  test('that does not answer is given up when the signal says so', async () => {
    const silent = await silentServer();
    const stop = new AbortController();
    const opening = openDatabase({ url: silent.url }, { signal: stop.signal });
    await silent.called;
    stop.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
  });
});

/** Takes connections and never says a word. */
async function silentServer(): Promise<{ url: string; called: Promise<void> }> {
  const called = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    called.resolve();
    onTestFinished(() => {
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No free port on the loopback interface.');
  return { url: `postgres://nobody@127.0.0.1:${address.port}/none`, called: called.promise };
}
