export { type AppRole, defaultAccessRoleId } from './application/app-role.ts';
export type { Applications, ServicePrincipalPage } from './application/applications.ts';
export type { Application, ServicePrincipal } from './application/service-principal.ts';
export {
  type ApplicationTemplate,
  applicationTemplates,
  findApplicationTemplate,
  findApplicationTemplatesByName,
} from './application/templates.ts';
export type { AppRoleAssignment, AssignmentPage, Assignments } from './assignment/assignments.ts';
export type { ChangeKind, ChangeOfGroup, ChangeOfUser, DirectoryChange } from './changes/change.ts';
export type { ChangePage, DirectoryChanges } from './changes/feed.ts';
export type { DirectoryContext } from './context.ts';
export { type Directory, openDirectory } from './directory.ts';
export { directoryMigrations } from './migrations.ts';
export { parseObjectId } from './object-id.ts';
export type { ExtensionDefinition } from './scim/extension-definition.ts';
export type { Extension, Extensions } from './scim/extensions.ts';
export type { DirectoryScim, TenantScim } from './scim/scim.ts';
export type { ObjectType } from './tables.ts';
export type { Tenant, Tenants } from './tenant/tenants.ts';
export { type DeletedUsers, deletedUserPrincipalName } from './user/deleted-users.ts';
export { type NewUser, parseNewUser, parseUserChange, type UserChange } from './user/parse.ts';
export {
  findUserProperty,
  isExtensionName,
  type UserProperty,
  type UserPropertyType,
  userProperties,
} from './user/property-table.ts';
export { type PropertyValue, textOf, type User, type UserDocument } from './user/user.ts';
export type { UserPage, Users } from './user/users.ts';
