import { packageAsset } from '@joinery/runtime';
import type { MigrationSource } from '@joinery/store';

/** The engine's tables; run by `migrate` of @joinery/store. */
export const engineMigrations: MigrationSource = {
  room: 'engine',
  folder: packageAsset(import.meta.url, '../migrations/'),
};
