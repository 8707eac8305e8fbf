import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { problem } from '@joinery/problems';

/** The migrations of one room: SQL files named `0001-what-they-do.sql`, counted from 1 without a gap. */
export interface MigrationSource {
  readonly room: string;
  /** URL of the folder, with a trailing slash; see `packageAsset` of @joinery/runtime. */
  readonly folder: URL;
}

export interface Migration {
  readonly room: string;
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
  readonly statements: string;
}

/**
 * Reads a room's migrations in order.
 * @throws STORE_MIGRATION_FILES when the folder cannot be read or its numbers have a gap
 */
export async function readMigrations({ room, folder }: MigrationSource): Promise<Migration[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw problem('STORE_MIGRATION_FILES', `The migrations of ${room} cannot be read.`, { place: folder.href, cause });
  });
  const files = names.filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file, index) => {
      const [, digits, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
      if (digits === undefined || name === undefined || Number(digits) !== index + 1) {
        const expected = `${String(index + 1).padStart(4, '0')}-….sql`;
        throw problem('STORE_MIGRATION_FILES', `The file ${file} of ${room} stands where ${expected} is due.`);
      }
      // A checkout may turn line ends; the checksum must not see that.
      const statements = (await readFile(new URL(file, folder), 'utf8')).replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(statements).digest('hex');
      return { room, number: index + 1, name, checksum, statements };
    }),
  );
}
