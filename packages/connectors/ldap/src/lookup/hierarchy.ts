import { canonicalDn, type HierarchyNode, rdnOf } from '@joinery/connector';
import type { LdapContext } from '../context.ts';
import { readPartitions } from '../import/partitions.ts';
import { searchInPages } from '../import/search-pages.ts';
import { BerReader } from '../protocol/ber-reader.ts';
import { anyOf, equals } from '../protocol/filter/build.ts';

/** What holds other entries and is no person, group or device, on any kind of server. */
const containerClasses = [
  'organizationalUnit',
  'organization',
  'container',
  'builtinDomain',
  'country',
  'locality',
  'dcObject',
  'domain',
];
const pageSize = 500;

/**
 * The containers right below another one, for *Containers…* under Partitions (LDAP sheet 1.5).
 * @param parent the partitions themselves when undefined
 */
export async function hierarchy(
  context: LdapContext,
  parent: HierarchyNode | undefined,
  signal: AbortSignal,
): Promise<readonly HierarchyNode[]> {
  if (parent === undefined) return readPartitions(context).map(({ dn }) => ({ dn, displayName: dn }));
  await using connection = await context.directory.connect('lookup', signal);
  const nodes: HierarchyNode[] = [];
  const onEntry = (bytes: Buffer, start: number, end: number): void => {
    const written = new BerReader(bytes, start, end).text();
    const dn = canonicalDn(written) ?? written;
    nodes.push({ dn, displayName: rdnOf(dn) ?? dn });
  };
  const filter = anyOf(containerClasses.map((name) => equals('objectClass', name)));
  const request = { base: parent.dn, scope: 'one', filter, attributes: ['1.1'] } as const;
  for await (const _ of searchInPages({ context, connection, request, pageSize, sink: { onEntry }, signal }));
  return nodes.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
}
