import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { problem } from '@joinery/problems';

/**
 * Holds a folder for this process by a lock that the system releases when the process ends, however it ends.
 * @throws STORE_FOLDER_IN_USE
 */
export async function lockStoreFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const file = join(folder, 'lock');
  const holder = new DatabaseSync(file, { timeout: 0 });
  try {
    holder.exec('pragma locking_mode = exclusive; begin exclusive; commit;');
  } catch (cause) {
    holder.close();
    throw problem('STORE_FOLDER_IN_USE', 'Another process has this data folder open.', { place: folder, cause });
  }
  return {
    async release() {
      if (existsSync(file)) holder.close();
    },
  };
}
