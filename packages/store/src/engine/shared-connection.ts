import { isProblem } from '@joinery/problems';
import type { Logger } from '@joinery/runtime';
import pg from 'pg';
import { fromSqlError } from '../sql-error.ts';
import type { LookupStatement } from './engine.ts';

/** Look-ups on their way at most: a slow one, or a connection that hangs, holds up no more than these. */
const mostOnTheWay = 64;

/**
 * One connection to PostgreSQL that all look-ups share. They leave in batches: one goes at once where none is on its way, and while a batch
 * is unanswered whatever else comes is the next one. Writing and reading cost a short look-up more than its work, and a batch is written
 * once: of 16 at a time each costs this process 13 µs instead of 38, of one at a time no more than on a connection of the pool.
 * Each is a transaction of its own, as there, and fails alone.
 */
export class SharedConnection {
  readonly #settings: pg.ClientConfig;
  readonly #logger: Logger;
  #line: Line | undefined;
  #opening: Promise<void> | undefined;
  #closed = false;

  constructor(settings: pg.ClientConfig, logger: Logger) {
    this.#settings = settings;
    this.#logger = logger;
  }

  /** The texts that the statement selects; undefined where it must be asked another way: while there is no connection, or too much on it. */
  ask(statement: LookupStatement): Promise<readonly string[]> | undefined {
    if (this.#line === undefined) {
      if (!this.#closed) this.#opening ??= this.#open();
      return undefined;
    }
    return this.#line.isFull ? undefined : this.#line.ask(statement);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#opening;
    await this.#line?.client.end();
  }

  async #open(): Promise<void> {
    const client = new pg.Client({ ...this.#settings, pipeline: true });
    const drop = (): void => {
      if (this.#line?.client === client) this.#line = undefined;
    };
    // The look-ups that it breaks report the fault; the next one opens another connection.
    client.on('error', drop);
    client.on('end', drop);
    try {
      await client.connect();
      this.#line = new Line(client, drop);
    } catch (error) {
      this.#logger.debug({ error }, 'the connection for look-ups could not be opened; they use the others');
    } finally {
      this.#opening = undefined;
    }
  }
}

/** An open connection and the look-ups on it. */
class Line {
  readonly client: pg.Client;
  readonly #waiting: (() => void)[] = [];
  readonly #drop: () => void;
  #unanswered = 0;

  /** @param drop called when the connection is no longer good for more */
  constructor(client: pg.Client, drop: () => void) {
    this.client = client;
    this.#drop = drop;
  }

  get isFull(): boolean {
    return this.#waiting.length + this.#unanswered >= mostOnTheWay;
  }

  ask(statement: LookupStatement): Promise<readonly string[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() =>
        this.client.query<[string]>(statement, (error, answer) => {
          // A server that ends says so before it closes the connection.
          if (error && isProblem(fromSqlError(error), 'STORE_UNAVAILABLE')) this.#drop();
          this.#unanswered--;
          if (this.#unanswered === 0) this.#sendWaiting();
          if (error) reject(error);
          else resolve(answer.rows.map(([text]) => text));
        }),
      );
      if (this.#unanswered === 0) this.#sendWaiting();
    });
  }

  #sendWaiting(): void {
    const batch = this.#waiting.splice(0);
    this.#unanswered = batch.length;
    const { stream } = this.client.connection;
    stream.cork();
    for (const send of batch) send();
    stream.uncork();
  }
}
