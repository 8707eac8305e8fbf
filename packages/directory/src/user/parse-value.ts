import { problem } from '@joinery/problems';
import type { UserProperty } from './property-table.ts';
import type { PropertyValue } from './user.ts';

const longestCollection = 250;
/** `alias@domain`; the alias in the characters of graph sheet 11.2, the domain as host names are. */
const principalName =
  /^[A-Za-z0-9'._!#^~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/;
const dateTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * The stored form of a value that a client gave for `property`. An empty text and an empty complex value clear, as null does;
 * a collection is cleared by an empty one.
 * @throws DIRECTORY_PROPERTY_INVALID naming the property and what it takes
 */
export function parsePropertyValue(property: UserProperty, value: unknown): PropertyValue {
  if (value === null) return null;
  switch (property.type) {
    case 'boolean':
      if (typeof value !== 'boolean') throw invalid(property.name, 'must be true or false');
      return value;
    case 'string':
      return text(property, value, property.name) || null;
    case 'dateTime': {
      const given = text(property, value, property.name);
      if (!dateTime.test(given) || Number.isNaN(Date.parse(given))) {
        throw invalid(property.name, 'must be an ISO 8601 date and time such as 2026-01-31T00:00:00Z');
      }
      return new Date(given).toISOString();
    }
    case 'strings':
      return unlessEmpty(
        collection(property, value).map((entry, index) => text(property, entry, `${property.name}[${index}]`)),
      );
    case 'complex':
      return complex(property, value, property.name);
    case 'complexes':
      return unlessEmpty(
        collection(property, value).map((entry, index) => complex(property, entry, `${property.name}[${index}]`)),
      );
  }
}

function text(property: UserProperty, value: unknown, place: string): string {
  if (typeof value !== 'string') throw invalid(place, 'must be a text');
  if (value.length > property.maxLength) throw invalid(place, `must have at most ${property.maxLength} characters`);
  // Neither database keeps U+0000 or half a surrogate pair in JSON.
  if (value.includes('\u0000') || !value.isWellFormed()) throw invalid(place, 'holds a character that is not text');
  if (property.name === 'userPrincipalName' && !principalName.test(value)) {
    throw invalid(place, "must look like alias@domain with letters A-Z, digits and ' . - _ ! # ^ ~ in the alias");
  }
  return value;
}

function collection(property: UserProperty, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(property.name, 'must be a collection');
  if (value.length > longestCollection) throw invalid(property.name, `must have at most ${longestCollection} entries`);
  return value;
}

function unlessEmpty(entries: readonly PropertyValue[]): PropertyValue {
  return entries.length === 0 ? null : entries;
}

function complex(property: UserProperty, value: unknown, place: string): PropertyValue {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw invalid(place, 'must be an object');
  const result: Record<string, PropertyValue> = {};
  for (const [given, member] of Object.entries(value)) {
    if (given.includes('@')) continue;
    const name = property.members?.find((known) => known.toLowerCase() === given.toLowerCase());
    if (name === undefined) throw invalid(place, `has no member '${given.slice(0, 100)}'`);
    if (member !== null) result[name] = text(property, member, `${place}.${name}`);
  }
  return Object.keys(result).length === 0 ? null : result;
}

function invalid(place: string, rule: string): Error {
  return problem('DIRECTORY_PROPERTY_INVALID', `Property '${place}' ${rule}.`, { place });
}
