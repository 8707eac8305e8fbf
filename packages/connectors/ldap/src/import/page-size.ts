import type { LdapContext } from '../context.ts';

/** Active Directory's `MaxPageSize`: it cuts larger pages (LDAP sheet 4.2). */
const LARGEST_OF_MICROSOFT = 1000;
const microsoft: ReadonlySet<string> = new Set(['ActiveDirectory', 'ActiveDirectoryGlobalCatalog', 'ADLDS', 'Samba']);

/** Entries of one page: the connector's setting, else what the run profile asks for. */
export function pageSizeOf({ settings, profile }: Pick<LdapContext, 'settings' | 'profile'>, asked: number): number {
  const size = Math.max(1, settings.pageSize ?? asked);
  return microsoft.has(profile.kind) ? Math.min(size, LARGEST_OF_MICROSOFT) : size;
}
