import { createServer, type RequestListener } from 'node:http';
import type { TestProject } from 'vitest/node';
import { startApacheDs } from './directories/apacheds.ts';
import { startDs389 } from './directories/ds389.ts';
import { startSamba } from './directories/samba.ts';
import { removeStaleServers } from './directories/server-folder.ts';
import { startSlapd } from './directories/slapd.ts';
import type { Later } from './folder.ts';
import { pgliteTemplate } from './pglite-template.ts';
import { startPostgres } from './postgres-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address that starts what its path names, once for the run, and answers how to reach it. */
    serverStarter: string;
  }
}

/** What the paths start: the answer for the tests, and through `later` how it ends. */
const STARTERS: Readonly<Record<string, (later: Later) => Promise<string>>> = {
  '/postgres': async (later) => {
    const cluster = await startPostgres();
    later(() => cluster.stop());
    return cluster.url;
  },
  '/pglite': pgliteTemplate,
  '/389': async (later) => JSON.stringify(await startDs389(later)),
  '/samba': async (later) => JSON.stringify(await startSamba(later)),
  '/apacheds': async (later) => JSON.stringify(await startApacheDs(later)),
  '/openldap': async (later) => JSON.stringify(await startSlapd({}, later)),
};

/**
 * Runs once around a whole test run. A server starts when the first test asks for it, so that runs without servers pay nothing.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeStaleServers();
  const ends: (() => Promise<void>)[] = [];
  const started = new Map<string, Promise<string>>();
  const start = (path: string): Promise<string> => {
    const starter = STARTERS[path];
    if (starter === undefined) return Promise.reject(new Error(`No server at ${path}.`));
    const already = started.get(path);
    if (already !== undefined) return already;
    const undone: (() => Promise<void>)[] = [];
    ends.push(async () => {
      for (const undo of undone.reverse()) await undo();
    });
    const server = starter((undo) => void undone.push(undo));
    started.set(path, server);
    return server;
  };
  const respond: RequestListener = (request, response) => {
    start(request.url ?? '').then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  };
  const starter = createServer(respond);
  await new Promise<void>((resolve) => starter.listen(0, '127.0.0.1', resolve));
  const address = starter.address();
  if (address === null || typeof address === 'string') throw new Error('No free port on the loopback interface.');
  project.provide('serverStarter', `http://127.0.0.1:${address.port}`);

  return async () => {
    starter.closeAllConnections();
    await new Promise((resolve) => starter.close(resolve));
    // What did not start was reported by the test that asked for it.
    await Promise.allSettled(started.values());
    await Promise.all(ends.map((end) => end()));
  };
}
