import { dnKey, isKeyAtOrBelow, type Partition } from '@joinery/connector';
import type { PartitionSettings } from '../configuration/settings.ts';
import type { LdapContext } from '../context.ts';

type Configured = Pick<LdapContext, 'settings' | 'profile'>;

/** An entry by name, with the form in which names are compared. */
interface Place {
  readonly dn: string;
  readonly key: string;
}

/** One search of an import: everything at or below `base`, of which some is not wanted. */
export interface Scope {
  readonly base: string;
  /** Containers: only what is at or below one of them is wanted; everything when undefined. */
  readonly within: readonly Place[] | undefined;
  /** Keys of partitions that lie below this one and are searched by themselves, so that no entry comes twice. */
  readonly without: readonly string[];
}

/**
 * The partitions that are read: those configured, else the server's naming contexts except its own (LDAP sheet 4.6), with the
 * additional namespaces.
 */
export function readPartitions({ settings, profile }: Configured): readonly PartitionSettings[] {
  const system = new Set(profile.systemContexts.map(keyOf));
  // eDirectory and Domino announce an empty name: that is no context but the request to ask the administrator.
  const announced = profile.namingContexts.filter((dn) => dn !== '' && !system.has(keyOf(dn)));
  const chosen = settings.partitions.length > 0 ? settings.partitions : announced.map((dn) => ({ dn, containers: [] }));
  const partitions = [...chosen, ...settings.additionalNamespaces.map((dn) => ({ dn, containers: [] }))];
  const byKey = new Map<string, PartitionSettings>();
  for (const partition of partitions) {
    const key = keyOf(partition.dn);
    if (!byKey.has(key)) byKey.set(key, partition);
  }
  return [...byKey.values()];
}

/**
 * The searches of an import, in the order of the configuration. A container within another one needs none of its own; a partition within
 * another one has its own, because servers do not search across naming contexts.
 * @param partition the only one to read; all of them when undefined
 */
export function importScopes(configured: Configured, partition: Partition | undefined): readonly Scope[] {
  const partitions = readPartitions(configured);
  const asked = partition === undefined ? undefined : keyOf(partition.dn);
  const known = partitions.some(({ dn }) => keyOf(dn) === asked);
  const read =
    partition === undefined || known
      ? partitions.filter(({ dn }) => asked === undefined || keyOf(dn) === asked)
      : [{ dn: partition.dn, containers: [] }];
  const allKeys = partitions.map(({ dn }) => keyOf(dn));
  return read.flatMap(({ dn, containers }): readonly Scope[] => {
    const outermost = outermostOf(containers);
    const scope = (base: string, within: readonly Place[] | undefined): Scope => {
      const baseKey = keyOf(base);
      // A partition that is at or above this one is not within it, and a container may itself be a partition.
      const without = allKeys.filter((key) => key !== keyOf(dn) && key !== baseKey && isKeyAtOrBelow(key, baseKey));
      return { base, within, without };
    };
    if (outermost.length === 0) return [scope(dn, undefined)];
    if (configured.settings.searchOnlyInSelectedContainers) return outermost.map((base) => scope(base, undefined));
    return [
      scope(
        dn,
        outermost.map((container) => ({ dn: container, key: keyOf(container) })),
      ),
    ];
  });
}

/** True for an entry of a scope that is wanted. */
export function isWanted({ within, without }: Scope, dn: string): boolean {
  if (within === undefined && without.length === 0) return true;
  const key = keyOf(dn);
  if (without.some((base) => isKeyAtOrBelow(key, base))) return false;
  return within === undefined || within.some((container) => isKeyAtOrBelow(key, container.key));
}

function outermostOf(containers: readonly string[]): readonly string[] {
  const keys = [...new Set(containers.map(keyOf))];
  return containers.filter((dn, index) => {
    const key = keyOf(dn);
    const isFirst = containers.findIndex((other) => keyOf(other) === key) === index;
    return isFirst && !keys.some((other) => other !== key && isKeyAtOrBelow(key, other));
  });
}

/** What is no distinguished name is compared as it stands; the server will say what it thinks of it. */
function keyOf(dn: string): string {
  return dnKey(dn) ?? dn.toLowerCase();
}
