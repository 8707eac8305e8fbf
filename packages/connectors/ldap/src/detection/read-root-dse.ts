import type { Connection } from '../connection/connection.ts';
import { ROOT_DSE_ATTRIBUTES, type RootDse } from './root-dse.ts';
import { searchTextEntry, shownAttributes } from './search-text-entry.ts';

/**
 * Reads the root DSE with everything the server shows of it to the account of the connection (LDAP sheet 2.2). Connections are bound,
 * so this is what is known after the bind (L14).
 * @returns empty where the server shows nothing
 * @throws LDAP_SEARCH_REFUSED, and what the connection throws
 */
export async function readRootDse(connection: Connection, signal: AbortSignal): Promise<RootDse> {
  const entry = await searchTextEntry(
    connection,
    {
      dn: '',
      filter: { kind: 'present', attribute: 'objectClass' },
      attributes: ['*', '+', ...ROOT_DSE_ATTRIBUTES],
    },
    signal,
  );
  return shownAttributes(entry, 'the root DSE') ?? new Map();
}
