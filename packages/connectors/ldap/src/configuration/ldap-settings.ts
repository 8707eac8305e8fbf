import type { Configuration } from '@joinery/connector';
import { connectionSettings } from './connection-settings.ts';
import { deltaStrategies, passwordHashings } from './directory-parameters.ts';
import { Findings } from './findings.ts';
import {
  parseAliases,
  parseAttributeNames,
  parseAuxiliaryClasses,
  parseControls,
  parseHierarchy,
} from './line-parameters.ts';
import { parameterReader } from './parameter-reader.ts';
import { partitionSettings } from './partition-settings.ts';
import type { LdapSettings } from './settings.ts';

/**
 * What the parameters of a connector say, checked as far as it can be without the server.
 * @param folder the connector's own folder; relative paths of files start there
 * @throws CONNECTOR_CONFIGURATION_INVALID with every finding
 */
export function ldapSettings(configuration: Configuration, folder: string): LdapSettings {
  const findings = new Findings();
  const reader = parameterReader(configuration, folder, findings);
  const controls = reader.parsed('Supported Controls', parseControls, { controlsOn: [], controlsOff: [] });
  const settings: LdapSettings = {
    connection: connectionSettings(reader),
    ...partitionSettings(reader),
    attributeAliases: reader.parsed('Attribute Aliases', parseAliases, new Map()),
    includeOperationalAttributes: configuration.flag('Include operational attributes in schema'),
    includeExtensibleAttributes: configuration.flag('Include extensible attributes in schema'),
    manualAnchorSelection: configuration.flag('Allow manual anchor selection'),
    auxiliaryClasses: reader.parsed('Auxiliary Classes', parseAuxiliaryClasses, new Map()),
    deltaStrategy: wordOf(deltaStrategies, configuration.text('Delta Strategy'), 'default'),
    changeLogDn: reader.distinguishedName('Change Log DN'),
    timeStampOverlapMs: reader.number('Time Stamp Overlap', 0, 86_400) * 1000,
    passwordAttribute: configuration.text('Password Attribute Name'),
    passwordHashing: wordOf(passwordHashings, configuration.text('Password Hashing'), 'server'),
    treeDelete: configuration.flag('Tree Delete'),
    provisioningHierarchy: reader.parsed('Provisioning Hierarchy', parseHierarchy, new Map()),
    uniqueAttributes: reader.parsed('Unique Attributes', parseAttributeNames, []),
    placeholderMember: reader.distinguishedName('Placeholder Member'),
    ...controls,
    pageSize: configuration.text('Page Size') === '' ? undefined : reader.number('Page Size', 1, 50_000),
    exportConnections: reader.number('Export Connections', 1, 16),
    exportWindow: reader.number('Export Window', 1, 256),
  };
  findings.throwIfAny();
  return settings;
}

/** A drop-down's value by its word; the contract has checked that the word is one of them. */
function wordOf<T>(words: Readonly<Record<string, T>>, word: string, otherwise: T): T {
  return Object.hasOwn(words, word) ? (words[word] ?? otherwise) : otherwise;
}
