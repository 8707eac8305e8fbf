import { problem } from '@joinery/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseJson } from '../json/parse.ts';
import { type ListRequest, readQueryString } from '../messages/list-request.ts';
import type { ScimValue } from '../value.ts';
import { RequestCall } from './call.ts';
import type { ServerContext } from './context.ts';
import type { ScimCall } from './storage.ts';

/** One request on its way through the server. */
export interface ScimRequest {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly context: ServerContext;
}

export const scimMediaType = 'application/scim+json; charset=utf-8';

/** The query string, read by SCIM's rules rather than fastify's: `+`, letter case and unknown names matter. */
export function queryOf({ request }: ScimRequest): ListRequest {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  return mark < 0 ? {} : readQueryString(url.slice(mark + 1));
}

/** The JSON of the body. @throws SCIM_BODY_SYNTAX, SCIM_BODY_LIMIT */
export function bodyOf({ request }: ScimRequest): ScimValue {
  if (typeof request.body === 'string' && request.body !== '') return parseJson(request.body);
  throw problem('SCIM_BODY_SYNTAX', 'The request has no body.', { place: 'body' });
}

/** @param conditions what the answer will not show, and the version that must still be the current one */
export function callOf(
  { reply, context }: ScimRequest,
  conditions: Pick<ScimCall, 'ifMatch' | 'hides'> = {},
): RequestCall {
  return new RequestCall(reply, context.clock, context.limits.requestMs, conditions);
}

/** @throws SCIM_METHOD_NOT_ALLOWED, with the Allow header set */
export function refuseMethod({ request, reply }: ScimRequest, allowed: string): never {
  reply.header('allow', allowed);
  throw problem('SCIM_METHOD_NOT_ALLOWED', `${request.method} is not possible here, only ${allowed}.`, {
    place: request.raw.url?.split('?')[0]?.slice(0, 200) ?? '',
  });
}

/**
 * Sends an answer. Nothing is returned on purpose: fastify's reply is a thenable, and an async function that returns it waits for
 * the socket's end at every level, which costs more than the whole rest of an indexed read.
 */
export function send({ reply }: ScimRequest, status: number, json: string): void {
  void reply.code(status).header('content-type', scimMediaType).send(json);
}

/** Sends an answer without a body. */
export function sendNothing({ reply }: ScimRequest, status: 204 | 304): void {
  void reply.code(status).send();
}
