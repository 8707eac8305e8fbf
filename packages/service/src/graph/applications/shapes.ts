import type { Application, AppRoleAssignment, ServicePrincipal } from '@joinery/directory';
import { Type } from 'typebox';
import { closedObject, nullableText } from '../shapes.ts';

/** Graph sheet 15. */
export const ApplicationTemplateShape = closedObject({
  id: Type.String(),
  displayName: Type.String(),
  homePageUrl: nullableText,
  supportedSingleSignOnModes: Type.Array(Type.String()),
  supportedProvisioningTypes: Type.Array(Type.String()),
  logoUrl: nullableText,
  categories: Type.Array(Type.String()),
  publisher: Type.String(),
  description: Type.String(),
});

const AppRoleShape = closedObject({
  id: Type.String(),
  displayName: Type.String(),
  value: nullableText,
  description: Type.String(),
  isEnabled: Type.Boolean(),
  allowedMemberTypes: Type.Array(Type.String()),
});

const ApplicationShape = closedObject({
  id: Type.String(),
  appId: Type.String(),
  applicationTemplateId: Type.String(),
  createdDateTime: Type.String(),
  displayName: Type.String(),
  keyCredentials: Type.Array(Type.Never()),
  passwordCredentials: Type.Array(Type.Never()),
});

export const ServicePrincipalShape = closedObject({
  '@odata.context': Type.Optional(Type.String()),
  id: Type.String(),
  appId: Type.String(),
  applicationTemplateId: Type.String(),
  displayName: Type.String(),
  createdDateTime: Type.String(),
  accountEnabled: Type.Boolean(),
  appRoleAssignmentRequired: Type.Boolean(),
  appRoles: Type.Array(AppRoleShape),
  servicePrincipalNames: Type.Array(Type.String()),
  tags: Type.Array(Type.String()),
  keyCredentials: Type.Array(Type.Never()),
  passwordCredentials: Type.Array(Type.Never()),
});

export const InstantiatedShape = closedObject({
  '@odata.context': Type.String(),
  application: ApplicationShape,
  servicePrincipal: ServicePrincipalShape,
});

export const AssignmentShape = closedObject({
  '@odata.context': Type.Optional(Type.String()),
  id: Type.String(),
  appRoleId: Type.String(),
  createdDateTime: Type.String(),
  deletedDateTime: Type.Null(),
  principalDisplayName: Type.String(),
  principalId: Type.String(),
  principalType: Type.Union([Type.Literal('User'), Type.Literal('Group')]),
  resourceDisplayName: Type.String(),
  resourceId: Type.String(),
});

export function renderApplication(application: Application) {
  return { ...application, keyCredentials: [], passwordCredentials: [] };
}

export function renderServicePrincipal(servicePrincipal: ServicePrincipal) {
  return {
    ...servicePrincipal,
    appRoles: servicePrincipal.appRoles.map((role) => ({ ...role, allowedMemberTypes: [...role.allowedMemberTypes] })),
    accountEnabled: true,
    appRoleAssignmentRequired: true,
    servicePrincipalNames: [servicePrincipal.appId],
    tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
    keyCredentials: [],
    passwordCredentials: [],
  };
}

export function renderAssignment(assignment: AppRoleAssignment) {
  return { ...assignment, deletedDateTime: null };
}
