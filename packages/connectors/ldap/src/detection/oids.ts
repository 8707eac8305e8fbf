import { assertionOid } from '../protocol/control/assertion.ts';
import { dirSyncOid } from '../protocol/control/dir-sync.ts';
import { pagedResultsOid } from '../protocol/control/paged-results.ts';
import { passwordPolicyOid } from '../protocol/control/password-policy.ts';
import { postReadOid } from '../protocol/control/post-read.ts';
import {
  domainScope,
  manageDsaIt,
  permissiveModify,
  showDeleted,
  treeDelete,
} from '../protocol/control/without-value.ts';
import { passwordModifyOid } from '../protocol/extended/password-modify.ts';
import { startTlsOid } from '../protocol/extended/start-tls.ts';
import { whoAmIOid } from '../protocol/extended/who-am-i.ts';

/** What an OID of the root DSE means. */
export interface KnownOid {
  readonly name: string;
  /** What the connector does with it; nothing where it makes no use of it. */
  readonly use?: string;
}

/** Controls by the names that the code uses. */
export const CONTROL = {
  pagedResults: pagedResultsOid,
  treeDelete: treeDelete.oid,
  permissiveModify: permissiveModify.oid,
  showDeleted: showDeleted.oid,
  dirSync: dirSyncOid,
  notification: '1.2.840.113556.1.4.528',
  domainScope: domainScope.oid,
  sort: '1.2.840.113556.1.4.473',
  virtualListView: '2.16.840.1.113730.3.4.9',
  manageDsaIt: manageDsaIt.oid,
  assertion: assertionOid,
  preRead: '1.3.6.1.1.13.1',
  postRead: postReadOid,
  contentSync: '1.3.6.1.4.1.4203.1.9.1.1',
} as const;

/** Extended operations by the names that the code uses. */
export const EXTENSION = {
  startTls: startTlsOid,
  modifyPassword: passwordModifyOid,
  whoAmI: whoAmIOid,
} as const;

/** Features by the names that the code uses. */
export const FEATURE = {
  allOperationalAttributes: '1.3.6.1.4.1.4203.1.5.1',
  trueFalseFilters: '1.3.6.1.4.1.4203.1.5.3',
} as const;

/** Capabilities of Microsoft's directories ([MS-ADTS] 3.1.1.3.4.3). */
export const CAPABILITY = {
  activeDirectory: '1.2.840.113556.1.4.800',
  lightweightDirectoryServices: '1.2.840.113556.1.4.1851',
} as const;

const KNOWN: ReadonlyMap<string, KnownOid> = new Map<string, KnownOid>([
  [CONTROL.pagedResults, { name: 'Paged results', use: 'imports read page by page' }],
  [CONTROL.treeDelete, { name: 'Tree delete', use: 'deletes an entry with its children, where that is switched on' }],
  [CONTROL.permissiveModify, { name: 'Permissive modify', use: 'values that are there already do no harm' }],
  [CONTROL.showDeleted, { name: 'Show deleted', use: 'delta imports see what was deleted' }],
  [CONTROL.dirSync, { name: 'DirSync' }],
  [CONTROL.notification, { name: 'Change notification' }],
  [CONTROL.domainScope, { name: 'Domain scope', use: 'no references to other partitions among the results' }],
  [CONTROL.sort, { name: 'Server-side sorting' }],
  ['1.2.840.113556.1.4.474', { name: 'Server-side sorting (response)' }],
  [CONTROL.virtualListView, { name: 'Virtual list view' }],
  ['2.16.840.1.113730.3.4.10', { name: 'Virtual list view (response)' }],
  [CONTROL.manageDsaIt, { name: 'ManageDsaIT' }],
  [CONTROL.assertion, { name: 'Assertion' }],
  [CONTROL.preRead, { name: 'Pre-read' }],
  [CONTROL.postRead, { name: 'Post-read', use: 'the anchor of a new entry comes with the answer' }],
  [CONTROL.contentSync, { name: 'Content synchronization' }],
  ['1.3.6.1.4.1.4203.1.9.1.2', { name: 'Content synchronization: state' }],
  ['1.3.6.1.4.1.4203.1.9.1.3', { name: 'Content synchronization: done' }],
  ['1.3.6.1.4.1.4203.1.10.1', { name: 'Subentries' }],
  [passwordPolicyOid, { name: 'Password policy', use: 'says which rule a refused password breaks' }],
  ['1.3.6.1.1.22', { name: 'Don’t use copy' }],
  ['1.2.826.0.1.3344810.2.3', { name: 'Matched values' }],
  ['1.3.6.1.1.21.2', { name: 'Transaction specification' }],
  ['2.16.840.1.113730.3.4.3', { name: 'Persistent search' }],
  ['2.16.840.1.113730.3.4.4', { name: 'Password expired' }],
  ['2.16.840.1.113730.3.4.5', { name: 'Password expiring' }],
  ['2.16.840.1.113730.3.4.7', { name: 'Entry change notification' }],
  ['2.16.840.1.113730.3.4.12', { name: 'Proxied authorization (version 1)' }],
  ['2.16.840.1.113730.3.4.18', { name: 'Proxied authorization' }],
  ['2.16.840.1.113730.3.4.16', { name: 'Authorization identity' }],
  ['2.16.840.1.113730.3.4.19', { name: 'Virtual attributes only' }],
  ['2.16.840.1.113730.3.4.17', { name: 'Real attributes only' }],
  ['1.2.840.113556.1.4.529', { name: 'Extended DN' }],
  ['1.2.840.113556.1.4.801', { name: 'Security descriptor flags' }],
  ['1.2.840.113556.1.4.1338', { name: 'Verify name' }],
  ['1.2.840.113556.1.4.1340', { name: 'Search options' }],
  ['1.2.840.113556.1.4.1341', { name: 'RODC DCPROMO' }],
  ['1.2.840.113556.1.4.1504', { name: 'Attribute-scoped query' }],
  ['1.2.840.113556.1.4.2064', { name: 'Show recycled' }],
  ['1.2.840.113556.1.4.2239', { name: 'Password policy hints' }],
  [EXTENSION.startTls, { name: 'StartTLS', use: 'Binding TLS; tried whether it is listed or not' }],
  [EXTENSION.modifyPassword, { name: 'Modify password', use: 'the server hashes passwords' }],
  [EXTENSION.whoAmI, { name: 'Who am I' }],
  ['1.3.6.1.1.8', { name: 'Cancel' }],
  ['1.3.6.1.1.21.1', { name: 'Start transaction' }],
  ['1.3.6.1.1.21.3', { name: 'End transaction' }],
  ['1.3.6.1.4.1.1466.20036', { name: 'Notice of disconnection' }],
  ['1.3.6.1.4.1.4203.1.5.2', { name: 'Object class attribute lists' }],
  [FEATURE.allOperationalAttributes, { name: 'All operational attributes', use: '“+” asks for them' }],
  [FEATURE.trueFalseFilters, { name: 'True/False filters' }],
  ['1.3.6.1.4.1.4203.1.5.4', { name: 'Language tags' }],
  ['1.3.6.1.4.1.4203.1.5.5', { name: 'Language ranges' }],
  ['1.3.6.1.1.14', { name: 'Modify-increment' }],
  [CAPABILITY.activeDirectory, { name: 'Active Directory' }],
  ['1.2.840.113556.1.4.1670', { name: 'Active Directory 2003' }],
  ['1.2.840.113556.1.4.1791', { name: 'Integrity and encryption on SASL binds' }],
  [CAPABILITY.lightweightDirectoryServices, { name: 'Active Directory Lightweight Directory Services' }],
  ['1.2.840.113556.1.4.1935', { name: 'Active Directory 2008' }],
  ['1.2.840.113556.1.4.2080', { name: 'Active Directory 2008 R2' }],
  ['1.2.840.113556.1.4.2237', { name: 'Active Directory 2012' }],
]);

/** What is known of an OID of the root DSE; undefined for one that nobody here knows. */
export function knownOid(oid: string): KnownOid | undefined {
  return KNOWN.get(oid);
}
