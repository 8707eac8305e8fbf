import { dnKey } from '@joinery/connector';
import { type RootDse, rootDseValue } from './root-dse.ts';

/** Naming contexts that hold no people wherever they are (LDAP sheet 4.6). */
const SYSTEM: ReadonlySet<string> = new Set([
  ...['cn=accesslog', 'cn=changelog', 'cn=monitor', 'cn=config', 'cn=schema'],
  // ApacheDS
  ...['ou=system', 'ou=schema', 'ou=config'],
  // Sun, IBM
  ...['o=netscaperoot', 'cn=localhost', 'cn=ibmpolicies', 'cn=pwdpolicy', 'secauthority=default'],
]);

/** Root DSE attributes that name such a context. */
const NAMING: readonly string[] = [
  ...['configContext', 'monitorContext', 'changeLog'],
  ...['configurationNamingContext', 'schemaNamingContext'],
];

/** The zones that Active Directory keeps its DNS in. */
const DNS_ZONES = /^dc=(?:domain|forest)dnszones,/;

/** The naming contexts of a server; eDirectory and Domino publish an empty one, which names nothing (LDAP sheet 4.6). */
export function namingContextsOf(rootDse: RootDse): readonly string[] {
  return [...new Set(rootDse.get('namingcontexts') ?? [])].filter((dn) => dn !== '');
}

/** Those of the naming contexts that hold no people: logs, configuration, schema. */
export function systemContextsOf(rootDse: RootDse): readonly string[] {
  const named = new Set(NAMING.flatMap((attribute) => keyOf(rootDseValue(rootDse, attribute) ?? '')));
  return namingContextsOf(rootDse).filter((dn) => {
    const key = keyOf(dn);
    return SYSTEM.has(key) || named.has(key) || DNS_ZONES.test(key);
  });
}

function keyOf(dn: string): string {
  return dnKey(dn) ?? dn.toLowerCase();
}
