import type { ServerKind } from '../detection/profile.ts';

const domains: ReadonlySet<ServerKind> = new Set(['ActiveDirectory', 'ActiveDirectoryGlobalCatalog', 'Samba']);

/** True for domains of Windows, with account names, security identifiers and `userAccountControl`. */
export function isWindowsDomain(kind: ServerKind): boolean {
  return domains.has(kind);
}

/** True for Microsoft's family: domains and AD LDS. */
export function isMicrosoft(kind: ServerKind): boolean {
  return kind === 'ADLDS' || isWindowsDomain(kind);
}
