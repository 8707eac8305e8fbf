import type { Server } from './replay.ts';

/** What of `fetch` a conversation needs; the global one has it, and so has that of a client with its own certificates. */
export type FetchLike = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string },
) => Promise<{ status: number; headers: Iterable<[string, string]>; text(): Promise<string> }>;

/** A server at an address. @param base the SCIM root */
export function overHttp(base: string, bearer: string, fetch: FetchLike): Server {
  return {
    bearer,
    async send({ method, path, headers, body }) {
      const init = { method, headers: { ...headers }, ...(body === undefined ? {} : { body }) };
      const answer = await fetch(base + path, init);
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
    },
  };
}
