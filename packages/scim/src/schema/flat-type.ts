import { attribute } from './attribute.ts';
import type { AttributeDefinition, ResourceTypeDefinition } from './definition.ts';
import { ECMA_USER_URN, USER_URN } from './urns.ts';

/**
 * The resource type of a connector host (host sheet 3.4, 3.5): all attributes of the connector live in one flat extension
 * with their own names, `-dn-` among them; of the core schema only `active` is known, and no `userName` is demanded.
 * @param attributes the connector's attributes, in the order to publish
 */
export function flatUserType(attributes: readonly AttributeDefinition[]): ResourceTypeDefinition {
  return {
    name: 'User',
    endpoint: '/Users',
    description: 'Objects of the connected system',
    schema: {
      id: USER_URN,
      name: 'User',
      description: 'User Account',
      attributes: [attribute('active', { type: 'boolean', description: 'False while the account is disabled.' })],
    },
    extensions: [
      {
        schema: {
          id: ECMA_USER_URN,
          name: 'User',
          description: 'Attributes of the connected system',
          attributes,
        },
        required: true,
      },
    ],
  };
}
