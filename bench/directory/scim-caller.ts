import { Agent, request } from 'undici';
import { textAt } from '../../packages/service/test/json.ts';
import type { ServerProcess } from '../server-process.ts';

/** A general client of one server, for what is not measured by the request itself: checks, writes. */
export class ScimCaller {
  readonly #server: ServerProcess;
  readonly #agent: Agent;

  constructor(server: ServerProcess, connections = 1) {
    this.#server = server;
    this.#agent = new Agent({ connections, connect: { ca: server.certificate } });
  }

  /** @param path from the server's root */
  async text(path: string): Promise<string> {
    const { status, text } = await this.send('GET', path);
    if (status !== 200) throw new Error(`GET ${path} answers ${status} ${text}`);
    return text;
  }

  /** @param path below the SCIM root */
  async json(path: string): Promise<unknown> {
    return JSON.parse(await this.text(`/scim${path}`));
  }

  async send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly text: string }> {
    const answer = await request(new URL(path, this.#server.url), {
      method,
      dispatcher: this.#agent,
      headers: { authorization: `Bearer ${this.#server.token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }
}

/** So many users created and each changed once, over so many connections; requests by second. */
export async function sendWrites(
  server: ServerProcess,
  connections: number,
  count: number,
  run: string,
): Promise<{ readonly post: number; readonly patch: number }> {
  const caller = new ScimCaller(server, connections);
  const ids: string[] = [];
  const create = async (number: number): Promise<void> => {
    const { status, text } = await caller.send('POST', '/scim/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: `${run}-${number}@contoso.example`,
      displayName: `Person ${number}`,
      active: true,
      emails: [{ value: `${run}-${number}@mail.contoso.example`, type: 'work', primary: true }],
    });
    if (status !== 201) throw new Error(`POST answers ${status} ${text}`);
    ids[number] = textAt(JSON.parse(text), 'id');
  };
  const change = async (number: number): Promise<void> => {
    const { status, text } = await caller.send('PATCH', `/scim/Users/${ids[number]}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'title', value: `Title ${number} ${run}` }],
    });
    if (status !== 200) throw new Error(`PATCH answers ${status} ${text}`);
  };
  const timed = async (work: (number: number) => Promise<void>): Promise<number> => {
    let next = 0;
    const started = performance.now();
    const lane = async (): Promise<void> => {
      while (next < count) await work(next++);
    };
    await Promise.all(Array.from({ length: connections }, lane));
    return (count / (performance.now() - started)) * 1000;
  };
  const post = await timed(create);
  const patch = await timed(change);
  await caller.close();
  return { post, patch };
}
