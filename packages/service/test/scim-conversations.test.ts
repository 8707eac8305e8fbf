import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redactor, silentLogger } from '@joinery/runtime';
import { Agent, fetch } from 'undici';
import { describe } from 'vitest';
import { type EngineName, freshLocation } from '../../../testing/databases.ts';
import { type Later, temporaryFolder } from '../../../testing/folder.ts';
import { overHttp } from '../../../testing/scim-conversations/over-http.ts';
import { replaySuite, type Server } from '../../../testing/scim-conversations/replay.ts';
import { shared } from '../../../testing/shared.ts';
import { startService } from '../src/index.ts';

/** The service over HTTPS on a fresh database, with its administrator's token. */
async function open(engine: EngineName, later: Later): Promise<Server> {
  const location = await freshLocation(engine, later);
  const home = await temporaryFolder(later);
  const service = await startService({
    home,
    env: {},
    overrides: { port: 0, address: 'localhost', databaseUrl: 'url' in location ? location.url : undefined },
    logger: silentLogger,
    redactor: new Redactor(),
    signal: new AbortController().signal,
  });
  later(() => service.close());
  const agent = new Agent({ connect: { ca: service.certificate } });
  later(() => agent.close());
  const token = (await readFile(join(home, 'admin-token'), 'utf8')).trim();
  return overHttp(`${service.url}/scim`, token, (url, init) => fetch(url, { ...init, dispatcher: agent }));
}

describe.each(['pglite', 'postgresql'] as const)("S-142 S-143 the service's /scim on %s", (engine) => {
  const server = shared((later) => open(engine, later));
  for (const suite of ['entra-validator', 'gallery-onboarding', 'scim2-tester'] as const) {
    replaySuite(suite, { profile: 'entra', open: async () => server() });
  }
});
