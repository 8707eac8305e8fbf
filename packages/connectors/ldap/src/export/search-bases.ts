import type { LdapContext } from '../context.ts';
import { readPartitions } from '../import/partitions.ts';

/** Where entries are searched that may be anywhere: everything that is imported, also what lies beside the chosen containers. */
export function searchBases(context: Pick<LdapContext, 'settings' | 'profile'>): readonly string[] {
  return readPartitions(context).map(({ dn }) => dn);
}
