import type { ConfigParameterDefinition } from '@joinery/connector';
import type { LdapSettings } from './settings.ts';

/** The words of the parameter Delta Strategy, and what they stand for (LDAP sheet 1.3). */
export const deltaStrategies = {
  'By server': 'default',
  'Access log': 'accessLog',
  'Change log': 'changeLog',
  TimeStamp: 'timeStamp',
  USNChanged: 'usnChanged',
  None: 'none',
} as const satisfies Readonly<Record<string, LdapSettings['deltaStrategy']>>;

/** A strategy in the words of the parameter Delta Strategy, which is what an administrator writes. */
export function strategyLabel(strategy: LdapSettings['deltaStrategy']): string {
  return Object.entries(deltaStrategies).find(([, value]) => value === strategy)?.[0] ?? strategy;
}

/** The words of the parameter Password Hashing (LDAP sheet 5.7). */
export const passwordHashings = {
  'By server': 'server',
  None: 'none',
  SSHA: 'SSHA',
  SSHA512: 'SSHA512',
} as const satisfies Readonly<Record<string, LdapSettings['passwordHashing']>>;

/** What of the schema is offered (LDAP sheet 1.2: the original has these on its page Connectivity). */
export const schemaParameters: readonly ConfigParameterDefinition[] = [
  {
    name: 'Attribute Aliases',
    type: 'Text',
    page: 'Schema',
    description:
      'Attributes that the server wants with an option, one a line as attribute;option, e.g. userCertificate;binary.',
  },
  {
    name: 'Include operational attributes in schema',
    type: 'CheckBox',
    page: 'Schema',
    description: 'Offers what the server itself keeps, e.g. entryUUID and modifyTimestamp. Recommended.',
    default: '1',
  },
  {
    name: 'Include extensible attributes in schema',
    type: 'CheckBox',
    page: 'Schema',
    description: 'Offers every attribute of the server on every object type; makes the schema very large.',
    default: '0',
  },
  {
    name: 'Allow manual anchor selection',
    type: 'CheckBox',
    page: 'Schema',
    description: 'Another anchor than the one by kind of server may be chosen, e.g. entryUUID, which a rename keeps.',
    default: '0',
  },
  {
    name: 'Auxiliary Classes',
    type: 'Text',
    page: 'Schema',
    description:
      'Auxiliary classes whose attributes are offered too, one line for each structural class, e.g. inetOrgPerson = posixAccount, shadowAccount; * stands for every class.',
  },
];

/** What the connector does with the directory as a whole (LDAP sheet 1.3, 1.4). */
export const globalParameters: readonly ConfigParameterDefinition[] = [
  {
    name: 'Supported Controls',
    type: 'Text',
    page: 'Global',
    description:
      'Corrections to what the server is known to support, one object identifier a line: +OID is used, -OID is not.',
  },
  {
    name: 'Tree Delete',
    type: 'CheckBox',
    page: 'Global',
    description: 'Deleting an entry deletes what is below it; otherwise an entry with others below it is not deleted.',
    default: '0',
  },
  {
    name: 'Delta Strategy',
    type: 'DropDown',
    page: 'Global',
    description: 'How changes since the last import are found. TimeStamp sees no deletions.',
    default: 'By server',
    choices: Object.keys(deltaStrategies),
  },
  {
    name: 'Change Log DN',
    type: 'String',
    page: 'Global',
    description: 'Where the access log or change log is; blank: by server, e.g. cn=accesslog or cn=changelog.',
  },
  {
    name: 'Time Stamp Overlap',
    type: 'String',
    page: 'Global',
    description: 'TimeStamp only: seconds by which an import begins before the last one began.',
    default: '120',
    validation: /\d{1,6}/,
  },
  {
    name: 'Password Attribute Name',
    type: 'String',
    page: 'Global',
    description: 'Blank: by server, unicodePwd for Active Directory and userPassword for others.',
    validation: /[A-Za-z][A-Za-z0-9-]*|\d+(\.\d+)+/,
  },
  {
    name: 'Password Hashing',
    type: 'DropDown',
    page: 'Global',
    description:
      'OpenLDAP: the server hashes passwords (password-modify operation), the connector does, or nobody does. Other servers hash themselves.',
    default: 'By server',
    choices: Object.keys(passwordHashings),
  },
  {
    name: 'Provisioning Hierarchy',
    type: 'Text',
    page: 'Global',
    description:
      'Missing parents are made on export, one line for each component of a distinguished name, e.g. ou=organizationalUnit; blank: never.',
  },
  {
    name: 'Unique Attributes',
    type: 'Text',
    page: 'Global',
    description:
      'Attributes whose values no two entries may share, with commas or line breaks between them, e.g. uidNumber, mail; looked up before each write.',
  },
  {
    name: 'Placeholder Member',
    type: 'String',
    page: 'Global',
    description: 'The distinguished name that stands in groups that may not be empty and have no members; blank: none.',
  },
  {
    name: 'Export Connections',
    type: 'String',
    page: 'Global',
    description: 'How many connections write at the same time.',
    default: '1',
    validation: /\d{1,2}/,
  },
  {
    name: 'Export Window',
    type: 'String',
    page: 'Global',
    description: 'How many writes are on their way on each of them.',
    default: '16',
    validation: /\d{1,3}/,
  },
];

/** Which part of the directory is read (LDAP sheet 1.5, 1.6). */
export const partitionParameters: readonly ConfigParameterDefinition[] = [
  {
    name: 'Partition Names',
    type: 'Text',
    page: 'Global',
    description: 'Additional namespaces that the server does not announce, one distinguished name a line.',
  },
  {
    name: 'Partitions',
    type: 'Text',
    page: 'Partition',
    description:
      'Naming contexts to read, one distinguished name a line; blank: those that the server announces, without logs and configuration.',
  },
  {
    name: 'Containers',
    type: 'Text',
    page: 'Partition',
    description:
      'Where in the partitions entries are read, one distinguished name a line; a partition without any is read as a whole.',
  },
  {
    name: 'Search only in selected containers',
    type: 'CheckBox',
    page: 'Partition',
    description: 'Off: whole partitions are searched, and what is outside the containers is dropped afterwards; slow.',
    // The original leaves it off; on reads the same entries and no others.
    default: '1',
  },
  {
    name: 'Import Filter',
    type: 'Text',
    page: 'Partition',
    description: 'A further condition for entries to be read, e.g. (!(employeeType=service)); RFC 4515.',
  },
  {
    name: 'Page Size',
    type: 'String',
    page: 'RunStep',
    description: 'Entries in one answer of the server, up to 1000 for Active Directory; blank: what the host asks for.',
    validation: /\d{1,5}/,
  },
  {
    name: 'Operation Timeout',
    type: 'String',
    page: 'RunStep',
    description: 'Seconds for each answer of the server once the connector is connected.',
    default: '120',
    validation: /\d{1,6}/,
  },
];
