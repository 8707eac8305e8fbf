export type { Authenticator, Caller } from './access/caller.ts';
export { adminTokenFile } from './access/first-administrator.ts';
export { serviceMigrations } from './migrations.ts';
export { serviceSettings } from './settings.ts';
export { type Service, type ServiceOptions, startService } from './start.ts';
