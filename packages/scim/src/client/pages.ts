import { problem } from '@joinery/problems';
import type { ScimObject } from '../value.ts';
import { anyCase } from './answer.ts';
import type { ScimPage, ScimQuery } from './client-types.ts';

/**
 * Every resource of a query, page by page (RFC 7644 3.4.2.4). A target may answer fewer than asked for, and its total may change
 * on the way; a page that repeats the one before, or is empty before the end, is refused instead of looping.
 * Only the ids of one page are remembered.
 * @throws SCIM_TARGET_PAGING
 */
export async function* allPages(
  page: (query: ScimQuery) => Promise<ScimPage>,
  query: ScimQuery,
  place: string,
): AsyncGenerator<ScimObject> {
  let startIndex = query.startIndex ?? 1;
  let previous: ReadonlySet<string> = new Set();
  for (;;) {
    const { totalResults, resources } = await page({ ...query, startIndex });
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
