import { attribute, complex } from './attribute.ts';
import type { AttributeDefinition } from './definition.ts';

/** The attributes of every resource (RFC 7643 3 and 3.1), which no schema definition lists. */
export const commonAttributes: readonly AttributeDefinition[] = [
  attribute('schemas', {
    type: 'reference',
    multiValued: true,
    caseExact: false,
    required: true,
    returned: 'always',
    mutability: 'readOnly',
  }),
  attribute('id', { caseExact: true, mutability: 'readOnly', returned: 'always', uniqueness: 'server' }),
  attribute('externalId', { caseExact: true }),
  complex(
    'meta',
    [
      attribute('resourceType', { caseExact: true, mutability: 'readOnly' }),
      attribute('created', { type: 'dateTime', mutability: 'readOnly' }),
      attribute('lastModified', { type: 'dateTime', mutability: 'readOnly' }),
      attribute('location', { type: 'reference', mutability: 'readOnly' }),
      attribute('version', { caseExact: true, mutability: 'readOnly' }),
    ],
    { mutability: 'readOnly' },
  ),
];
