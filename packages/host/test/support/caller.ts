import { Agent, fetch } from 'undici';

/** The extension's URN, written out: the tests hold the wire format, not the program's constant. */
export const URN = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User';

export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
  /** The parsed body; undefined when there is none. */
  readonly body: Json;
}

/** Whatever the host answered; each assertion names the member it expects. */
export type Json = ReturnType<typeof JSON.parse>;

/** Real HTTPS with a pinned certificate. */
export class ScimCaller {
  readonly #base: string;
  readonly #token: string | undefined;
  readonly #agent: Agent;

  constructor(base: string, certificate: string, token: string | undefined) {
    this.#base = base;
    this.#token = token;
    this.#agent = new Agent({ connect: { ca: certificate } });
  }

  async request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await fetch(/^https:/.test(path) ? path : this.#base + path, {
      method,
      dispatcher: this.#agent,
      headers: {
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: text === '' ? undefined : JSON.parse(text) };
  }

  get(path: string): Promise<Answer> {
    return this.request('GET', path);
  }

  find(filter: string): Promise<Answer> {
    return this.get(`/Users?filter=${encodeURIComponent(filter)}`);
  }

  create(attributes: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<Answer> {
    return this.request('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      [URN]: attributes,
      ...more,
    });
  }

  patch(id: string, ...operations: readonly Record<string, unknown>[]): Promise<Answer> {
    return this.request('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: operations,
    });
  }

  set(id: string, attribute: string, value: unknown): Promise<Answer> {
    return this.patch(id, { op: 'Replace', path: `${URN}:${attribute}`, value });
  }

  delete(id: string): Promise<Answer> {
    return this.request('DELETE', `/Users/${id}`);
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }
}
