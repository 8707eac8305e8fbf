import type { Partition } from '@joinery/connector';
import type { LdapContext } from '../context.ts';
import { readPartitions } from '../import/partitions.ts';

/** What is read, for the administrator to choose from under Partitions (LDAP sheet 1.5, 4.6). */
export function partitions(context: Pick<LdapContext, 'settings' | 'profile'>): readonly Partition[] {
  return readPartitions(context).map(({ dn }) => ({ identifier: dn, dn, name: dn }));
}
