import { ENTERPRISE_USER_URN } from '@joinery/scim';

/** A single-valued SCIM attribute and the property of a Graph user that is the same thing (dialect sheet 9). */
export interface SharedAttribute {
  /** Member names from the root of the SCIM resource. */
  readonly steps: readonly string[];
  /** Member names from the root of the user's document. */
  readonly property: readonly string[];
  readonly type: 'string' | 'boolean';
}

function shared(attribute: string, property: string, type: SharedAttribute['type'] = 'string'): SharedAttribute {
  return { steps: attribute.split('.'), property: property.split('.'), type };
}

function enterprise(attribute: string, property: string): SharedAttribute {
  return { steps: [ENTERPRISE_USER_URN, attribute], property: property.split('.'), type: 'string' };
}

export const sharedUserAttributes: readonly SharedAttribute[] = [
  // Names are not held to Graph's form alias@domain: SCIM clients use any text.
  shared('userName', 'userPrincipalName'),
  shared('displayName', 'displayName'),
  shared('name.givenName', 'givenName'),
  shared('name.familyName', 'surname'),
  shared('title', 'jobTitle'),
  shared('preferredLanguage', 'preferredLanguage'),
  // Not Graph's userType, which says guest or member and belongs to Microsoft's own extension.
  shared('userType', 'employeeType'),
  shared('active', 'accountEnabled', 'boolean'),
  enterprise('employeeNumber', 'employeeId'),
  enterprise('department', 'department'),
  enterprise('organization', 'companyName'),
  enterprise('costCenter', 'employeeOrgData.costCenter'),
  enterprise('division', 'employeeOrgData.division'),
];

export const externalIdSteps = ['externalId'] as const;
export const managerSteps = [ENTERPRISE_USER_URN, 'manager', 'value'] as const;
