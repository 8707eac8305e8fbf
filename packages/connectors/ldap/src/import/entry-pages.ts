import type { CSEntryChange, Partition, Schema } from '@joinery/connector';
import { problem } from '@joinery/problems';
import type { Connection } from '../connection/connection.ts';
import type { LdapContext } from '../context.ts';
import type { SearchRequest } from '../protocol/request.ts';
import { assertReadable, assertThere } from './base-check.ts';
import { planEntries } from './entry-plan.ts';
import { EntryReader } from './entry-reader.ts';
import type { Remainder } from './entry-values.ts';
import { importFilter } from './import-filter.ts';
import { importScopes, isWanted } from './partitions.ts';
import { readRemainder } from './remainder.ts';
import { searchInPages } from './search-pages.ts';

/** What a reading of the whole directory is told. */
export interface ReadingOrder {
  /** Only what is selected, with the anchors. */
  readonly schema: Schema;
  readonly pageSize: number;
  readonly partition: Partition | undefined;
}

/**
 * Every entry of the selected types in the selected partitions, a page at a time: scope after scope on one connection, since some servers
 * allow one paged search on each (LDAP sheet 4.3). What it yields is complete when it ends by itself and worth nothing when it throws.
 * @throws LDAP_BASE_MISSING, LDAP_BASE_UNREADABLE, LDAP_REFERRAL, LDAP_SEARCH_LIMITED, LDAP_SEARCH_REFUSED, LDAP_CONNECTION_LOST, …
 */
export async function* entryPages(
  context: LdapContext,
  connection: Connection,
  order: ReadingOrder,
  signal: AbortSignal,
): AsyncGenerator<readonly CSEntryChange[], void, undefined> {
  const { schema, pageSize, partition } = order;
  if (schema.types.length === 0) throw problem('CONNECTOR_SELECTION_INVALID', 'No object type is selected.');
  const scopes = importScopes(context, partition);
  if (scopes.length === 0) {
    throw problem('LDAP_BASE_MISSING', 'The server announces no partition with people, and none is configured.');
  }
  const plan = planEntries(context, schema);
  const reader = new EntryReader(context, plan);
  const filter = importFilter(context, plan);
  const references = { count: 0, first: '' };
  for (const scope of scopes) await assertThere(context, connection, scope, signal);
  for (const scope of scopes) {
    const request: SearchRequest = { base: scope.base, scope: 'sub', filter, attributes: plan.requested };
    let met = 0;
    let page: CSEntryChange[] = [];
    let unfinished: { readonly dn: string; readonly remainder: Remainder }[] = [];
    const sink = {
      onEntry: (bytes: Buffer, start: number, end: number): void => {
        met += 1;
        const entry = reader.read(bytes, start, end);
        if (entry?.dn === undefined || !isWanted(scope, entry.dn)) return;
        page.push(entry);
        for (const remainder of reader.remainders) unfinished.push({ dn: entry.dn, remainder });
      },
      onReference: ([url = '']: readonly string[]): void => {
        if (references.count === 0) references.first = url;
        references.count += 1;
      },
    };
    for await (const _ of searchInPages({ context, connection, request, pageSize, sink, signal })) {
      for (const { dn, remainder } of unfinished) {
        await readRemainder(context, connection, reader, dn, remainder, signal);
      }
      const ready = page;
      page = [];
      unfinished = [];
      // Without paging all entries come at once; pages larger than asked for are nobody's.
      for (let at = 0; at < ready.length; at += pageSize) {
        yield ready.length <= pageSize ? ready : ready.slice(at, at + pageSize);
      }
    }
    if (met === 0) await assertReadable(context, connection, scope, signal);
  }
  if (references.count > 0) {
    context.logger.info(
      references,
      'the server refers to other servers for parts of the directory; they were not read',
    );
  }
}
