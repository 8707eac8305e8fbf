import { directoryMigrations } from '@joinery/directory';
import { engineMigrations } from '@joinery/engine';
import { packageAsset } from '@joinery/runtime';
import type { MigrationSource } from '@joinery/store';

/** The migrations of every room that the service stores something for, in the order they are run. */
export const serviceMigrations: readonly MigrationSource[] = [
  directoryMigrations,
  engineMigrations,
  { room: 'service', folder: packageAsset(import.meta.url, '../migrations/') },
];
