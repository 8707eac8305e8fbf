import type { SearchSink } from '../connection/connection.ts';
import { pagedResults, readPagedResults } from '../protocol/control/paged-results.ts';
import { assertComplete } from './search-failure.ts';
import type { PagedSearch } from './search-pages.ts';

/**
 * A search by paged results (RFC 2696). Only an empty cookie ends it: a page may be empty while there is more (behaviour L23). A server
 * that answers without the control has sent everything.
 */
export async function* cookiePages(search: PagedSearch): AsyncGenerator<void, void, undefined> {
  const { context, connection, request, pageSize, sink, signal } = search;
  let met = 0;
  const onEntry: SearchSink['onEntry'] = (bytes, start, end) => {
    met += 1;
    sink.onEntry(bytes, start, end);
  };
  let cookie = new Uint8Array();
  do {
    const controls = [...(search.controls ?? []), pagedResults(pageSize, cookie)];
    const result = await connection.search(request, { ...sink, onEntry, controls }, signal);
    assertComplete(context, result, request.base, met);
    cookie = Uint8Array.from(readPagedResults(result.controls)?.cookie ?? []);
    yield;
  } while (cookie.length > 0);
}
