import type { Connection, SearchSink } from '../connection/connection.ts';
import type { LdapContext } from '../context.ts';
import type { Control } from '../protocol/control.ts';
import type { SearchRequest } from '../protocol/request.ts';

/** Where the entries of a search go. */
export type EntrySink = Pick<SearchSink, 'onEntry' | 'onReference'>;

/** Everything that one search in pieces needs. */
export interface PagedSearch {
  readonly context: Pick<LdapContext, 'profile' | 'schema'>;
  readonly connection: Connection;
  readonly request: SearchRequest;
  readonly pageSize: number;
  readonly sink: EntrySink;
  /** Besides those of the paging. */
  readonly controls?: readonly Control[];
  readonly signal: AbortSignal;
}
