import { problem } from '@joinery/problems';
import { fold } from '@joinery/scim';
import { checkIndexed, deriveFrom, type LookupKey, lookupKeys } from '../scim/derived.ts';
import type { TenantType } from '../scim/tenant-schema.ts';
import { composeUser, type UserTruth } from '../scim/user-view.ts';
import type { userTable } from '../tables.ts';
import { textOf, type User, type UserDocument } from './user.ts';

/** The columns of a user but for its meta, and the keys it is looked up by: folded by the application, so that both databases compare alike. */
export function userColumns(truth: UserTruth, tenantType: TenantType) {
  const { document, scim, externalId, managerId } = truth;
  const resource = composeUser(truth, tenantType.type);
  const keys: readonly LookupKey[] = lookupKeys(resource, tenantType);
  const columns = {
    document,
    scim,
    externalId: externalId === null ? null : checkIndexed(externalId, 'externalId'),
    managerId: managerId === null ? null : checkIndexed(managerId, 'manager'),
    userPrincipalNameFolded: fold(checkIndexed(principalName(document), 'userName')),
    mailFolded: folded(document, 'mail'),
    employeeIdFolded: folded(document, 'employeeId'),
    displayNameFolded: folded(document, 'displayName'),
    ...deriveFrom(resource, tenantType.type),
  };
  return { columns, keys };
}

/** The user of a row. */
export function userOf(row: Pick<typeof userTable.$inferSelect, 'id' | 'document' | 'deletedAt'>): User {
  return { id: row.id, document: row.document, deletedDateTime: row.deletedAt?.toISOString() };
}

function folded(document: UserDocument, name: string): string | null {
  const value = textOf(document, name);
  return value === undefined ? null : fold(checkIndexed(value, name));
}

function principalName(document: UserDocument): string {
  const value = textOf(document, 'userPrincipalName');
  if (value !== undefined) return value;
  throw problem(
    'DIRECTORY_PROPERTY_MISSING',
    `A value is required for property 'userPrincipalName' of resource 'User'.`,
    {
      place: 'userPrincipalName',
    },
  );
}
