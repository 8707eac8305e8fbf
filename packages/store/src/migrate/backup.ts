import { cp, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Engine } from '../engine/engine.ts';

/**
 * Copies the data folder of PGlite to `backups/` beside it. PostgreSQL has backups of its own.
 * @param now milliseconds since 1970, for the name
 * @returns the folder of the copy
 */
export async function backUp(engine: Engine, now: number): Promise<string | undefined> {
  if (engine.dataFolder === undefined) return undefined;
  const backups = join(dirname(engine.dataFolder), 'backups');
  const target = join(backups, new Date(now).toISOString().replaceAll(':', '-'));
  await mkdir(backups, { recursive: true });
  // Whoever holds the only connection keeps the files still.
  const client = await engine.pool.connect();
  try {
    await client.query('checkpoint');
    // A copy that was cut off never looks like a whole one.
    await cp(engine.dataFolder, join(`${target}.partial`, 'pglite'), { recursive: true });
    await rename(`${target}.partial`, target);
  } finally {
    client.release();
  }
  return target;
}
