import { Agent, request } from 'undici';
import { personKey } from '../../examples/host-target/src/index.ts';
import type { ServerProcess } from '../server-process.ts';
import { extensionUrn, idOf, pathOfId, pathOfKey } from '../servers/people.ts';

/**
 * A fast wrong answer is no measurement: hits and misses by filter and by id, another case of the letters, a wrong token.
 * @param size people that the server holds
 */
export async function checkAnswers(server: ServerProcess, size: number): Promise<void> {
  const agent = new Agent({ connect: { ca: server.certificate } });
  const ask = async (path: string, token = server.token): Promise<Answer> => {
    const answer = await request(new URL(path, server.url), {
      dispatcher: agent,
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  };
  const refuse = (asked: string, { status, text }: Answer): never => {
    throw new Error(`${server.name} answers ${status} ${text} to ${asked}.`);
  };
  try {
    for (const n of [0, 11, Math.floor(size / 2), size - 1]) {
      const key = personKey(n);
      for (const asked of [key, key.toUpperCase()]) {
        const answer = await ask(pathOfKey(asked));
        const { totalResults, itemsPerPage, Resources } = JSON.parse(answer.text);
        const right =
          answer.status === 200 &&
          totalResults === 1 &&
          itemsPerPage === 1 &&
          Resources.length === 1 &&
          isPerson(Resources[0], n);
        if (!right) refuse(asked, answer);
      }
      const answer = await ask(pathOfId(key));
      if (answer.status !== 200 || !isPerson(JSON.parse(answer.text), n)) refuse(idOf(key), answer);
    }
    for (const n of [size, size + 12]) {
      const answer = await ask(pathOfKey(personKey(n)));
      const { totalResults, Resources } = JSON.parse(answer.text);
      if (answer.status !== 200 || totalResults !== 0 || Resources.length !== 0) refuse(personKey(n), answer);
      const none = await ask(pathOfId(personKey(n)));
      if (none.status !== 404) refuse(idOf(personKey(n)), none);
    }
    const wrong = await ask(pathOfKey(personKey(0)), `${server.token}x`);
    if (wrong.status !== 401) refuse('a wrong token', wrong);
  } finally {
    await agent.close();
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** The text of one good answer, for a server that answers the same size. */
export async function answerOf(server: ServerProcess, path: string): Promise<string> {
  const agent = new Agent({ connect: { ca: server.certificate } });
  try {
    const answer = await request(new URL(path, server.url), {
      dispatcher: agent,
      headers: { authorization: `Bearer ${server.token}` },
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${server.name} answers ${answer.statusCode} ${text} to ${path}.`);
    return text;
  } finally {
    await agent.close();
  }
}

function isPerson(resource: ReturnType<typeof JSON.parse>, n: number): boolean {
  const person = resource?.[extensionUrn];
  return person?.AzureObjectID === personKey(n) && person?.Email === `person.${n}@mail.contoso.example`;
}
