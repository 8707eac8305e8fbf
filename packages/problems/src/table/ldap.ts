import type { ProblemTable } from '../definition.ts';

export const ldapProblems = {
  LDAP_CONNECTION_LOST: {
    kind: 'unavailable',
    retry: 'backoff',
    status: 503,
    title: 'The connection to the directory server was lost.',
    fix: 'Nothing to do if the server comes back: what was on its way is tried again. Otherwise look at the server’s log.',
  },
  LDAP_SERVER_UNREACHABLE: {
    kind: 'unavailable',
    retry: 'backoff',
    status: 503,
    title: 'No directory server could be reached.',
    fix: 'Check host and port, that the server runs, and that no firewall is in between.',
  },
  LDAP_PROTOCOL_INVALID: {
    kind: 'unavailable',
    retry: 'backoff',
    status: 503,
    title: 'What answered is not an LDAP server, or its answer is damaged.',
    fix: 'Check that host and port belong to a directory server and that Binding fits the port: SSL for 636, TLS or Basic for 389.',
  },
  LDAP_BIND_REFUSED: {
    kind: 'unavailable',
    retry: 'backoff',
    status: 503,
    title: 'The directory server does not accept the account of the connector.',
    fix: 'Check User Name and Password, and that the account is enabled in the directory.',
  },
  LDAP_CLEAR_TEXT_REFUSED: {
    kind: 'invalid',
    retry: 'never',
    status: 400,
    title: 'The password would be sent over the network unencrypted.',
    fix: 'Choose the Binding SSL or TLS; or, where the network itself is protected, accept clear text in the configuration.',
  },
} as const satisfies ProblemTable;
