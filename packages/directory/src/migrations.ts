import { packageAsset } from '@joinery/runtime';

/** The directory's tables, for `migrate` of `@joinery/store`. */
export const directoryMigrations = { room: 'directory', folder: packageAsset(import.meta.url, '../migrations/') };
