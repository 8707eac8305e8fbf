import type { ServerKind } from '../detection/profile.ts';

/** The limits of a server that end a search before its end (RFC 4511 appendix A: 3, 4, 11). */
export type Limit = 'time' | 'size' | 'lookThrough';

type Settings = Readonly<Record<Limit, string>>;

const netscape: Settings = {
  time: 'Set "nsTimeLimit: -1" on the account of the connector (for all accounts: "nsslapd-timelimit" in cn=config).',
  size: 'Set "nsSizeLimit: -1" on the account of the connector (for all accounts: "nsslapd-sizelimit" in cn=config).',
  lookThrough:
    'Set "nsLookThroughLimit: -1" on the account of the connector (for all accounts: "nsslapd-lookthroughlimit" and "nsslapd-pagedlookthroughlimit").',
};

const microsoft: Settings = {
  time: 'Raise "MaxQueryDuration" in the LDAP policy of the server (ntdsutil, "LDAP policies").',
  size: 'Leave Paged Results switched on with a page size of at most "MaxPageSize" (1000), or raise it in the LDAP policy of the server (ntdsutil, "LDAP policies").',
  lookThrough:
    'Raise "MaxTempTableSize" and "MaxResultSetSize" in the LDAP policy of the server (ntdsutil, "LDAP policies").',
};

const openDj: Settings = {
  time: 'Set "ds-rlim-time-limit: 0" on the account of the connector (for all accounts: "time-limit" of the server).',
  size: 'Set "ds-rlim-size-limit: 0" on the account of the connector (for all accounts: "size-limit" of the server).',
  lookThrough:
    'Set "ds-rlim-lookthrough-limit: 0" on the account of the connector (for all accounts: "lookthrough-limit" of the server).',
};

const eDirectory: Settings = {
  time: 'Raise "Search Time Limit" (ldapSearchTimeLimit) of the LDAP Server object.',
  size: 'Raise "Search Entry Limit" (ldapSearchSizeLimit) of the LDAP Server object.',
  lookThrough: 'Raise "Search Entry Limit" (ldapSearchSizeLimit) of the LDAP Server object.',
};

const unknown: Settings = {
  time: 'Lift the time limit of the account of the connector in the directory server.',
  size: 'Lift the size limit of the account of the connector in the directory server, for paged searches too.',
  lookThrough: 'Lift the limit on entries that one search may look at, for the account of the connector.',
};

const byKind: Readonly<Record<ServerKind, Settings>> = {
  OpenLDAP: {
    time: 'Add to the database "olcLimits: {0}dn.exact="<account>" time=unlimited" ("limits" in slapd.conf).',
    size: 'Add to the database "olcLimits: {0}dn.exact="<account>" size.soft=unlimited size.hard=unlimited size.pr=unlimited size.prtotal=unlimited" ("limits" in slapd.conf).',
    lookThrough:
      'Add to the database "olcLimits: {0}dn.exact="<account>" size.unchecked=unlimited size.pr=unlimited size.prtotal=unlimited" ("limits" in slapd.conf).',
  },
  '389': netscape,
  ODSEE: netscape,
  ActiveDirectory: microsoft,
  ActiveDirectoryGlobalCatalog: microsoft,
  ADLDS: microsoft,
  Samba: microsoft,
  ApacheDS: {
    ...unknown,
    time: 'Raise "ads-maxTimeLimit" of the LDAP server in ou=config.',
    size: 'Raise "ads-maxSizeLimit" of the LDAP server in ou=config.',
  },
  IBM: {
    ...unknown,
    time: 'Set "ibm-slapdTimeLimit: 0", or put the account into a search limit group with "ibm-searchTimeLimit: 0".',
    size: 'Set "ibm-slapdSizeLimit: 0" and "ibm-slapdPagedResAllowNonAdmin: TRUE", or put the account into a search limit group with "ibm-searchSizeLimit: 0".',
  },
  OpenDJ: openDj,
  OpenDS: openDj,
  eDirectory,
  Isode: unknown,
  RadiantOne: {
    ...unknown,
    size: 'Raise the size limit under Settings, Limits of the Main Control Panel, for the account of the connector.',
    time: 'Raise the time limit under Settings, Limits of the Main Control Panel, for the account of the connector.',
  },
  Generic: unknown,
};

/** What an administrator of this kind of server changes so that a search may end (LDAP sheet 4.2). */
export function limitSetting(kind: ServerKind, limit: Limit): string {
  return byKind[kind][limit];
}
