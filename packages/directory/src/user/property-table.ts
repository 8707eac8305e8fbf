/** The shapes a user property can have on the wire and in the document. */
export type UserPropertyType = 'string' | 'boolean' | 'dateTime' | 'strings' | 'complex' | 'complexes';

/** One property of a Graph user. */
export interface UserProperty {
  /** Spelling on the wire. */
  readonly name: string;
  readonly type: UserPropertyType;
  /** Longest text in UTF-16 units; also of each text inside a collection or a complex value. */
  readonly maxLength: number;
  /** Set by the directory, refused in a body. */
  readonly readOnly: boolean;
  /** Part of an answer that names no `$select` (graph sheet 10). */
  readonly returnedByDefault: boolean;
  /** The members of a complex value; undefined where any are taken. */
  readonly members?: readonly string[];
}

const defaults = { type: 'string', maxLength: 1024, readOnly: false, returnedByDefault: false } as const;
const shown = { returnedByDefault: true } as const;

function property(name: string, options: Partial<Omit<UserProperty, 'name'>> = {}): UserProperty {
  return { ...defaults, ...options, name };
}

/**
 * Every property that a user may carry, in the order answers list them (graph sheet 11.4). Directory extensions,
 * `extension_{appId}_{name}`, are not listed: {@link findUserProperty} knows them by their form.
 */
export const userProperties: readonly UserProperty[] = [
  property('id', { ...shown, readOnly: true }),
  property('businessPhones', { ...shown, type: 'strings', maxLength: 64 }),
  property('displayName', { ...shown, maxLength: 256 }),
  property('givenName', { ...shown, maxLength: 64 }),
  property('jobTitle', { ...shown, maxLength: 128 }),
  property('mail', { ...shown, maxLength: 320 }),
  property('mobilePhone', { ...shown, maxLength: 64 }),
  property('officeLocation', { ...shown, maxLength: 128 }),
  property('preferredLanguage', { ...shown, maxLength: 64 }),
  property('surname', { ...shown, maxLength: 64 }),
  property('userPrincipalName', { ...shown, maxLength: 113 }),
  property('accountEnabled', { type: 'boolean' }),
  property('city', { maxLength: 128 }),
  property('companyName', { maxLength: 64 }),
  property('country', { maxLength: 128 }),
  property('createdDateTime', { type: 'dateTime', readOnly: true }),
  property('deletedDateTime', { type: 'dateTime', readOnly: true }),
  property('department', { maxLength: 64 }),
  property('employeeHireDate', { type: 'dateTime' }),
  property('employeeId', { maxLength: 64 }),
  property('employeeLeaveDateTime', { type: 'dateTime' }),
  property('employeeOrgData', { type: 'complex', members: ['costCenter', 'division'] }),
  property('employeeType'),
  property('faxNumber', { maxLength: 64 }),
  property('identities', { type: 'complexes', members: ['signInType', 'issuer', 'issuerAssignedId'] }),
  property('mailNickname', { maxLength: 64 }),
  property('onPremisesExtensionAttributes', {
    type: 'complex',
    members: Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`),
  }),
  property('onPremisesImmutableId'),
  property('onPremisesSamAccountName'),
  property('onPremisesSecurityIdentifier'),
  property('otherMails', { type: 'strings', maxLength: 320 }),
  property('passwordPolicies'),
  property('postalCode', { maxLength: 40 }),
  property('proxyAddresses', { type: 'strings', maxLength: 512 }),
  property('state', { maxLength: 128 }),
  property('streetAddress'),
  property('usageLocation', { maxLength: 2 }),
  property('userType', { maxLength: 64 }),
];

const byLowerName = new Map(userProperties.map((entry) => [entry.name.toLowerCase(), entry]));
/** A directory extension is named after its application's id without hyphens (graph sheet 15) and is case-sensitive. */
const extensionName = /^extension_[0-9a-f]{32}_[A-Za-z_][A-Za-z0-9_]{0,79}$/;

/** True for the name of a directory extension property. */
export function isExtensionName(name: string): boolean {
  return extensionName.test(name);
}

/** The property a client means by `name`; names are matched without regard to case (graph sheet 2), extensions exactly. */
export function findUserProperty(name: string): UserProperty | undefined {
  return (
    byLowerName.get(name.toLowerCase()) ?? (isExtensionName(name) ? property(name, { maxLength: 256 }) : undefined)
  );
}
