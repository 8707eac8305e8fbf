import type { ConfigParameterDefinition } from '@joinery/connector';

/** The words of the parameter Binding (LDAP sheet 1.2). Kerberos over TLS is ours: Active Directory sets passwords only there. */
export const bindings = [
  'Anonymous',
  'Basic',
  'SSL',
  'TLS',
  'Kerberos',
  'Kerberos over SSL',
  'Kerberos over TLS',
] as const;

export type Binding = (typeof bindings)[number];

/** How the servers are reached, labelled as the original labels it (LDAP sheet 1.2). */
export const connectivityParameters: readonly ConfigParameterDefinition[] = [
  {
    name: 'Host',
    type: 'Text',
    page: 'Connectivity',
    description:
      'Name or address of the directory server. Several, with commas or line breaks between them, are tried in this order; each may have a port of its own, e.g. ldap1:389, [2001:db8::1]:636.',
    required: true,
  },
  {
    name: 'Port',
    type: 'String',
    page: 'Connectivity',
    description: 'The port of servers that have none of their own; blank: 636 with SSL, otherwise 389.',
    validation: /\d{1,5}/,
  },
  {
    name: 'Connection Timeout',
    type: 'String',
    page: 'Connectivity',
    description: 'Seconds for connecting, binding and reading the schema.',
    default: '180',
    validation: /\d{1,6}/,
  },
  {
    name: 'Binding',
    type: 'DropDown',
    page: 'Connectivity',
    description:
      'SSL is LDAPS, TLS is StartTLS, both with the user name and password or with the client certificate; Basic sends the password in clear, Anonymous sends none; Kerberos needs the package kerberos.',
    required: true,
    default: 'Basic',
    choices: bindings,
  },
  {
    name: 'User Name',
    type: 'String',
    page: 'Connectivity',
    description:
      'The account of the connector: its distinguished name, or a user principal name or DOMAIN\\user where the server takes one.',
  },
  {
    name: 'Password',
    type: 'EncryptedString',
    page: 'Connectivity',
    description: 'The password of that account.',
  },
  {
    name: 'Realm/Domain',
    type: 'String',
    page: 'Connectivity',
    description: 'Kerberos only: the realm of the account, e.g. CONTOSO.LAB; blank: the default of krb5.conf.',
  },
  {
    name: 'Use Client Certificate',
    type: 'CheckBox',
    page: 'Connectivity',
    description: 'SSL and TLS only: the connector proves itself by a certificate (SASL EXTERNAL), without a password.',
    default: '0',
  },
  {
    name: 'Client Certificate File',
    type: 'File',
    page: 'Connectivity',
    description: 'The certificate as PEM, or with its key as PKCS#12 (.p12, .pfx).',
  },
  {
    name: 'Client Key File',
    type: 'File',
    page: 'Connectivity',
    description: 'The key as PEM; blank where the certificate file holds it.',
  },
  {
    name: 'Client Certificate Passphrase',
    type: 'EncryptedString',
    page: 'Connectivity',
    description: 'What opens the key; blank where it is not encrypted.',
  },
  {
    name: 'CA File',
    type: 'File',
    page: 'Connectivity',
    description:
      'PEM file of the authorities that may have signed the server’s certificate; blank: those of the system.',
  },
  {
    name: 'Server Name',
    type: 'String',
    page: 'Connectivity',
    description: 'The name that the server’s certificate is for, where it is not the one under Host.',
  },
  {
    name: 'Thumbprint',
    type: 'String',
    page: 'Connectivity',
    description:
      'SHA-256 or SHA-1 thumbprint that the server’s certificate must have besides; colons, blanks and case do not matter.',
    validation: /[0-9A-Fa-f: ]+/,
  },
  {
    name: 'Accept Clear Text',
    type: 'CheckBox',
    page: 'Connectivity',
    description: 'The network itself is protected: the password of the account may go over it unencrypted.',
    default: '0',
  },
];
