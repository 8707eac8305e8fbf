import type { Control } from '../control.ts';

/** Deleted entries are found too (Active Directory; LDAP sheet 4.10). Critical: without it deletions would not be seen. */
export const showDeleted: Control = { oid: '1.2.840.113556.1.4.417', critical: true };

/** As {@link showDeleted}, and what was emptied out of a recycle bin besides ([MS-ADTS] 3.1.1.3.4.1.26). */
export const showRecycled: Control = { oid: '1.2.840.113556.1.4.2064', critical: true };

/** A delete takes everything below with it (LDAP sheet 5.1). Critical: what is asked for must not be half of it. */
export const treeDelete: Control = { oid: '1.2.840.113556.1.4.805', critical: true };

/** Adding what is there and deleting what is not succeeds. Not critical: 389 refuses it as such (LDAP sheet 5.1). */
export const permissiveModify: Control = { oid: '1.2.840.113556.1.4.1413', critical: false };

/** Active Directory sends no references to other domains (LDAP sheet 4.4). */
export const domainScope: Control = { oid: '1.2.840.113556.1.4.1339', critical: false };

/** RFC 3296: entries that are referrals are read and written like others. */
export const manageDsaIt: Control = { oid: '2.16.840.1.113730.3.4.2', critical: true };
