import { readSearchRequest, resolveListQuery, resolveProjection } from '../../messages/list-request.ts';
import { listResponse } from '../../messages/list-response.ts';
import { hiding } from '../../resource/project.ts';
import type { ResourceType } from '../../schema/resource-type.ts';
import { bodyOf, callOf, refuseMethod, type ScimRequest, send } from '../request.ts';
import { renderResource } from './render.ts';

/**
 * `POST /.search` and `POST /Users/.search` (RFC 7644 3.4.3). At the root the types follow one another, so that pages run on
 * from one type into the next.
 */
export async function answerSearch(scim: ScimRequest, types: readonly ResourceType[]): Promise<void> {
  if (scim.request.method !== 'POST') return refuseMethod(scim, 'POST');
  const { storage, limits, base } = scim.context;
  const request = readSearchRequest(bodyOf(scim));
  const address = base(scim.request);
  const resources: string[] = [];
  let before = 0;
  let first = 1;
  for (const type of types) {
    const query = resolveListQuery(request, type, limits);
    const projection = resolveProjection(request, type);
    first = query.startIndex;
    const page = await storage.list(
      type,
      { ...query, startIndex: Math.max(1, first - before), count: query.count - resources.length },
      callOf(scim, hiding(projection)),
    );
    for (const stored of page.resources) resources.push(renderResource(stored, type, address, projection));
    before += page.totalResults;
  }
  return send(scim, 200, listResponse(before, first, resources));
}
