import type { SearchSink } from '../connection/connection.ts';
import { CONTROL } from '../detection/oids.ts';
import { cookiePages } from './cookie-pages.ts';
import { listViewPages } from './list-view-pages.ts';
import type { PagedSearch } from './paged-search.ts';
import { assertComplete } from './search-failure.ts';

/**
 * One search, a page at a time: a step ends when the entries of a page have gone to the sink. By paged results where the server has them;
 * by virtual list view and sorting where it has those (LDAP sheet 4.3: seven times as slow); else all at once, which large directories
 * refuse. The server is never given a time limit (behaviour L27).
 * @throws what `assertComplete` throws; LDAP_READ_INCONSISTENT; LDAP_CONNECTION_LOST; the signal's reason
 */
export function searchInPages(search: PagedSearch): AsyncGenerator<void, void, undefined> {
  const { controls } = search.context.profile;
  if (controls.has(CONTROL.pagedResults)) return cookiePages(search);
  if (controls.has(CONTROL.virtualListView) && controls.has(CONTROL.sort)) return listViewPages(search);
  return onePage(search);
}

async function* onePage({
  context,
  connection,
  request,
  sink,
  controls = [],
  signal,
}: PagedSearch): AsyncGenerator<void, void> {
  let met = 0;
  const onEntry: SearchSink['onEntry'] = (bytes, start, end) => {
    met += 1;
    sink.onEntry(bytes, start, end);
  };
  const result = await connection.search(request, { ...sink, onEntry, controls }, signal);
  assertComplete(context, result, request.base, met);
  yield;
}
