import {
  type AttributeType,
  type AttributeValue,
  byName,
  coerceValue,
  type SchemaAttribute,
  type SchemaType,
} from '@joinery/connector';
import { problem } from '@joinery/problems';
import {
  type AttributeDefinition,
  attribute,
  compileResourceType,
  ECMA_USER_URN,
  flatUserType,
  type ResourceType,
} from '@joinery/scim';
import type { ConnectorFile, SelectedAttribute } from '../configuration/connector-file.ts';
import type { IndexedAttribute } from '../space/indexed-attribute.ts';

/** The DN as an attribute that callers set (host sheet 2.10, section 5). */
export const DN_ATTRIBUTE = '-dn-';
/** The DN as an attribute that callers read and query (LDAP, host sheet section 5). */
export const DN_QUERY_ATTRIBUTE = '_distinguishedName';
/** The initial password; never stored, never answered (host sheet 3.10). */
export const PASSWORD_ATTRIBUTE = 'export_password';

const VIRTUAL = new Set([DN_ATTRIBUTE, DN_QUERY_ATTRIBUTE, PASSWORD_ATTRIBUTE]);

/** One selected attribute, resolved for both of its sides. */
export interface ShapedAttribute {
  readonly name: string;
  readonly type: AttributeType;
  /** Shown to callers as a list. */
  readonly list: boolean;
  /** Kept for the connector, not shown to callers. */
  readonly hidden: boolean;
  /** Written to the target and never read back. */
  readonly writeOnly: boolean;
}

/**
 * What one connector looks like: to the target as an ECMA object type, to callers as a SCIM resource type with the flat
 * extension (host sheet 3.4).
 */
export interface Shape {
  readonly file: ConnectorFile;
  /** Handed to runs: the selected attributes that the target knows, with the anchor. */
  readonly schemaType: SchemaType;
  readonly resourceType: ResourceType;
  /** The real attributes, in the order of the file; the virtual ones are not among them. */
  readonly attributes: readonly ShapedAttribute[];
  readonly dnSelected: boolean;
  readonly dnQuerySelected: boolean;
  readonly passwordSelected: boolean;
  /** Indexed from the start: anchor, query attribute, DN, references (design decision 2). */
  readonly indexed: readonly IndexedAttribute[];
  /** Whatever a filter may ask an index for. */
  readonly indexable: readonly IndexedAttribute[];
  /** What callers could look one object up by: the indexable attributes that tell objects apart at all. */
  readonly matchable: readonly IndexedAttribute[];
}

/** @throws HOST_CONFIGURATION_INVALID, SCIM_SCHEMA_INVALID for names that no resource can have */
export function shapeOf(file: ConnectorFile): Shape {
  const real = file.attributes.filter(({ name }) => !VIRTUAL.has(name));
  const anchor = byName(real, file.anchor);
  if (anchor === undefined)
    throw problem('HOST_CONFIGURATION_INVALID', `"${file.anchor}" is not among the selected attributes.`);
  const attributes = real.map(shapedAttribute);
  const shown = file.attributes.filter(({ deprovisioning }) => !deprovisioning);
  const resourceType = compileResourceType(flatUserType(shown.map((each) => definitionOf(each, file))));
  const indexable = indexableAttributes(resourceType);
  const fromTheStart = new Set([file.anchor, file.queryAttribute, file.dn, DN_ATTRIBUTE, DN_QUERY_ATTRIBUTE]);
  for (const { name, type } of real) if (type === 'Reference') fromTheStart.add(name);
  return {
    file,
    schemaType: {
      name: file.objectType,
      lockAnchorDefinition: false,
      possibleDnComponents: [],
      attributes: real.map((each) => schemaAttribute(each, file.anchor)),
    },
    resourceType,
    attributes,
    dnSelected: file.attributes.some(({ name }) => name === DN_ATTRIBUTE),
    dnQuerySelected: file.attributes.some(({ name }) => name === DN_QUERY_ATTRIBUTE),
    passwordSelected: file.attributes.some(({ name }) => name === PASSWORD_ATTRIBUTE),
    indexed: indexable.filter(({ steps }) => steps[0] === ECMA_USER_URN && fromTheStart.has(steps[1] ?? '')),
    indexable,
    matchable: indexable.filter(({ steps }) =>
      file.attributes.some(({ name, type }) => name === steps.at(-1) && type !== 'Boolean'),
    ),
  };
}

/** The typed value of a text that the configuration holds. @throws HOST_CONFIGURATION_INVALID */
export function configuredValue(shape: Shape, name: string, text: string): AttributeValue {
  const found = shape.schemaType.attributes.find((each) => each.name === name);
  const coerced = found === undefined ? undefined : coerceValue(found, text);
  if (coerced?.ok === true) return coerced.value;
  throw problem('HOST_CONFIGURATION_INVALID', coerced?.fault.detail ?? `There is no attribute "${name}".`);
}

function shapedAttribute(each: SelectedAttribute): ShapedAttribute {
  return {
    name: each.name,
    type: each.type,
    list: each.multiValued && !each.treatAsSingleValue,
    hidden: each.deprovisioning,
    writeOnly: each.operation === 'ExportOnly',
  };
}

function schemaAttribute(each: SelectedAttribute, anchor: string): SchemaAttribute {
  return {
    name: each.name,
    type: each.type,
    isAnchor: each.name === anchor,
    isMultiValued: each.multiValued,
    allowedOperation: each.operation,
  };
}

/** Host sheet 3.4 (table) and 3.6; values that are written only are never returned. */
function definitionOf(each: SelectedAttribute, file: ConnectorFile): AttributeDefinition {
  const isAnchor = each.name === file.anchor;
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
    type: (
      { String: 'string', Reference: 'string', Integer: 'integer', Binary: 'binary', Boolean: 'boolean' } as const
    )[each.type],
    multiValued: each.multiValued && !each.treatAsSingleValue,
    description: isAnchor ? 'Anchor.' : '',
    ...(isAnchor || each.name === file.queryAttribute ? { uniqueness: 'server' as const } : {}),
    // Told to callers, so that a mapping which would change an anchor is a warning over there and not a refused request here.
    ...(isAnchor ? { mutability: 'immutable' as const } : {}),
    ...(each.operation === 'ImportOnly' ? { mutability: 'readOnly' as const } : {}),
    ...(each.operation === 'ExportOnly' ? { mutability: 'writeOnly' as const, returned: 'never' as const } : {}),
  });
}

function indexableAttributes(type: ResourceType): IndexedAttribute[] {
  return [type.core, ...type.extensionSchemas].flatMap((schema) =>
    schema.attributes
      .filter(
        ({ attribute: { name, type: kind, returned } }) =>
          returned !== 'never' && kind !== 'complex' && name !== 'id' && name !== 'schemas',
      )
      .map((path) => ({ name: path.text, steps: path.steps, caseExact: path.leaf.caseExact })),
  );
}
