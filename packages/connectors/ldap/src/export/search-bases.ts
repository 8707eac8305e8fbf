import { dnKey } from '@joinery/connector';
import type { LdapContext } from '../context.ts';

/** Where entries are searched that may be anywhere: the chosen partitions, else the naming contexts that hold people. */
export function searchBases({ settings, profile }: Pick<LdapContext, 'settings' | 'profile'>): readonly string[] {
  if (settings.partitions.length > 0) return settings.partitions.map(({ dn }) => dn);
  const system = new Set(profile.systemContexts.map(dnKey));
  return [...profile.namingContexts, ...settings.additionalNamespaces].filter((dn) => !system.has(dnKey(dn)));
}
