/** The DN as an attribute that callers set (host sheet 2.10, section 5). */
export const DN_ATTRIBUTE = '-dn-';
/** The DN as an attribute that callers read and query (LDAP, host sheet section 5). */
export const DN_QUERY_ATTRIBUTE = '_distinguishedName';
/** The initial password; never stored, never answered (host sheet 3.10). */
export const PASSWORD_ATTRIBUTE = 'export_password';

const VIRTUAL: ReadonlySet<string> = new Set([DN_ATTRIBUTE, DN_QUERY_ATTRIBUTE, PASSWORD_ATTRIBUTE]);

/** Attributes that the host offers on every connector and the target does not have (host sheet 2.10). */
export function isVirtual(name: string): boolean {
  return VIRTUAL.has(name);
}
