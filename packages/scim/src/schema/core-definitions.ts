import { attribute, complex } from './attribute.ts';
import type { AttributeDefinition, ResourceTypeDefinition, SchemaDefinition } from './definition.ts';
import { ENTERPRISE_USER_URN, GROUP_URN, USER_URN } from './urns.ts';

/** The sub-attributes of a multi-valued attribute (RFC 7643 2.4): value, display, type with its canonical words, primary. */
function plural(
  name: string,
  description: string,
  { types = [], value = attribute('value') }: { types?: readonly string[]; value?: AttributeDefinition } = {},
): AttributeDefinition {
  return complex(
    name,
    [
      value,
      attribute('display', { description: 'A name for people to read.' }),
      attribute('type', { description: 'What the value is for.', canonicalValues: types }),
      attribute('primary', { type: 'boolean', description: 'True for the preferred value; at most one is.' }),
    ],
    { multiValued: true, description },
  );
}

/**
 * The core User (RFC 7643 4.1 and 8.7.1). `active` is taken as true where it is absent.
 * `roles.primary` and the like are part of every multi-valued attribute, although the RFC's own document leaves some out.
 */
export const userSchema: SchemaDefinition = {
  id: USER_URN,
  name: 'User',
  description: 'User Account',
  attributes: [
    attribute('userName', {
      required: true,
      uniqueness: 'server',
      description: 'The unique name the person signs in with.',
    }),
    complex(
      'name',
      [
        attribute('formatted', { description: 'The full name, for display.' }),
        attribute('familyName', { description: 'The last name.' }),
        attribute('givenName', { description: 'The first name.' }),
        attribute('middleName', { description: 'The middle names.' }),
        attribute('honorificPrefix', { description: 'A title such as Dr.' }),
        attribute('honorificSuffix', { description: 'A suffix such as III.' }),
      ],
      { description: 'The parts of the name.' },
    ),
    attribute('displayName', { description: 'The name to show.' }),
    attribute('nickName', { description: 'The casual name.' }),
    attribute('profileUrl', {
      type: 'reference',
      referenceTypes: ['external'],
      description: 'A page about the person.',
    }),
    attribute('title', { description: 'The job title.' }),
    attribute('userType', { description: 'The relation to the organisation, e.g. Employee.' }),
    attribute('preferredLanguage', { description: 'Preferred languages, as in Accept-Language.' }),
    attribute('locale', { description: 'The locale for numbers and dates.' }),
    attribute('timezone', { description: 'The time zone, e.g. America/Los_Angeles.' }),
    attribute('active', { type: 'boolean', description: 'False while the person may not sign in.' }),
    attribute('password', {
      caseExact: true,
      mutability: 'writeOnly',
      returned: 'never',
      description: 'The initial or new password; never returned.',
    }),
    plural('emails', 'E-mail addresses.', { types: ['work', 'home', 'other'] }),
    plural('phoneNumbers', 'Telephone numbers.', { types: ['work', 'home', 'mobile', 'fax', 'pager', 'other'] }),
    plural('ims', 'Instant messaging addresses.', {
      types: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'],
    }),
    plural('photos', 'Addresses of pictures.', {
      types: ['photo', 'thumbnail'],
      value: attribute('value', { type: 'reference', referenceTypes: ['external'] }),
    }),
    complex(
      'addresses',
      [
        attribute('formatted', { description: 'The whole address, for display.' }),
        attribute('streetAddress', { description: 'Street and house number.' }),
        attribute('locality', { description: 'The city.' }),
        attribute('region', { description: 'The state or region.' }),
        attribute('postalCode', { description: 'The postal code.' }),
        attribute('country', { description: 'The country, ISO 3166-1 alpha-2.' }),
        attribute('type', { description: 'What the address is for.', canonicalValues: ['work', 'home', 'other'] }),
        attribute('primary', { type: 'boolean', description: 'True for the preferred address.' }),
      ],
      { multiValued: true, description: 'Postal addresses.' },
    ),
    complex(
      'groups',
      [
        attribute('value', { caseExact: true, mutability: 'readOnly', description: 'The id of the group.' }),
        attribute('$ref', { type: 'reference', mutability: 'readOnly', referenceTypes: ['User', 'Group'] }),
        attribute('display', { mutability: 'readOnly', description: 'The name of the group.' }),
        attribute('type', { mutability: 'readOnly', canonicalValues: ['direct', 'indirect'] }),
      ],
      { multiValued: true, mutability: 'readOnly', description: 'The groups the person is in.' },
    ),
    plural('entitlements', 'Entitlements.'),
    plural('roles', 'Roles.'),
    plural('x509Certificates', 'Certificates.', { value: attribute('value', { type: 'binary' }) }),
  ],
};

/** The core Group (RFC 7643 4.2). `displayName` is unique by convention of every Microsoft client (dialect sheet 1.4). */
export const groupSchema: SchemaDefinition = {
  id: GROUP_URN,
  name: 'Group',
  description: 'Group',
  attributes: [
    attribute('displayName', { required: true, uniqueness: 'server', description: 'The name of the group.' }),
    complex(
      'members',
      [
        attribute('value', { caseExact: true, mutability: 'immutable', description: 'The id of the member.' }),
        attribute('$ref', {
          type: 'reference',
          mutability: 'immutable',
          referenceTypes: ['User', 'Group'],
          description: 'The address of the member.',
        }),
        attribute('type', { mutability: 'immutable', canonicalValues: ['User', 'Group'] }),
        attribute('display', { mutability: 'immutable', description: 'The name of the member.' }),
      ],
      { multiValued: true, description: 'The members of the group.' },
    ),
  ],
};

/** The enterprise extension (RFC 7643 4.3). */
export const enterpriseUserSchema: SchemaDefinition = {
  id: ENTERPRISE_USER_URN,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    attribute('employeeNumber', { description: 'The number the organisation gave the person.' }),
    attribute('costCenter', { description: 'The cost centre.' }),
    attribute('organization', { description: 'The organisation.' }),
    attribute('division', { description: 'The division.' }),
    attribute('department', { description: 'The department.' }),
    complex(
      'manager',
      [
        attribute('value', { caseExact: true, description: 'The id of the manager.' }),
        attribute('$ref', { type: 'reference', referenceTypes: ['User'], description: 'The address of the manager.' }),
        attribute('displayName', { mutability: 'readOnly', description: 'The name of the manager.' }),
      ],
      { description: 'The manager.' },
    ),
  ],
};

export const userType: ResourceTypeDefinition = {
  name: 'User',
  endpoint: '/Users',
  description: 'User Account',
  schema: userSchema,
  extensions: [{ schema: enterpriseUserSchema, required: false }],
};

export const groupType: ResourceTypeDefinition = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'Group',
  schema: groupSchema,
  extensions: [],
};
