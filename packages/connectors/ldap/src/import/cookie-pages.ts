import { problem } from '@joinery/problems';
import type { SearchSink } from '../connection/connection.ts';
import { pagedResults, readPagedResults } from '../protocol/control/paged-results.ts';
import type { PagedSearch } from './paged-search.ts';
import { assertComplete } from './search-failure.ts';

/**
 * A search by paged results (RFC 2696). Only an empty cookie ends it: a page may be empty while there is more (behaviour L23). A server
 * that answers the first page without the control has sent everything.
 * @throws LDAP_READ_INCONSISTENT for a later page without the control: nobody can say whether it was the last
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
    const answer = readPagedResults(result.controls);
    if (answer === undefined && cookie.length > 0) {
      throw problem('LDAP_READ_INCONSISTENT', `After ${met} entries the server does not say whether there are more.`, {
        place: request.base,
      });
    }
    cookie = Uint8Array.from(answer?.cookie ?? []);
    yield;
  } while (cookie.length > 0);
}
