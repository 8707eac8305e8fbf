import { problem } from '@joinery/problems';
import { BerReader } from '../protocol/ber-reader.ts';
import { readSortResult, serverSideSort } from '../protocol/control/server-side-sort.ts';
import { type ListView, readListView, virtualListView } from '../protocol/control/virtual-list-view.ts';
import type { LdapResult } from '../protocol/result.ts';
import type { PagedSearch } from './paged-search.ts';
import { assertComplete } from './search-failure.ts';

/** What lists are sorted by, the first that the server can sort by: not every attribute has an ordering rule (LDAP sheet 4.3). */
const sortAttributes = ['entryUUID', 'nsUniqueId', 'cn', 'uid', 'sAMAccountName', 'sn'];
/** inappropriateMatching and unwillingToPerform: how servers refuse an attribute to sort by. */
const notSortable: ReadonlySet<number> = new Set([18, 53]);

/**
 * A search by windows on a sorted list (draft-ietf-ldapext-ldapv3-vlv-09), for servers without paged results. A window begins with the last
 * entry of the one before: where that is another one by now, the list has shifted and somebody may have been passed over.
 * @throws LDAP_READ_INCONSISTENT for a list that has shifted
 */
export async function* listViewPages(search: PagedSearch): AsyncGenerator<void, void, undefined> {
  const { context, request, pageSize } = search;
  const attributes = sortAttributes.filter((name) => context.schema.attributeType(name) !== undefined);
  let sortBy = attributes.shift() ?? 'cn';
  let met = 0;
  let last: string | undefined;
  let view: ListView | undefined;
  do {
    const window = await readWindow(search, sortBy, met, view, last);
    const { result } = window;
    const sorted = readSortResult(result.controls)?.code ?? 0;
    const other = met === 0 && (notSortable.has(result.code) || sorted !== 0) ? attributes.shift() : undefined;
    if (other !== undefined && window.count === 0) {
      sortBy = other;
      continue;
    }
    met += window.count;
    assertComplete(context, result, request.base, met);
    view = readListView(result.controls);
    if (view === undefined) {
      if (last !== undefined) throw shifted(request.base);
      // Without an answer about the list the server has ignored the window and sent everything.
      return yield;
    }
    if (view.code !== 0) assertComplete(context, { ...result, code: view.code }, request.base, met);
    if (window.count === 0 && met < view.count) throw shifted(request.base);
    last = window.last;
    yield;
  } while (view === undefined || met < view.count);

  async function readWindow(
    { connection, sink, signal }: PagedSearch,
    attribute: string,
    before: number,
    known: ListView | undefined,
    expected: string | undefined,
  ): Promise<{ readonly result: LdapResult; readonly count: number; readonly last: string | undefined }> {
    const overlap = expected === undefined ? 0 : 1;
    const controls = [
      ...(search.controls ?? []),
      serverSideSort([{ attribute }]),
      virtualListView({
        before: overlap,
        after: pageSize - 1,
        offset: before + 1,
        count: known?.count ?? 0,
        context: known?.context,
      }),
    ];
    let name = expected;
    let received = 0;
    const onEntry = (bytes: Buffer, start: number, end: number): void => {
      name = new BerReader(bytes, start, end).text();
      received += 1;
      if (received > overlap) sink.onEntry(bytes, start, end);
      else if (name !== expected) throw shifted(request.base);
    };
    const result = await connection.search(request, { ...sink, onEntry, controls }, signal);
    return { result, count: Math.max(0, received - overlap), last: name };
  }
}

function shifted(base: string): Error {
  return problem('LDAP_READ_INCONSISTENT', `Entries below "${base}" came or went while they were read.`, {
    place: base,
  });
}
