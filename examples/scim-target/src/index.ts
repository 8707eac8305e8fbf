export { numbered, person, personId } from './people.ts';
export { SqliteStorage, type SqliteStorageOptions } from './sqlite/storage.ts';
export { type OpenStore, openStore, type StoreName, type StoreRequest, storeNames } from './stores.ts';
export { startTarget, type Target, type TargetOptions } from './target.ts';
