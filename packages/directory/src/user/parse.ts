import { problem } from '@joinery/problems';
import { parsePropertyValue } from './parse-value.ts';
import { findUserProperty } from './property-table.ts';
import type { PropertyValue } from './user.ts';

/** What a PATCH asks for: new values by property name; null clears. */
export type UserChange = ReadonlyMap<string, PropertyValue>;

/** What a POST asks for: the properties with a value. */
export type NewUser = ReadonlyMap<string, PropertyValue>;

const requiredOnCreate = ['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName'] as const;
/** A user cannot be left without these; a PATCH may change but not clear them. */
const neverCleared: ReadonlySet<string> = new Set(requiredOnCreate);

/**
 * The body of `POST /users` as property values (graph sheet 11.2).
 * `passwordProfile` must be there with a password of at least 8 characters, as in Graph, but is not kept: nothing signs in with it.
 * @throws DIRECTORY_PROPERTY_MISSING, DIRECTORY_PROPERTY_UNKNOWN, DIRECTORY_PROPERTY_INVALID, DIRECTORY_PROPERTY_READ_ONLY
 */
export function parseNewUser(body: Readonly<Record<string, unknown>>): NewUser {
  const { password, properties } = readBody(body);
  for (const name of requiredOnCreate) {
    const value = properties.get(name);
    if (value === undefined || value === null) {
      throw problem('DIRECTORY_PROPERTY_MISSING', `A value is required for property '${name}' of resource 'User'.`, {
        place: name,
      });
    }
  }
  if (!password) {
    throw problem(
      'DIRECTORY_PROPERTY_MISSING',
      "A value is required for property 'passwordProfile.password' of resource 'User'.",
      {
        place: 'passwordProfile',
      },
    );
  }
  return new Map([...properties].filter(([, value]) => value !== null));
}

/**
 * The body of `PATCH /users/{id}` (graph sheet 11.3): what it does not name stays, null clears.
 * @throws DIRECTORY_PROPERTY_UNKNOWN, DIRECTORY_PROPERTY_INVALID, DIRECTORY_PROPERTY_READ_ONLY
 */
export function parseUserChange(body: Readonly<Record<string, unknown>>): UserChange {
  const { properties } = readBody(body);
  for (const [name, value] of properties) {
    if (value === null && neverCleared.has(name)) {
      throw problem('DIRECTORY_PROPERTY_INVALID', `Property '${name}' cannot be cleared.`, { place: name });
    }
  }
  return properties;
}

function readBody(body: Readonly<Record<string, unknown>>): {
  readonly properties: Map<string, PropertyValue>;
  readonly password: boolean;
} {
  const properties = new Map<string, PropertyValue>();
  let password = false;
  for (const [given, value] of Object.entries(body)) {
    // Annotations of an OData client (`@odata.type`, `manager@odata.bind`) carry no property value.
    if (given.includes('@')) continue;
    if (given.toLowerCase() === 'passwordprofile') {
      checkPasswordProfile(value);
      password = true;
      continue;
    }
    const property = findUserProperty(given);
    if (property === undefined) {
      throw problem('DIRECTORY_PROPERTY_UNKNOWN', `Resource 'User' has no property '${given.slice(0, 200)}'.`, {
        place: given.slice(0, 200),
      });
    }
    if (property.readOnly) {
      throw problem('DIRECTORY_PROPERTY_READ_ONLY', `Property '${property.name}' is read-only and cannot be set.`, {
        place: property.name,
      });
    }
    if (properties.has(property.name)) {
      throw problem(
        'DIRECTORY_PROPERTY_INVALID',
        `Property '${property.name}' is given twice in different spellings.`,
        {
          place: property.name,
        },
      );
    }
    properties.set(property.name, parsePropertyValue(property, value));
  }
  return { properties, password };
}

function checkPasswordProfile(value: unknown): void {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw problem('DIRECTORY_PROPERTY_INVALID', "Property 'passwordProfile' must be an object.", {
      place: 'passwordProfile',
    });
  }
  // A published script sends `Password` with a capital letter (graph sheet 2).
  const password: unknown = Object.entries(value).find(([name]) => name.toLowerCase() === 'password')?.[1];
  if (typeof password !== 'string' || password.length < 8 || password.length > 256) {
    throw problem('DIRECTORY_PROPERTY_INVALID', 'The password must have 8 to 256 characters.', {
      place: 'passwordProfile.password',
    });
  }
}
