import type { ConnectorKind } from '@joinery/connector';
import { siblingModule } from '@joinery/runtime';
import { ldapSettings } from './configuration/ldap-settings.ts';
import { ldapParameters } from './configuration/parameters.ts';
import { LdapConnector } from './connector.ts';

export { fetchCertificate } from './connection/fetch-certificate.ts';
export { type InspectionOptions, inspectDirectory } from './inspect/inspect-directory.ts';
export type { Inspection } from './inspect/inspection.ts';
export { type InspectionReach, inspectionSettings } from './inspect/inspection-settings.ts';
export { printCertificates, printInspection } from './inspect/print-inspection.ts';
export { summaryOf } from './inspect/report.ts';

/**
 * Any directory server behind LDAP, the native equivalent of Microsoft's Generic LDAP connector (LDAP sheet 1). It runs in the host's own
 * thread: in a thread of its own, imports take as long and keep callers waiting as long (measured), because pages are copied across.
 */
export const ldapConnector: ConnectorKind = {
  kind: 'ldap',
  description:
    'Reads and writes people, groups and the like in directory servers: OpenLDAP, 389, Active Directory and others.',
  parameters: ldapParameters,
  module: siblingModule(import.meta.url, './index'),
  create: (configuration, context) => new LdapConnector(ldapSettings(configuration, context.folder), context),
};
