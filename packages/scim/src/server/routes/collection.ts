import { resolveListQuery, resolveProjection } from '../../messages/list-request.ts';
import { listResponse } from '../../messages/list-response.ts';
import { hiding } from '../../resource/project.ts';
import { validateResource } from '../../resource/validate.ts';
import type { ResourceType } from '../../schema/resource-type.ts';
import { locationOf } from '../location.ts';
import { bodyOf, callOf, queryOf, refuseMethod, type ScimRequest, send } from '../request.ts';
import { type MaybePromise, whenThere } from '../storage.ts';
import { renderResource } from './render.ts';

/** `/Users`: list (RFC 7644 3.4.2) and create (3.3). */
export function answerCollection(scim: ScimRequest, type: ResourceType): MaybePromise<void> {
  switch (scim.request.method) {
    case 'GET':
    case 'HEAD':
      return list(scim, type);
    case 'POST':
      return create(scim, type);
    default:
      return refuseMethod(scim, 'GET, HEAD, POST');
  }
}

function list(scim: ScimRequest, type: ResourceType): MaybePromise<void> {
  const { storage, limits, base } = scim.context;
  const request = queryOf(scim);
  const query = resolveListQuery(request, type, limits);
  const projection = resolveProjection(request, type);
  return whenThere(storage.list(type, query, callOf(scim, hiding(projection))), (page) => {
    const address = base(scim.request);
    const resources = page.resources.map((stored) => renderResource(stored, type, address, projection));
    send(scim, 200, listResponse(page.totalResults, query.startIndex, resources));
  });
}

async function create(scim: ScimRequest, type: ResourceType): Promise<void> {
  const { storage, base } = scim.context;
  const projection = resolveProjection(queryOf(scim), type);
  // Before the write: what is refused has changed nothing.
  const address = base(scim.request);
  const stored = await storage.create(type, validateResource(bodyOf(scim), type), callOf(scim, hiding(projection)));
  scim.reply.header('location', locationOf(address, type, stored.id)).header('etag', stored.version);
  return send(scim, 201, renderResource(stored, type, address, projection));
}
