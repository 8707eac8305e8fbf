import { problem } from '@joinery/problems';
import type { FastifyRequest } from 'fastify';
import type { ResourceType } from '../schema/resource-type.ts';
import type { StoredResource } from './storage.ts';

/** What a Host header may be (RFC 9110 7.2): a name, an IPv4 or a bracketed IPv6 address, and a port. HTTP/1.0 has none. */
const HOST = /^(?:[\w.~-]*|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/**
 * The address that the client used, up to the SCIM root. The last one is kept: clients rarely use two.
 * The function throws RUNTIME_REQUEST_MALFORMED for a Host header that is none (RFC 9112 3.2): it would get into every address.
 */
export function baseAddress(configured: string | undefined, prefix: string): (request: FastifyRequest) => string {
  if (configured !== undefined) return () => configured.replace(/\/+$/, '');
  let lastHost = '';
  let lastBase = '';
  return (request) => {
    const { host } = request;
    if (host !== lastHost) {
      if (!HOST.test(host))
        throw problem('RUNTIME_REQUEST_MALFORMED', 'The Host header is not a host.', { place: 'Host' });
      lastHost = host;
      lastBase = `${request.protocol}://${host}${prefix.replace(/\/+$/, '')}`;
    }
    return lastBase;
  };
}

export function locationOf(base: string, type: ResourceType, id: string): string {
  return `${base}${type.endpoint}/${encodeURIComponent(id)}`;
}

let lastBase = '';
let lastEscaped = '';

/** The base as it stands within a JSON string; a configured one may hold anything. Kept, as it is the same for every answer. */
function escapedBase(base: string): string {
  if (base !== lastBase) {
    lastBase = base;
    lastEscaped = JSON.stringify(base).slice(1, -1);
  }
  return lastEscaped;
}

/** The stored text with `meta.location` spliced in: `meta` is its last member, so two braces end it. */
export function withLocation(stored: StoredResource, base: string, type: ResourceType): string {
  return `${stored.json.slice(0, -2)},"location":"${locationOf(escapedBase(base), type, stored.id)}"}}`;
}
