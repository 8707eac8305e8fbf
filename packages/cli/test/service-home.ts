import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { freshLocation } from '../../../testing/databases.ts';
import { temporaryFolder } from '../../../testing/folder.ts';

/** A service's home whose embedded database is made but empty: making one takes seconds, copying one a fraction. */
export async function serviceHome(): Promise<string> {
  const home = await temporaryFolder();
  const location = await freshLocation('pglite');
  if (!('folder' in location)) throw new TypeError('An embedded database lies in a folder.');
  await rename(location.folder, join(home, 'database'));
  return home;
}
