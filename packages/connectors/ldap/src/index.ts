import type { ConnectorKind } from '@joinery/connector';
import { siblingModule } from '@joinery/runtime';
import { ldapSettings } from './configuration/ldap-settings.ts';
import { ldapParameters } from './configuration/parameters.ts';
import { LdapConnector } from './connector.ts';

/** Any directory server behind LDAP, the native equivalent of Microsoft's Generic LDAP connector (LDAP sheet 1). */
export const ldapConnector: ConnectorKind = {
  kind: 'ldap',
  description:
    'Reads and writes people, groups and the like in directory servers: OpenLDAP, 389, Active Directory and others.',
  parameters: ldapParameters,
  module: siblingModule(import.meta.url, './index'),
  create: (configuration, context) => new LdapConnector(ldapSettings(configuration, context.folder), context),
};
