import type { KindDefinition, Rule } from './kind.ts';
import { CAPABILITY, CONTROL, EXTENSION, FEATURE } from './oids.ts';
import { rootDseValue } from './root-dse.ts';
import { both, either, has, knows, knowsBelow, never, onPort, says } from './rules.ts';
import { numberAfter, vendorVersion, windowsVersion } from './versions.ts';

const CHANGE_LOG = { strategies: ['changeLog', 'timeStamp'], default: 'announced', logDn: 'cn=changelog' } as const;
const LOG_RIGHTS = 'read below cn=changelog for delta imports';
const EDIT_RIGHTS = 'Read, add, change, rename and delete in the containers it looks after';

const MICROSOFT = {
  anchor: 'objectGUID',
  uniqueId: 'objectGUID',
  delta: {
    strategies: ['usnChanged'],
    default: 'usnChanged',
    needs:
      'Nothing has to be switched on. The account must be allowed to read the container of deleted objects; an import older than the tombstone lifetime has to be followed by a full import, as has one from another domain controller.',
  },
  passwordAttribute: 'unicodePwd',
  personClass: 'user',
  works: [EXTENSION.startTls],
  // The name comes from the DN, which always begins with CN.
  fills: ['cn', 'objectCategory', 'nTSecurityDescriptor', 'instanceType', 'objectSid', 'sAMAccountName'],
  rights: `${EDIT_RIGHTS}; read of CN=Deleted Objects; and the right to reset passwords where it sets them.`,
} as const;

const activeDirectory: Rule = says('supportedCapabilities', exactly(CAPABILITY.activeDirectory));

/** A server of which nothing is known; its rule is never asked. */
export const GENERIC: KindDefinition = {
  kind: 'Generic',
  title: 'LDAP server',
  rule: never,
  version: vendorVersion,
  anchor: 'entryDN',
  uniqueId: undefined,
  delta: {
    strategies: ['timeStamp', 'changeLog'],
    default: 'timeStamp',
    needs: 'The server must keep modifyTimestamp. Deletes are never seen: run full imports regularly.',
  },
  passwordAttribute: 'userPassword',
  personClass: 'inetOrgPerson',
  rights: `${EDIT_RIGHTS}.`,
  traps: ['Nothing is known of this server: what its root DSE lists is believed.'],
};

/**
 * The kinds of server, in the order in which their rules are asked; the first that holds decides (LDAP sheet 2.2). The order is part of
 * the knowledge: ApacheDS announces Microsoft's controls and OpenDS names Sun as its vendor.
 */
export const KINDS: readonly KindDefinition[] = [
  {
    kind: 'ApacheDS',
    title: 'ApacheDS',
    rule: says('vendorName', /Apache Software Foundation/i),
    version: vendorVersion,
    anchor: 'entryDN',
    uniqueId: 'entryUUID',
    delta: {
      strategies: ['timeStamp'],
      default: undefined,
      needs: 'This server keeps no change log: import in full. Time stamps can be chosen, but they never show deletes.',
    },
    passwordAttribute: 'userPassword',
    personClass: 'inetOrgPerson',
    // Measured: tree delete answers 66, permissive modify changes nothing, the others are not usable (LDAP sheet 2.3).
    broken: [CONTROL.treeDelete, CONTROL.permissiveModify, CONTROL.showDeleted, CONTROL.dirSync, CONTROL.notification],
    rights: 'Any account: access control is off unless it was switched on, so that everybody may write.',
    traps: [
      'Its root DSE lists controls that it does not have; the connector knows which.',
      'A malformed filter makes it close the connection.',
      'Its error texts repeat what was sent, passwords too; the connector takes them out.',
      'It keeps the history of passwords readable: do not let others read pwdHistory.',
    ],
  },
  {
    kind: 'IBM',
    title: 'IBM Directory Server',
    rule: either(
      says('vendorName', /International Business Machines/i),
      has('ibm-configurationnamingcontext'),
      has('ibmdirectoryversion'),
    ),
    probe: knows('ibm-entryUUID'),
    version: (rootDse) => rootDseValue(rootDse, 'ibmdirectoryversion') ?? vendorVersion(rootDse),
    anchor: 'entryDN',
    uniqueId: 'ibm-entryUUID',
    delta: {
      ...CHANGE_LOG,
      needs: 'The change log must be configured (idscfgchglg) while the server is stopped, and be readable.',
    },
    passwordAttribute: 'userPassword',
    personClass: 'inetOrgPerson',
    rights: `${EDIT_RIGHTS}; ${LOG_RIGHTS}.`,
    traps: [],
  },
  {
    kind: 'eDirectory',
    title: 'eDirectory',
    rule: either(
      says('vendorVersion', /eDirectory/i),
      says('vendorName', /Novell|NetIQ/i),
      has('directoryTreeName', 'dsaName'),
    ),
    probe: knowsBelow('GUID', '2.16.840.1.113719'),
    version: numberAfter('vendorVersion', /eDirectory v?([\d.]+)/i),
    anchor: 'GUID',
    uniqueId: 'GUID',
    delta: {
      strategies: ['timeStamp'],
      default: 'timeStamp',
      needs: 'Nothing has to be switched on. Deletes are never seen: run full imports regularly.',
    },
    passwordAttribute: 'userPassword',
    personClass: 'inetOrgPerson',
    disableMethod: 'loginDisabled',
    rights: `${EDIT_RIGHTS}.`,
    traps: ['Its root DSE names no contexts: name the partitions yourself.'],
  },
  {
    kind: 'OpenDJ',
    title: 'OpenDJ',
    rule: either(says('vendorVersion', /OpenDJ/i), says('vendorName', /ForgeRock/i)),
    version: numberAfter('vendorVersion', /([\d][\d.]*)/),
    anchor: 'entryDN',
    uniqueId: 'entryUUID',
    delta: { ...CHANGE_LOG, needs: 'Replication must be on, and the account needs the privilege changelog-read.' },
    passwordAttribute: 'userPassword',
    personClass: 'inetOrgPerson',
    rights: `${EDIT_RIGHTS}; the privilege changelog-read for delta imports; unindexed-search where filters are not indexed.`,
    traps: ['Change numbers belong to one server: after a fail-over a full import is due.'],
  },
  {
    kind: 'OpenDS',
    title: 'OpenDS',
    rule: says('vendorVersion', /OpenDS/i),
    version: numberAfter('vendorVersion', /([\d][\d.]*)/),
    anchor: 'entryDN',
    uniqueId: 'entryUUID',
    delta: {
      ...CHANGE_LOG,
      needs: 'Replication with its external change log must be on, and the account needs the privilege to read it.',
    },
    passwordAttribute: 'userPassword',
    personClass: 'inetOrgPerson',
    rights: `${EDIT_RIGHTS}; ${LOG_RIGHTS}.`,
    traps: [],
  },
  {
    kind: '389',
    title: '389 Directory Server',
    rule: either(says('vendorVersion', /389-Directory/i), says('vendorName', /^389 Project$/i)),
    // ODSEE has the attribute too; it is told by its vendor, which nobody else hides.
    probe: knows('nsUniqueId'),
    version: numberAfter('vendorVersion', /389-Directory\/([\w.]+)/i),
    anchor: 'entryDN',
    uniqueId: 'nsUniqueId',
    delta: {
      ...CHANGE_LOG,
      needs:
        'The Retro Changelog plug-in must be on (dsconf <instance> plugin retro-changelog enable, with the attribute nsuniqueid:targetUniqueId), and an ACI must let the account read cn=changelog.',
    },
    passwordAttribute: 'userPassword',
    personClass: 'inetOrgPerson',
    disableMethod: 'nsAccountLock',
    rights: `${EDIT_RIGHTS}, by ACIs; ${LOG_RIGHTS}.`,
    traps: [
      'uid, mail and userPassword take ASCII only, as long as the 7-bit check plug-in is on.',
      'Hashing a password costs about 8 ms for each account that is added.',
      'userCertificate and userCertificate;binary are two attributes here: use one of them.',
    ],
  },
  {
    kind: 'RadiantOne',
    title: 'RadiantOne',
    rule: either(says('vendorVersion', /RadiantOne/i), says('vendorName', /Radiant/i)),
    version: numberAfter('vendorVersion', /([\d][\d.]*)/),
    anchor: 'entryDN',
    uniqueId: undefined,
    delta: {
      ...CHANGE_LOG,
      needs: 'Whatever stands behind it must offer changes; its root DSE then names the change log.',
    },
    passwordAttribute: 'userPassword',
    personClass: 'inetOrgPerson',
    broken: [CONTROL.manageDsaIt],
    rights: `${EDIT_RIGHTS}; ${LOG_RIGHTS}.`,
    traps: ['Its port is usually 2389 instead of 389.'],
  },
  {
    kind: 'Isode',
    title: 'Isode M-Vault',
    rule: says('vendorName', /Isode/i),
    version: vendorVersion,
    anchor: 'entryDN',
    uniqueId: 'entryUUID',
    delta: { ...CHANGE_LOG, needs: 'The change log must be switched on and readable.' },
    passwordAttribute: 'userPassword',
    personClass: 'inetOrgPerson',
    rights: `${EDIT_RIGHTS}; ${LOG_RIGHTS}.`,
    traps: [],
  },
  {
    kind: 'ODSEE',
    title: 'Oracle Directory Server (Sun)',
    rule: either(
      says('vendorName', /\bSun\b/i),
      says('vendorVersion', /\bSun\b/i),
      says('vendorVersion', /Oracle.*Directory|Directory.*Oracle/i),
    ),
    version: numberAfter('vendorVersion', /([\d][\d.]*)/),
    anchor: 'entryDN',
    uniqueId: 'nsUniqueId',
    delta: {
      ...CHANGE_LOG,
      needs: 'The Retro Change Log must be on, and an ACI must let the account read cn=changelog.',
    },
    passwordAttribute: 'userPassword',
    personClass: 'inetOrgPerson',
    disableMethod: 'nsAccountLock',
    rights: `${EDIT_RIGHTS}, by ACIs; ${LOG_RIGHTS}.`,
    traps: [],
  },
  {
    ...MICROSOFT,
    kind: 'ADLDS',
    title: 'Active Directory Lightweight Directory Services',
    rule: says('supportedCapabilities', exactly(CAPABILITY.lightweightDirectoryServices)),
    version: windowsVersion,
    disableMethod: 'msDS-UserAccountDisabled',
    traps: [
      'A user without an acceptable password cannot be enabled where the machine’s policy asks for one.',
      'Accounts may have to be in CN=Administrators,CN=Roles of the partition to see deleted objects.',
    ],
  },
  {
    ...MICROSOFT,
    kind: 'ActiveDirectoryGlobalCatalog',
    title: 'Active Directory global catalog',
    rule: both(activeDirectory, onPort(3268, 3269)),
    version: windowsVersion,
    disableMethod: 'userAccountControl',
    traps: ['A global catalog holds a part of the attributes and cannot be written: use port 389 or 636 for exports.'],
  },
  {
    ...MICROSOFT,
    kind: 'Samba',
    title: 'Samba Active Directory',
    rule: both(activeDirectory, says('vendorName', /Samba/i)),
    version: vendorVersion,
    disableMethod: 'userAccountControl',
    // Measured: no extension is listed and StartTLS works; (&) works unlisted (LDAP sheet 2.3).
    works: [EXTENSION.startTls, FEATURE.trueFalseFilters],
    traps: [
      'A simple bind without TLS is refused (8) unless “ldap server require strong auth = no” is set.',
      'Writing userPassword does not change the password: unicodePwd over TLS does.',
      'A bare account name does not bind: use name@domain, DOMAIN\\name or the DN.',
    ],
  },
  {
    ...MICROSOFT,
    kind: 'ActiveDirectory',
    title: 'Active Directory',
    rule: activeDirectory,
    probe: knows('objectGUID', 'instanceType'),
    version: windowsVersion,
    disableMethod: 'userAccountControl',
    traps: [
      'Passwords are taken over TLS only.',
      'Update sequence numbers belong to one domain controller: name one, not the domain, for delta imports.',
    ],
  },
  {
    kind: 'OpenLDAP',
    title: 'OpenLDAP',
    rule: says('objectClass', /^OpenLDAProotDSE$/i),
    probe: knows('structuralObjectClass', 'entryCSN'),
    version: (rootDse) =>
      rootDse.get('supportedcontrol')?.includes('1.3.6.1.1.22') === true
        ? '2.4 or later'
        : rootDse.has('configcontext')
          ? '2.3 or later'
          : undefined,
    anchor: 'entryDN',
    uniqueId: 'entryUUID',
    delta: {
      strategies: ['accessLog', 'timeStamp'],
      default: 'announced',
      logDn: 'cn=accesslog',
      needs:
        'The overlay accesslog must be on the data database with logops writes and logsuccess TRUE, and the account must be allowed to read the log without a size limit.',
    },
    passwordAttribute: 'userPassword',
    personClass: 'inetOrgPerson',
    disableMethod: 'pwdAccountLockedTime',
    // Measured: permissive modify is hidden and works (LDAP sheet 2.3).
    works: [CONTROL.permissiveModify],
    rights: `${EDIT_RIGHTS}, by olcAccess; read of cn=accesslog for delta imports.`,
    traps: [
      'One paged search for each connection: the connector opens its own.',
      'A password that is written is stored as it comes unless ppolicy hashes it: see Password hashing.',
      'userCertificate must be written as userCertificate;binary: see Attribute aliases.',
      'Accounts can be disabled where the overlay ppolicy is loaded.',
    ],
  },
  GENERIC,
];

function exactly(oid: string): RegExp {
  return new RegExp(`^${oid.replaceAll('.', '\\.')}$`);
}
