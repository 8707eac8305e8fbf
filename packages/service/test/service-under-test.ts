import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger, Redactor, systemClock } from '@joinery/runtime';
import { Agent, fetch } from 'undici';
import { onTestFinished } from 'vitest';
import { type EngineName, freshLocation } from '../../../testing/databases.ts';
import { temporaryFolder } from '../../../testing/folder.ts';
import { type Service, startService } from '../src/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
  /** The body parsed, to be read with `json.ts`; an empty object where there is none. */
  readonly body: unknown;
}

/** The service over HTTPS, with a client that pins its certificate. */
export interface ServiceUnderTest {
  readonly service: Service;
  readonly home: string;
  readonly token: string;
  /** Everything that was logged, every level. */
  readonly log: () => string;
  /** Every answer so far, for what must not be in any. */
  readonly answers: string[];
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  restart(): Promise<ServiceUnderTest>;
}

interface Place {
  readonly home: string;
  readonly databaseUrl: string | undefined;
}

export async function serve(engine: EngineName): Promise<ServiceUnderTest> {
  const location = await freshLocation(engine);
  return start({ home: await temporaryFolder(), databaseUrl: 'url' in location ? location.url : undefined }, [], []);
}

async function start(place: Place, lines: string[], answers: string[]): Promise<ServiceUnderTest> {
  const { home, databaseUrl } = place;
  const redactor = new Redactor();
  const stream = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ stream, level: 'debug', clock: systemClock, redactor });
  const service = await startService({
    home,
    env: {},
    overrides: { port: 0, address: 'localhost', databaseUrl },
    logger,
    redactor,
    signal: new AbortController().signal,
  });
  const agent = new Agent({ connect: { ca: service.certificate } });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await agent.close();
    await service.close();
  };
  onTestFinished(close);
  const token = (await readFile(join(home, 'admin-token'), 'utf8')).trim();
  return {
    service,
    home,
    token,
    answers,
    log: () => lines.join(''),
    async call(method, path, body, headers = {}) {
      const response = await fetch(new URL(path, service.url), {
        method,
        dispatcher: agent,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      answers.push(`${response.status} ${JSON.stringify([...response.headers])} ${text}`);
      return { status: response.status, headers: response.headers, text, body: text === '' ? {} : JSON.parse(text) };
    },
    async restart() {
      await close();
      return start(place, lines, answers);
    },
  };
}

/** The least that `POST /users` takes. */
export function person(name: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    accountEnabled: true,
    displayName: name,
    mailNickname: name,
    userPrincipalName: `${name}@contoso.example`,
    passwordProfile: { forceChangePasswordNextSignIn: true, password: 'Correct-horse-1' },
    ...more,
  };
}
