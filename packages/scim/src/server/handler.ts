import { problem } from '@joinery/problems';
import { silentLogger, systemClock } from '@joinery/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ResourceType } from '../schema/resource-type.ts';
import { checkAccept } from './accept.ts';
import type { ServerContext } from './context.ts';
import { defaultScimLimits } from './limits.ts';
import { baseAddress } from './location.ts';
import type { ScimServerOptions } from './options.ts';
import { decodeSegment, segmentsOf } from './path.ts';
import type { ScimRequest } from './request.ts';
import { answerBulk } from './routes/bulk.ts';
import { answerCollection } from './routes/collection.ts';
import { answerDiscovery, discoveryEndpoints } from './routes/discovery.ts';
import { answerMe } from './routes/me.ts';
import { answerResource } from './routes/resource.ts';
import { answerSearch } from './routes/search.ts';
import type { MaybePromise } from './storage.ts';

/**
 * Answers one SCIM request whose body is the text of the body, see `readScimBodies`. Throws, or its promise does, what is to become an error.
 * @param path the raw path below the SCIM root, e.g. `/Users/a%20b`, without the query
 */
export type ScimHandler = (request: FastifyRequest, reply: FastifyReply, path: string) => MaybePromise<void>;

/**
 * The SCIM endpoints as one function, for servers that choose the root at run time. Segments of the path are matched without
 * regard to case, ids exactly; a slash at the end does no harm.
 * @param prefix path of the SCIM root, for addresses made from the Host header
 */
export function createScimHandler(options: ScimServerOptions, prefix: string): ScimHandler {
  const byEndpoint = new Map<string, ResourceType>();
  for (const type of options.resourceTypes) byEndpoint.set(type.endpoint.replace(/^\//, '').toLowerCase(), type);
  const context: ServerContext = {
    resourceTypes: options.resourceTypes,
    storage: options.storage,
    limits: { ...defaultScimLimits, ...options.limits },
    clock: options.clock ?? systemClock,
    base: baseAddress(options.baseUrl, prefix),
    patchAnswers: options.patchAnswers ?? ((type) => (type.name === 'Group' ? 'nothing' : 'resource')),
    documentationUri: options.documentationUri,
    patchSchemasOptional: options.patchSchemasOptional ?? false,
    me: options.me,
    logger: options.logger ?? silentLogger,
    typeAt: (name) => byEndpoint.get(name.toLowerCase()),
  };
  // Most requests match by filter, in the spelling of the documents: one look-up finds their endpoint.
  const byPath = new Map(options.resourceTypes.map((type) => [type.endpoint, type]));

  return (request, reply, path) => {
    checkAccept(request.headers.accept);
    const collection = byPath.get(path);
    if (collection !== undefined) return answerCollection({ request, reply, context }, collection);
    const [first = '', second, ...rest] = segmentsOf(path);
    const scim: ScimRequest = { request, reply, context };
    const name = first.toLowerCase();
    const type = context.typeAt(name);
    if (type !== undefined && rest.length === 0) {
      if (second === undefined) return answerCollection(scim, type);
      if (second.toLowerCase() === '.search') return answerSearch(scim, [type]);
      return answerResource(scim, type, decodeSegment(second));
    }
    if (discoveryEndpoints.has(name) && rest.length === 0) {
      return answerDiscovery(scim, name, second === undefined ? undefined : decodeSegment(second));
    }
    if (name === '.search' && second === undefined) return answerSearch(scim, options.resourceTypes);
    if (name === 'me' && second === undefined) return answerMe(scim);
    if (name === 'bulk' && second === undefined) return answerBulk(scim);
    throw problem('SCIM_NOT_FOUND', 'There is no such endpoint.', { place: path.slice(0, 200) || '/' });
  };
}
