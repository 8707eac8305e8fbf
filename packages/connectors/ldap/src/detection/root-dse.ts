/** Attribute values of the root DSE by name in lower case (RFC 4512 5.1). */
export type RootDse = ReadonlyMap<string, readonly string[]>;

/** Asked for by name besides `*` and `+`: some servers give operational attributes to nobody who does not name them (LDAP sheet 2.2). */
export const ROOT_DSE_ATTRIBUTES: readonly string[] = [
  ...['namingContexts', 'defaultNamingContext', 'rootDomainNamingContext', 'subschemaSubentry', 'altServer'],
  ...['configurationNamingContext', 'schemaNamingContext', 'configContext', 'monitorContext'],
  ...['supportedControl', 'supportedExtension', 'supportedFeatures', 'supportedCapabilities'],
  ...['supportedSASLMechanisms', 'supportedLDAPVersion', 'vendorName', 'vendorVersion', 'objectClass'],
  ...['changeLog', 'firstChangeNumber', 'lastChangeNumber', 'highestCommittedUSN', 'dsServiceName'],
  ...['dnsHostName', 'serverName', 'directoryTreeName', 'dsaName'],
];

/** The first value of an attribute, in any letter case; an empty one counts as none. */
export function rootDseValue(rootDse: RootDse, attribute: string): string | undefined {
  return rootDse.get(attribute.toLowerCase())?.find((value) => value !== '');
}

/** True where an attribute of the root DSE lists an OID. */
export function lists(rootDse: RootDse, attribute: string, oid: string): boolean {
  return rootDse.get(attribute.toLowerCase())?.includes(oid) ?? false;
}

/**
 * Of what a server told before and after the bind, the richer (L14): each attribute as it was told to the account that was bound,
 * and what only everybody was told.
 */
export function richerRootDse(anonymous: RootDse, bound: RootDse): RootDse {
  return new Map([...anonymous, ...bound]);
}
