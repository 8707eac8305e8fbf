import { resolveProjection } from '../../messages/list-request.ts';
import { hiding, hidingAll } from '../../resource/project.ts';
import type { ResourceType } from '../../schema/resource-type.ts';
import { readChange } from '../change.ts';
import { entityTags, sameVersion } from '../etag.ts';
import { locationOf } from '../location.ts';
import { expectedVersion, missing } from '../precondition.ts';
import { bodyOf, callOf, queryOf, refuseMethod, type ScimRequest, send, sendNothing } from '../request.ts';
import { type MaybePromise, whenThere } from '../storage.ts';
import { renderResource } from './render.ts';

/** `/Users/{id}`: read (RFC 7644 3.4.1), replace (3.5.1), patch (3.5.2), delete (3.6), with the conditions of 3.14. */
export function answerResource(scim: ScimRequest, type: ResourceType, id: string): MaybePromise<void> {
  switch (scim.request.method) {
    case 'GET':
    case 'HEAD':
      return read(scim, type, id);
    case 'PUT':
      return write(scim, type, id, 'replace');
    case 'PATCH':
      return write(scim, type, id, 'patch');
    case 'DELETE':
      return remove(scim, type, id);
    default:
      return refuseMethod(scim, 'GET, HEAD, PUT, PATCH, DELETE');
  }
}

function read(scim: ScimRequest, type: ResourceType, id: string): MaybePromise<void> {
  const projection = resolveProjection(queryOf(scim), type);
  return whenThere(scim.context.storage.get(type, id, callOf(scim, hiding(projection))), (stored) => {
    if (stored === undefined) throw missing(type, id);
    scim.reply.header('etag', stored.version);
    const known = entityTags(scim.request.headers['if-none-match']);
    if (known === 'any' || known?.some((tag) => sameVersion(tag, stored.version)) === true) sendNothing(scim, 304);
    else send(scim, 200, renderResource(stored, type, scim.context.base(scim.request), projection));
  });
}

async function write(scim: ScimRequest, type: ResourceType, id: string, kind: 'patch' | 'replace'): Promise<void> {
  const { context } = scim;
  const projection = resolveProjection(queryOf(scim), type);
  const body = bodyOf(scim);
  const change = readChange(context, type, kind, body);
  // Asking for attributes asks for a body (RFC 7644 3.5.2).
  const silent = kind === 'patch' && projection === undefined && context.patchAnswers(type) === 'nothing';
  const call = callOf(scim, { ...(silent ? hidingAll : hiding(projection)), ...(await expected(scim, type, id)) });
  const base = context.base(scim.request);
  const stored = await context.storage.update(type, id, change, call);
  scim.reply.header('etag', stored.version).header('location', locationOf(base, type, stored.id));
  return silent ? sendNothing(scim, 204) : send(scim, 200, renderResource(stored, type, base, projection));
}

async function remove(scim: ScimRequest, type: ResourceType, id: string): Promise<void> {
  await scim.context.storage.delete(type, id, callOf(scim, await expected(scim, type, id)));
  return sendNothing(scim, 204);
}

/** The version that If-Match demands. @throws SCIM_PRECONDITION_FAILED */
function expected(
  scim: ScimRequest,
  type: ResourceType,
  id: string,
): Promise<{ readonly ifMatch: string } | undefined> {
  const tags = entityTags(scim.request.headers['if-match']);
  return expectedVersion(scim.context.storage, type, id, tags, callOf(scim, hidingAll));
}
