import { isAtOrBelow } from '@joinery/connector';
import { isProblem } from '@joinery/problems';
import { parseFilter } from '../protocol/filter/parse.ts';
import type { ParameterReader } from './parameter-reader.ts';
import type { LdapSettings, PartitionSettings } from './settings.ts';

type PartitionPage = Pick<
  LdapSettings,
  'partitions' | 'additionalNamespaces' | 'searchOnlyInSelectedContainers' | 'importFilter'
>;

/** The page Partition, checked (LDAP sheet 1.5). */
export function partitionSettings(reader: ParameterReader): PartitionPage {
  return {
    partitions: selected(reader),
    additionalNamespaces: reader.distinguishedNames('Partition Names'),
    searchOnlyInSelectedContainers: reader.configuration.flag('Search only in selected containers'),
    importFilter: importFilter(reader),
  };
}

/**
 * Partitions with the containers that lie in them. Where no partition is named, each container is one: nothing outside of the
 * containers is wanted, and which naming context they lie in makes no difference.
 */
function selected(reader: ParameterReader): readonly PartitionSettings[] {
  const partitions = reader.distinguishedNames('Partitions');
  const containers = reader.distinguishedNames('Containers');
  if (partitions.length === 0) return containers.map((dn) => ({ dn, containers: [] }));
  for (const container of containers) {
    if (partitions.some((dn) => isAtOrBelow(container, dn))) continue;
    reader.findings.add('Containers', `"${container}" lies in none of the Partitions.`);
  }
  return partitions.map((dn) => ({ dn, containers: containers.filter((container) => isAtOrBelow(container, dn)) }));
}

/** As the administrator wrote it, once it is known to be a filter. */
function importFilter({ configuration, findings }: ParameterReader): string {
  const text = configuration.text('Import Filter').trim();
  try {
    if (text !== '') parseFilter(text);
  } catch (error) {
    if (!isProblem(error, 'LDAP_FILTER_INVALID')) throw error;
    findings.add('Import Filter', error.detail);
  }
  return text;
}
