import { problem } from '@joinery/problems';
import type { Fetch } from '@joinery/runtime';

/** A JSON object of a Graph answer. */
export type GraphObject = Readonly<Record<string, unknown>>;

/** The few Graph calls the demo makes, as any Graph client would make them. Paths are relative to the service's root. */
export interface Graph {
  get(path: string, signal: AbortSignal): Promise<GraphObject>;
  post(path: string, body: GraphObject, signal: AbortSignal): Promise<GraphObject>;
  put(path: string, body: GraphObject, signal: AbortSignal): Promise<void>;
  patch(path: string, body: GraphObject, signal: AbortSignal): Promise<void>;
  delete(path: string, signal: AbortSignal): Promise<void>;
  /** Every item of a paged collection, by `@odata.nextLink`. */
  items(path: string, signal: AbortSignal): AsyncIterable<GraphObject>;
}

/**
 * A Graph client for one service.
 * @param fetch trusts the service's certificate
 * @throws CLI_SERVICE_REFUSED with the service's own code and message
 */
export function graphClient(base: string, token: string, fetch: Fetch): Graph {
  const call = async (
    method: string,
    path: string,
    body: GraphObject | undefined,
    signal: AbortSignal,
  ): Promise<GraphObject> => {
    const url = new URL(path, base);
    const response = await fetch(url, {
      method,
      signal,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === '' ? {} : objectOf(JSON.parse(text));
    if (!response.ok) {
      const error = objectOf(answer.error ?? {});
      throw problem('CLI_SERVICE_REFUSED', `${String(error.code)}: ${String(error.message)}`, {
        place: `${method} ${url.pathname}`,
      });
    }
    return answer;
  };
  return {
    get: (path, signal) => call('GET', path, undefined, signal),
    post: (path, body, signal) => call('POST', path, body, signal),
    put: async (path, body, signal) => void (await call('PUT', path, body, signal)),
    patch: async (path, body, signal) => void (await call('PATCH', path, body, signal)),
    delete: async (path, signal) => void (await call('DELETE', path, undefined, signal)),
    async *items(path, signal) {
      let next: string | undefined = path;
      while (next !== undefined) {
        const page: GraphObject = await call('GET', next, undefined, signal);
        for (const item of listOf(page.value)) yield objectOf(item);
        next = typeof page['@odata.nextLink'] === 'string' ? page['@odata.nextLink'] : undefined;
      }
    },
  };
}

/** A JSON object, or an error that says the service answered something else. */
export function objectOf(value: unknown): GraphObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw problem('CLI_SERVICE_ANSWER', `expected a JSON object, got ${JSON.stringify(value)}.`);
  }
  return Object.fromEntries(Object.entries(value));
}

/** A JSON array, or an error that says the service answered something else. */
export function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw problem('CLI_SERVICE_ANSWER', `expected a JSON array, got ${JSON.stringify(value)}.`);
  }
  return value;
}

/** A string member of an answer. */
export function textOf(answer: GraphObject, name: string): string {
  const value = answer[name];
  if (typeof value !== 'string') throw problem('CLI_SERVICE_ANSWER', `the answer has no text "${name}".`);
  return value;
}
