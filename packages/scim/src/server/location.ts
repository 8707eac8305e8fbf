import type { FastifyRequest } from 'fastify';
import type { ResourceType } from '../schema/resource-type.ts';
import type { StoredResource } from './storage.ts';

/** The address that the client used, up to the SCIM root. The last one is kept: clients rarely use two. */
export function baseAddress(configured: string | undefined, prefix: string): (request: FastifyRequest) => string {
  if (configured !== undefined) return () => configured.replace(/\/+$/, '');
  let lastHost = '';
  let lastBase = '';
  return (request) => {
    const { host } = request;
    if (host !== lastHost) {
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

/** The base as it stands within a JSON string; a Host header may hold a quotation mark. Kept, as it is the same for every answer. */
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
