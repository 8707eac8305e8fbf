import { problem } from '@joinery/problems';
import type { ScimObject } from '../value.ts';
import { anyCase } from './answer.ts';
import type { ScimPage, ScimQuery } from './client-types.ts';

/**
 * Every resource of a query, page by page. By index (RFC 7644 3.4.2.4) a target may answer fewer than asked for, and its total may
 * change on the way; a page that repeats the one before, or is empty before the end, is refused instead of looping. By cursor
 * (RFC 9865) cursors that go in a circle are refused. Only the ids of one page are remembered, and one cursor.
 * @throws SCIM_TARGET_PAGING
 */
export async function* allPages(
  page: (query: ScimQuery) => Promise<ScimPage>,
  query: ScimQuery,
  { paging, place }: { readonly paging: 'index' | 'cursor'; readonly place: string },
): AsyncGenerator<ScimObject> {
  const { startIndex: start = 1, ...rest } = query;
  if (paging === 'cursor') return yield* followCursors(page, rest, query.cursor ?? '', place);
  let startIndex = start;
  let previous: ReadonlySet<string> = new Set();
  for (;;) {
    const { totalResults, resources, nextCursor } = await page({ ...query, startIndex });
    if (nextCursor !== undefined) {
      yield* resources;
      return yield* followCursors(page, rest, nextCursor, place);
    }
    if (resources.length === 0 && startIndex > totalResults) return;
    if (resources.length === 0) {
      throw problem('SCIM_TARGET_PAGING', `The page at ${startIndex} of ${totalResults} is empty.`, { place });
    }
    const ids = new Set(resources.map((resource) => String(anyCase(resource, 'id'))));
    if ([...ids].some((id) => previous.has(id))) {
      throw problem('SCIM_TARGET_PAGING', `The page at ${startIndex} repeats objects of the page before.`, { place });
    }
    previous = ids;
    yield* resources;
    startIndex += resources.length;
    if (startIndex > totalResults) return;
  }
}

async function* followCursors(
  page: (query: ScimQuery) => Promise<ScimPage>,
  query: ScimQuery,
  first: string,
  place: string,
): AsyncGenerator<ScimObject> {
  // Brent's way to find a circle: one cursor is remembered, the next one twice as far away.
  let remembered: string | undefined;
  let steps = 0;
  let limit = 1;
  for (let cursor: string | undefined = first; cursor !== undefined; steps += 1) {
    if (cursor === remembered) throw problem('SCIM_TARGET_PAGING', 'The cursors go in a circle.', { place });
    if (steps === limit) {
      remembered = cursor;
      steps = 0;
      limit *= 2;
    }
    const answer: ScimPage = await page({ ...query, cursor });
    yield* answer.resources;
    cursor = answer.nextCursor;
  }
}
