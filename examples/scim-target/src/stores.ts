import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Random } from '@joinery/runtime';
import { MemoryStorage, type ResourceType, type ScimStorage } from '@joinery/scim';
import { NumberedIds, preloadMemory } from './preload-memory.ts';
import { preloadSqlite } from './sqlite/preload.ts';
import { SqliteStorage } from './sqlite/storage.ts';

export const storeNames = ['memory', 'sqlite'] as const;
export type StoreName = (typeof storeNames)[number];

export interface StoreRequest {
  readonly users: ResourceType;
  readonly groups: ResourceType;
  /** Users to preload. */
  readonly count: number;
  readonly clock: Clock;
  readonly random: Random;
  /** A folder in which the store may make a folder of its own. */
  readonly temporaryFolder: string;
  readonly signal: AbortSignal;
}

/** A store with its people in it. */
export interface OpenStore {
  readonly storage: ScimStorage;
  /** Ends the store and removes what it wrote. */
  close(): Promise<void>;
}

/** Opens a store by its name and fills it. */
export const openStore: Readonly<Record<StoreName, (request: StoreRequest) => Promise<OpenStore>>> = {
  async memory({ users, count, clock, random, signal }) {
    const ids = new NumberedIds(random);
    const storage = new MemoryStorage({ clock, random: ids });
    await preloadMemory(storage, users, count, signal);
    ids.release();
    return { storage, close: async () => {} };
  },

  async sqlite({ users, groups, count, clock, random, temporaryFolder, signal }) {
    const folder = await mkdtemp(join(temporaryFolder, 'joinery-scim-target-'));
    const storage = new SqliteStorage({ file: join(folder, 'people.sqlite'), types: [users, groups], clock, random });
    const close = async (): Promise<void> => {
      storage.close();
      await rm(folder, { recursive: true, force: true });
    };
    try {
      if (count > 0) await preloadSqlite(storage, users, count, clock.now(), signal);
      return { storage, close };
    } catch (error) {
      await close();
      throw error;
    }
  },
};
