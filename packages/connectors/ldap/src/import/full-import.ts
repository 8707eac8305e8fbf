import type { CSEntryChange, ImportPage, ImportRun, ImportStep } from '@joinery/connector';
import type { Connection } from '../connection/connection.ts';
import type { LdapContext } from '../context.ts';
import { firstWatermark } from './delta/first-watermark.ts';
import { entryPages } from './entry-pages.ts';
import { pageSizeOf } from './page-size.ts';
import { PagesAhead } from './pages-ahead.ts';

/**
 * Opens a full import (LDAP sheet 4.1 to 4.6): every entry of the selected types, on a connection of its own, since a cookie is worth
 * nothing on another one. Whatever keeps the reading from being complete makes the run fail; it is never taken for the whole.
 *
 * The watermark is taken before the first entry is read, so that a delta import sees everything that changes meanwhile.
 * @throws LDAP_SERVER_UNREACHABLE, LDAP_BIND_REFUSED, …; `getEntries` throws what {@link entryPages} throws
 */
export async function fullImport(context: LdapContext, step: ImportStep, signal: AbortSignal): Promise<ImportRun> {
  const connection = await context.directory.connect('import', signal);
  try {
    const watermark = await firstWatermark(context, connection, signal);
    return new FullImport(context, step, connection, watermark);
  } catch (error) {
    await connection[Symbol.asyncDispose]();
    throw error;
  }
}

class FullImport implements ImportRun {
  readonly #connection: Connection;
  readonly #pages: PagesAhead<readonly CSEntryChange[]>;
  readonly #watermark: string | undefined;

  constructor(context: LdapContext, step: ImportStep, connection: Connection, watermark: string | undefined) {
    const order = { schema: step.schema, pageSize: pageSizeOf(context, step.pageSize), partition: step.partition };
    this.#connection = connection;
    this.#pages = new PagesAhead((lifetime) => entryPages(context, connection, order, lifetime));
    this.#watermark = watermark;
  }

  async getEntries(signal: AbortSignal): Promise<ImportPage> {
    const page = await this.#pages.next(signal);
    return page === undefined ? { entries: [], moreToImport: false } : { entries: page, moreToImport: true };
  }

  async close(reason: string): Promise<{ readonly watermark?: string }> {
    const whole = await this.#pages.end();
    await this.#connection[Symbol.asyncDispose]();
    const trusted = reason === 'Normal' && whole && this.#watermark !== undefined;
    return trusted ? { watermark: this.#watermark } : {};
  }
}
