import {
  type AttributeDefinition,
  attribute,
  compileResourceType,
  flatGroupType,
  flatObjectType,
  flatUserType,
  type ResourceType,
} from '@joinery/scim';
import type { ObjectTypeFile, SelectedAttribute } from '../configuration/object-type.ts';
import { DN_ATTRIBUTE, DN_QUERY_ATTRIBUTE, PASSWORD_ATTRIBUTE } from './virtual-attributes.ts';

export interface ResourceTypeOptions {
  /** Callers may change anchor and DN. */
  readonly renames: boolean;
  /** References are ids of resources; otherwise the target's own text. */
  readonly references: boolean;
  /** Every resource of the connector. */
  readonly resources: readonly string[];
}

const scimTypes = { String: 'string', Integer: 'integer', Binary: 'binary', Boolean: 'boolean' } as const;

/** An object type as callers see it: exactly the selected attributes (host sheet 3.4). @throws SCIM_SCHEMA_INVALID */
export function resourceTypeOf(type: ObjectTypeFile, options: ResourceTypeOptions): ResourceType {
  const flat = type.attributes
    .filter(({ name, deprovisioning }) => !deprovisioning && name !== type.displayName && name !== type.members)
    .map((each) => definitionOf(each, type, options));
  if (type.resource === 'User') return compileResourceType(flatUserType(flat));
  if (type.resource === 'Group') {
    return compileResourceType(flatGroupType(flat, { members: type.members !== undefined }));
  }
  return compileResourceType(flatObjectType(type.resource, flat));
}

/** Host sheet 3.4 (table) and 3.6; values that are written only are never returned. */
function definitionOf(
  each: SelectedAttribute,
  type: ObjectTypeFile,
  options: ResourceTypeOptions,
): AttributeDefinition {
  const isAnchor = type.anchor.includes(each.name);
  if (each.name === PASSWORD_ATTRIBUTE) {
    return attribute(each.name, {
      mutability: 'writeOnly',
      returned: 'never',
      caseExact: true,
      description: 'Initial password.',
    });
  }
  if (each.name === DN_QUERY_ATTRIBUTE)
    return attribute(each.name, { mutability: 'readOnly', description: 'Distinguished name.' });
  if (each.name === DN_ATTRIBUTE)
    return attribute(each.name, { description: 'Distinguished name.', uniqueness: 'server' });
  return attribute(each.name, {
    ...typeOf(each, options),
    multiValued: each.multiValued && !each.treatAsSingleValue,
    description: isAnchor ? 'Anchor.' : '',
    ...(isUnique(each.name, type) ? { uniqueness: 'server' as const } : {}),
    // Told to callers, so that a mapping which would change an anchor is a warning over there and not a refused request here.
    ...(isAnchor && !options.renames ? { mutability: 'immutable' as const } : {}),
    ...(each.operation === 'ImportOnly' ? { mutability: 'readOnly' as const } : {}),
    ...(each.operation === 'ExportOnly' ? { mutability: 'writeOnly' as const, returned: 'never' as const } : {}),
  });
}

function typeOf(
  each: SelectedAttribute,
  { references, resources }: ResourceTypeOptions,
): Pick<AttributeDefinition, 'type'> & Partial<Pick<AttributeDefinition, 'referenceTypes'>> {
  if (each.type !== 'Reference') return { type: scimTypes[each.type] };
  if (!references) return { type: 'string' };
  return { type: 'reference', referenceTypes: each.refersTo.length === 0 ? resources : each.refersTo };
}

/**
 * The host promises what it refuses: a second object of one anchor. What callers match by it does not guard, since targets may
 * hold it twice; and one part of a compound anchor is not unique by itself.
 */
function isUnique(name: string, { anchor }: ObjectTypeFile): boolean {
  return anchor.length === 1 && name === anchor[0];
}
