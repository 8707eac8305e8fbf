import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import { type PostgresCluster, startPostgres } from './postgres-cluster.ts';
import { temporaryRoot } from './temporary-root.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers `/postgres` with the address of a real server and `/pglite` with an initialised data folder to copy. */
    databaseStarter: string;
  }
}

/**
 * Runs once around a whole test run. The databases start when the first test asks for one, so that runs without storage pay nothing.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<PostgresCluster> | undefined;
  let template: Promise<string> | undefined;
  const answers: Record<string, () => Promise<string>> = {
    '/postgres': async () => {
      cluster ??= startPostgres();
      return (await cluster).url;
    },
    '/pglite': () => {
      template ??= pgliteTemplate();
      return template;
    },
  };
  const respond: RequestListener = (request, response) => {
    const answer = answers[request.url ?? '']?.() ?? Promise.reject(new Error(`No database at ${request.url}.`));
    answer.then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  };
  const starter = createServer(respond);
  await new Promise<void>((resolve) => starter.listen(0, '127.0.0.1', resolve));
  const address = starter.address();
  if (address === null || typeof address === 'string') throw new Error('No free port on the loopback interface.');
  project.provide('databaseStarter', `http://127.0.0.1:${address.port}`);

  return async () => {
    starter.closeAllConnections();
    await new Promise((resolve) => starter.close(resolve));
    // What did not start was reported by the test that asked for it.
    const [started, folder] = await Promise.allSettled([cluster, template]);
    if (started.status === 'fulfilled') await started.value?.stop();
    if (folder.status === 'fulfilled' && folder.value !== undefined)
      await rm(folder.value, { recursive: true, force: true });
  };
}

/** A new PGlite folder takes seconds to make and a fraction of one to copy. */
async function pgliteTemplate(): Promise<string> {
  const folder = await mkdtemp(join(temporaryRoot(), 'joinery-pglite-'));
  const database = await PGlite.create(join(folder, 'pglite'));
  // Most of the files belong to the databases that new ones are made from; here none ever is.
  await database.exec('update pg_database set datistemplate = false');
  for (const name of ['template0', 'template1']) await database.exec(`drop database ${name}`);
  await database.close();
  return folder;
}
