import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Later } from './folder.ts';
import { temporaryRoot } from './temporary-root.ts';

/**
 * A new PGlite folder takes seconds to make and a fraction of one to copy.
 * @returns a folder to copy
 */
export async function pgliteTemplate(later: Later): Promise<string> {
  const folder = await mkdtemp(join(temporaryRoot(), 'joinery-pglite-'));
  later(() => rm(folder, { recursive: true, force: true }));
  const database = await PGlite.create(join(folder, 'pglite'));
  // Most of the files belong to the databases that new ones are made from; here none ever is.
  await database.exec('update pg_database set datistemplate = false');
  for (const name of ['template0', 'template1']) await database.exec(`drop database ${name}`);
  await database.close();
  return folder;
}
