import type { FastifyInstance } from 'fastify';
import type { ScimFetch } from '../client/fetch.ts';

/** A `fetch` that hands its requests to a fastify instance in this process: the client's whole path without a socket. */
export function createInProcessFetch(app: Pick<FastifyInstance, 'inject'>): ScimFetch {
  return async (url, { method, headers, body, signal }) => {
    signal.throwIfAborted();
    const { pathname, search, host } = new URL(url);
    const answer = await app.inject({
      method: methodOf(method),
      url: pathname + search,
      headers: { host, ...headers },
      signal,
      ...(body === undefined ? {} : { payload: body }),
    });
    return {
      status: answer.statusCode,
      headers: {
        get(name) {
          const value = answer.headers[name.toLowerCase()];
          return value === undefined ? null : String(value);
        },
      },
      text: async () => answer.payload,
    };
  };
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

function methodOf(name: string): (typeof methods)[number] {
  const method = methods.find((each) => each === name);
  if (method === undefined) throw new TypeError(`SCIM has no method ${name}.`);
  return method;
}
