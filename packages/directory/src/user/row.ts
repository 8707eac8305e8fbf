import { problem } from '@joinery/problems';
import { fold } from '@joinery/scim';
import type { userTable } from '../tables.ts';
import { textOf, type User, type UserDocument } from './user.ts';

/** The document with its shadow columns: folded by the application, so that both databases compare alike. */
export function userColumns(document: UserDocument) {
  return {
    document,
    userPrincipalNameFolded: fold(requiredText(document, 'userPrincipalName')),
    mailFolded: folded(document, 'mail'),
    employeeIdFolded: folded(document, 'employeeId'),
    displayNameFolded: fold(requiredText(document, 'displayName')),
  };
}

/** The user of a row. */
export function userOf(row: Pick<typeof userTable.$inferSelect, 'id' | 'document' | 'deletedAt'>): User {
  return { id: row.id, document: row.document, deletedDateTime: row.deletedAt?.toISOString() };
}

function folded(document: UserDocument, name: string): string | null {
  const value = textOf(document, name);
  return value === undefined ? null : fold(value);
}

function requiredText(document: UserDocument, name: string): string {
  const value = textOf(document, name);
  if (value === undefined) {
    throw problem('DIRECTORY_PROPERTY_MISSING', `A value is required for property '${name}' of resource 'User'.`, {
      place: name,
    });
  }
  return value;
}
