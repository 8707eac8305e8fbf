import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '@joinery/problems';
import type { Clock, Random } from '@joinery/runtime';
import {
  compileResourceType,
  groupType,
  MemoryStorage,
  type ResourceType,
  type ScimProfile,
  type ScimStorage,
  userType,
} from '@joinery/scim';
import { openDirectoryStore } from './directory/store.ts';
import { GivenIds } from './given-ids.ts';
import { preload } from './preload.ts';
import { preloadSqlite } from './sqlite/preload.ts';
import { SqliteStorage } from './sqlite/storage.ts';

export const storeNames = ['memory', 'sqlite', 'pglite', 'postgres'] as const;
export type StoreName = (typeof storeNames)[number];

export interface StoreRequest {
  readonly profile: ScimProfile;
  /** Users to preload. */
  readonly count: number;
  readonly clock: Clock;
  readonly random: Random;
  /** A folder in which the store may make a folder of its own. */
  readonly temporaryFolder: string;
  /** Where `postgres` is: `postgres://…`. */
  readonly databaseUrl: string | undefined;
  readonly signal: AbortSignal;
}

/** A store with its people in it. */
export interface OpenStore {
  /** Users and groups, as the store keeps them. */
  readonly resourceTypes: readonly ResourceType[];
  readonly storage: ScimStorage;
  /** Ends the store and removes the files it wrote. */
  close(): Promise<void>;
}

/** Opens a store by its name and fills it. */
export const openStore: Readonly<Record<StoreName, (request: StoreRequest) => Promise<OpenStore>>> = {
  async memory({ profile, count, clock, random, signal }) {
    const { users, groups } = typesOf(profile);
    const ids = new GivenIds(random);
    const storage = new MemoryStorage({ clock, random: ids });
    await preload(storage, users, count, ids, signal);
    return { resourceTypes: [users, groups], storage, close: async () => {} };
  },

  sqlite(request) {
    return inFolder(request, async (folder) => {
      const { profile, count, clock, random, signal } = request;
      const { users, groups } = typesOf(profile);
      const resourceTypes = [users, groups];
      const storage = new SqliteStorage({ file: join(folder, 'people.sqlite'), types: resourceTypes, clock, random });
      const store = { resourceTypes, storage, close: async () => storage.close() };
      try {
        if (count > 0) await preloadSqlite(storage, users, count, clock.now(), signal);
        return store;
      } catch (error) {
        await store.close();
        throw error;
      }
    });
  },

  pglite(request) {
    return inFolder(request, (folder) => openDirectoryStore({ folder: join(folder, 'database') }, request));
  },

  async postgres(request) {
    const { databaseUrl: url } = request;
    if (url === undefined) {
      throw problem('CLI_USAGE', 'the store postgres needs the address of a database in DATABASE_URL.');
    }
    return openDirectoryStore({ url }, request);
  },
};

function typesOf(profile: ScimProfile): { readonly users: ResourceType; readonly groups: ResourceType } {
  return { users: compileResourceType(userType, { profile }), groups: compileResourceType(groupType, { profile }) };
}

/** Opens a store in a folder of its own, which goes with it. */
async function inFolder(
  { temporaryFolder }: StoreRequest,
  open: (folder: string) => Promise<OpenStore>,
): Promise<OpenStore> {
  const folder = await mkdtemp(join(temporaryFolder, 'joinery-scim-target-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const store = await open(folder);
    return {
      ...store,
      close: async () => {
        await store.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
