import { directoryMigrations, openDirectory } from '@joinery/directory';
import { problem } from '@joinery/problems';
import { type DatabaseLocation, migrate, openDatabase } from '@joinery/store';
import { GivenIds } from '../given-ids.ts';
import { varieties } from '../people.ts';
import { preload } from '../preload.ts';
import type { OpenStore, StoreRequest } from '../stores.ts';
import { multiplyPeople } from './multiply.ts';

/**
 * The product's own directory as the store: a fresh tenant in the database, with people in it.
 * @throws CLI_USAGE for the profile `strict`, which the directory does not have; what `openDatabase` and `migrate` throw
 */
export async function openDirectoryStore(
  location: DatabaseLocation,
  { count, clock, random, profile, signal }: StoreRequest,
): Promise<OpenStore> {
  if (profile === 'strict') throw problem('CLI_USAGE', 'the directory speaks the profile entra alone.');
  const database = await openDatabase(location, { clock, random, signal });
  try {
    await migrate(database, [directoryMigrations], { version: 'scim-target' });
    const ids = new GivenIds(random);
    const directory = openDirectory({ database, clock, random: ids });
    const { id: tenantId } = await directory.tenants.create('scim-target', signal);
    const { resourceTypes, storage } = await directory.scim.of(tenantId);
    const [users] = resourceTypes;
    if (users === undefined) throw problem('SCIM_SCHEMA_INVALID', 'The directory serves no resource type.');
    await preload(storage, users, Math.min(count, varieties), ids, signal);
    if (count > varieties) await multiplyPeople(database, tenantId, count, signal);
    return { resourceTypes, storage, close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}
