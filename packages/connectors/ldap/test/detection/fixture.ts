import { readFileSync } from 'node:fs';
import type { RootDse } from '../../src/detection/root-dse.ts';

/**
 * The root DSE in a file of `fixtures`. Those of OpenLDAP, 389, ApacheDS and Samba were recorded with `ldapsearch -o ldif-wrap=no` from
 * Debian's packages; the others hold what LDAP sheet 2.2 says of servers that nobody here can start.
 */
export function rootDseFixture(name: string): RootDse {
  const rootDse = new Map<string, string[]>();
  for (const line of readFileSync(new URL(`fixtures/${name}.ldif`, import.meta.url), 'utf8').split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 0 || line.startsWith('dn:')) continue;
    const key = line.slice(0, colon).toLowerCase();
    rootDse.set(key, [...(rootDse.get(key) ?? []), line.slice(colon + 1).trim()]);
  }
  return rootDse;
}
