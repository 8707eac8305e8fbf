import { problem } from '@joinery/problems';
import type { Connection } from '../connection/connection.ts';
import { type RootDse, rootDseValue } from '../detection/root-dse.ts';
import { searchTextEntry, shownAttributes } from '../detection/search-text-entry.ts';
import type { Filter } from '../protocol/filter.ts';
import type { DirectorySchema } from './directory-schema.ts';
import { publishedSchema } from './published-schema.ts';

/** Asked for by name: they are operational on most servers, and 389 gives them to nobody who does not name them (LDAP sheet 3.1). */
const DEFINITIONS: readonly string[] = ['objectClasses', 'attributeTypes', 'ldapSyntaxes', 'dITContentRules'];

/** Where servers keep their subschema that do not say so in the root DSE. */
const USUAL_ENTRIES: readonly string[] = ['cn=schema', 'cn=Subschema'];

/** RFC 4512 4.2, and for servers whose entry is of another class. */
const FILTERS: readonly Filter[] = [
  { kind: 'equality', attribute: 'objectClass', value: 'subschema' },
  { kind: 'present', attribute: 'objectClass' },
];

/**
 * Reads the schema that governs the server's entries (LDAP sheet 3.1).
 * @throws LDAP_SCHEMA_UNREADABLE where no subschema is shown to the account, LDAP_SEARCH_REFUSED, and what the connection throws
 */
export async function readSchema(
  connection: Connection,
  rootDse: RootDse,
  signal: AbortSignal,
): Promise<DirectorySchema> {
  const named = rootDseValue(rootDse, 'subschemaSubentry');
  const entries = named === undefined ? USUAL_ENTRIES : [named];
  for (const dn of entries) {
    for (const filter of FILTERS) {
      const entry = await searchTextEntry(connection, { dn, filter, attributes: DEFINITIONS }, signal);
      const shown = shownAttributes(entry, dn);
      if (shown?.has('objectclasses') === true || shown?.has('attributetypes') === true) {
        return publishedSchema({
          attributeTypes: shown.get('attributetypes') ?? [],
          objectClasses: shown.get('objectclasses') ?? [],
          ldapSyntaxes: shown.get('ldapsyntaxes') ?? [],
          contentRules: shown.get('ditcontentrules') ?? [],
        });
      }
    }
  }
  throw problem('LDAP_SCHEMA_UNREADABLE', `Nothing of a schema is shown in ${entries.join(' or ')}.`);
}
