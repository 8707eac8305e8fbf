import { isProblem, type Problem } from '@joinery/problems';
import {
  createInProcessFetch,
  createScimClient,
  type ScimClient,
  type ScimClientOptions,
  type ScimFetch,
} from '@joinery/scim';
import { type ServerUnderTest, serve, token } from './server-under-test.ts';

export const signal = new AbortController().signal;

export interface Call {
  readonly method: string;
  readonly url: string;
  readonly body: string | undefined;
  readonly authorization: string | undefined;
}

/** A client of our own server, and what it sends. */
export async function clientOf(
  options: Partial<ScimClientOptions> = {},
): Promise<{ readonly client: ScimClient; readonly server: ServerUnderTest; readonly calls: Call[] }> {
  const server = await serve();
  const calls: Call[] = [];
  const inner = createInProcessFetch(server.app);
  const client = createScimClient({
    base: 'http://localhost/scim',
    token: () => token,
    fetch: (url, init) => {
      calls.push({ method: init.method, url, body: init.body, authorization: init.headers.authorization });
      return inner(url, init);
    },
    ...options,
  });
  return { client, server, calls };
}

/** A target that answers as told, for what no well-behaved server would. */
export function target(
  answer: (url: string, method: string) => { status: number; body?: unknown; headers?: Record<string, string> },
  options: Partial<ScimClientOptions> = {},
): ScimClient {
  const fetch: ScimFetch = async (url, { method }) => {
    const { status, body, headers = {} } = answer(url, method);
    return {
      status,
      headers: { get: (name) => headers[name.toLowerCase()] ?? null },
      text: async () => (body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)),
    };
  };
  return createScimClient({ base: 'https://target.example/scim', token: () => token, fetch, ...options });
}

/** The problem that the work ends with. */
export async function refused(run: () => Promise<unknown>): Promise<Problem> {
  try {
    await run();
  } catch (error) {
    if (isProblem(error)) return error;
    throw error;
  }
  throw new Error('It was expected to be refused.');
}
