import {
  type AttributeType,
  type AttributeValue,
  byName,
  type Connector,
  type ConnectorTraits,
  coerceValue,
  type DistinguishedNameStyle,
  type Schema,
  type SchemaAttribute,
  type SchemaType,
} from '@joinery/connector';
import { problem } from '@joinery/problems';
import { ecmaUrn, type ResourceType } from '@joinery/scim';
import type { ConnectorFile } from '../configuration/connector-file.ts';
import type { ObjectTypeFile, SelectedAttribute } from '../configuration/object-type.ts';
import type { IndexedAttribute } from '../space/indexed-attribute.ts';
import { resourceTypeOf } from './resource-type.ts';
import { DN_ATTRIBUTE, DN_QUERY_ATTRIBUTE, isVirtual, PASSWORD_ATTRIBUTE } from './virtual-attributes.ts';

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
  /** The member names from the root of a resource to the values. */
  readonly steps: readonly string[];
  /** Of a Reference that callers see as ids: the resources it may name. The target's own values stay behind the host. */
  readonly refersTo: readonly string[] | undefined;
}

/** One object type: to the target an ECMA object type, to callers a SCIM resource type with the flat extension (host sheet 3.4). */
export interface ObjectShape {
  readonly file: ObjectTypeFile;
  /** Handed to runs: the selected attributes that the target knows, with the anchor. */
  readonly schemaType: SchemaType;
  readonly resourceType: ResourceType;
  /** The URN of the flat extension. */
  readonly urn: string;
  /** The real attributes, in the order of the file; the virtual ones are not among them. */
  readonly attributes: readonly ShapedAttribute[];
  readonly dnSelected: boolean;
  readonly dnQuerySelected: boolean;
  readonly passwordSelected: boolean;
  /** The target can change anchor and DN, and callers may. */
  readonly renames: boolean;
  /** `None`: the target has no DNs, and references name objects by anchor. */
  readonly dnStyle: DistinguishedNameStyle;
  /** What callers could look one object up by: the indexable attributes that tell objects apart at all. */
  readonly matchable: readonly IndexedAttribute[];
  /** What callers match by. */
  readonly matching: IndexedAttribute | undefined;
}

/** What one connector looks like from both sides. */
export interface Shape {
  readonly file: ConnectorFile;
  readonly types: readonly ObjectShape[];
  /** Every type, as runs get them. */
  readonly schema: Schema;
  /** What the target has is read into the space. */
  readonly imported: boolean;
  /** Indexed from the start: anchors, query attributes, DNs, references (design decision 2). */
  readonly indexed: readonly IndexedAttribute[];
  /** Whatever a filter may ask an index for. */
  readonly indexable: readonly IndexedAttribute[];
}

/** @throws HOST_CONFIGURATION_INVALID, SCIM_SCHEMA_INVALID for names that no resource can have */
export function shapeOf(file: ConnectorFile, { traits, fullImport }: Pick<Connector, 'traits' | 'fullImport'>): Shape {
  const types = file.types.map((type) => objectShape(type, file, traits));
  // Types share core attributes such as `displayName`, and with them the index.
  const indexable = new Map<string, IndexedAttribute>();
  const indexed = new Map<string, IndexedAttribute>();
  for (const type of types) {
    for (const each of indexableAttributes(type.resourceType)) {
      indexable.set(each.name, each);
      if (isIndexedFromTheStart(type, each)) indexed.set(each.name, each);
    }
  }
  return {
    file,
    types,
    schema: { types: types.map(({ schemaType }) => schemaType) },
    imported: fullImport !== undefined,
    indexed: [...indexed.values()],
    indexable: [...indexable.values()],
  };
}

/** The type that is this SCIM resource type. */
export function typeOfResource(shape: Shape, resource: string): ObjectShape {
  const found = shape.types.find(({ file }) => file.resource === resource);
  if (found === undefined) throw problem('RUNTIME_INTERNAL', `The connector has no resource type "${resource}".`);
  return found;
}

/** The type of this name in the target, whatever its upper and lower case; undefined for one that is not selected. */
export function typeOfObject(shape: Shape, objectType: string): ObjectShape | undefined {
  const exact = shape.types.find((each) => each.schemaType.name === objectType);
  if (exact !== undefined) return exact;
  const schemaType = byName(shape.schema.types, objectType);
  return shape.types.find((each) => each.schemaType === schemaType);
}

/**
 * What the configuration says about how an object becomes a row. Content of another shape would answer "no value" for an
 * attribute that was selected since, and a whole-object export from it would empty that attribute in the target.
 */
export function fingerprintOf({ file, types: [first] }: Shape): string {
  const { connector, types, features } = file;
  return JSON.stringify([connector, types, features.has('references'), first?.dnStyle !== 'None']);
}

/** The typed value of a text that the configuration holds. @throws HOST_CONFIGURATION_INVALID */
export function configuredValue(type: ObjectShape, name: string, text: string): AttributeValue {
  const found = type.schemaType.attributes.find((each) => each.name === name);
  const coerced = found === undefined ? undefined : coerceValue(found, text);
  if (coerced?.ok === true) return coerced.value;
  throw problem('HOST_CONFIGURATION_INVALID', coerced?.fault.detail ?? `There is no attribute "${name}".`);
}

function objectShape(
  type: ObjectTypeFile,
  file: ConnectorFile,
  traits: Pick<ConnectorTraits, 'rename' | 'distinguishedNameStyle'>,
): ObjectShape {
  const real = type.attributes.filter(({ name }) => !isVirtual(name));
  for (const name of type.anchor) {
    if (real.some((each) => each.name === name)) continue;
    throw problem('HOST_CONFIGURATION_INVALID', `"${name}" is not among the selected attributes.`);
  }
  const renames = file.features.has('renames') && traits.rename;
  const references = file.features.has('references') || type.resource === 'Group';
  const resources = file.types.map(({ resource }) => resource);
  const resourceType = resourceTypeOf(type, { renames, references, resources });
  const selected = (name: string): boolean => type.attributes.some((each) => each.name === name);
  const matchable = indexableAttributes(resourceType).filter(({ steps }) =>
    type.attributes.some(
      ({ name, type: valueType }) =>
        valueType !== 'Boolean' && valueType !== 'Reference' && name === attributeAt(type, steps),
    ),
  );
  const shape: ObjectShape = {
    file: type,
    schemaType: {
      name: type.objectType,
      lockAnchorDefinition: false,
      possibleDnComponents: [],
      attributes: inAnchorOrder(type, real).map((each) => schemaAttribute(each, type.anchor)),
    },
    resourceType,
    urn: ecmaUrn(type.resource),
    attributes: real.map((each) => shapedAttribute(each, type, references, resources)),
    dnSelected: selected(DN_ATTRIBUTE),
    dnQuerySelected: selected(DN_QUERY_ATTRIBUTE),
    passwordSelected: selected(PASSWORD_ATTRIBUTE),
    renames,
    dnStyle: traits.distinguishedNameStyle,
    matchable,
    matching: matchable.find(({ steps }) => attributeAt(type, steps) === type.queryAttribute),
  };
  checkFlowValues(shape);
  return shape;
}

/** The identity of a compound anchor is made in the order that the administrator named, not in that of the selection. */
function inAnchorOrder(type: ObjectTypeFile, attributes: readonly SelectedAttribute[]): readonly SelectedAttribute[] {
  if (type.anchor.length === 1) return attributes;
  const anchors = type.anchor.flatMap((name) => attributes.find((each) => each.name === name) ?? []);
  return [...anchors, ...attributes.filter((each) => !anchors.includes(each))];
}

/** A value that does not fit its attribute is found at the start, not when the first leaver is disabled. */
function checkFlowValues(type: ObjectShape): void {
  const { disableFlow, deleteFlow } = type.file.deprovisioning;
  for (const flow of [disableFlow, deleteFlow]) {
    if (flow.kind !== 'SetAttributeValue') continue;
    configuredValue(type, flow.attribute, flow.value);
    if (flow.enableValue !== undefined) configuredValue(type, flow.attribute, flow.enableValue);
  }
}

function shapedAttribute(
  each: SelectedAttribute,
  type: ObjectTypeFile,
  references: boolean,
  resources: readonly string[],
): ShapedAttribute {
  const refersTo = each.refersTo.length === 0 ? resources : each.refersTo;
  return {
    name: each.name,
    type: each.type,
    list: each.multiValued && !each.treatAsSingleValue,
    hidden: each.deprovisioning,
    writeOnly: each.operation === 'ExportOnly',
    steps: stepsOf(each.name, type),
    refersTo: references && each.type === 'Reference' ? refersTo : undefined,
  };
}

/** A group's name and members stand in the core schema, everything else in the flat extension. */
function stepsOf(name: string, { resource, displayName, members }: ObjectTypeFile): readonly string[] {
  if (name === displayName) return ['displayName'];
  if (name === members) return ['members'];
  return [ecmaUrn(resource), name];
}

function attributeAt(type: ObjectTypeFile, steps: readonly string[]): string | undefined {
  return steps[0] === 'displayName' ? type.displayName : steps[1];
}

function schemaAttribute(each: SelectedAttribute, anchor: readonly string[]): SchemaAttribute {
  return {
    name: each.name,
    type: each.type,
    isAnchor: anchor.includes(each.name),
    isMultiValued: each.multiValued,
    allowedOperation: each.operation,
  };
}

function isIndexedFromTheStart({ file, urn, attributes }: ObjectShape, { steps }: IndexedAttribute): boolean {
  if (steps[0] === 'members') return true;
  if (steps[0] === 'displayName') return file.resource === 'Group';
  if (steps[0] !== urn) return false;
  const name = steps[1] ?? '';
  return (
    [...file.anchor, file.queryAttribute, file.dn, DN_ATTRIBUTE, DN_QUERY_ATTRIBUTE].includes(name) ||
    attributes.some((each) => each.name === name && each.type === 'Reference')
  );
}

function indexableAttributes(type: ResourceType): IndexedAttribute[] {
  return [type.core, ...type.extensionSchemas].flatMap((schema) =>
    schema.attributes.flatMap((path) => {
      const { name, type: kind, returned } = path.attribute;
      if (returned === 'never' || name === 'id' || name === 'schemas') return [];
      if (kind !== 'complex') return [{ name: path.text, steps: path.steps, caseExact: path.leaf.caseExact }];
      const value = name === 'members' ? type.sub(path, 'value') : undefined;
      return value === undefined ? [] : [{ name: value.text, steps: value.steps, caseExact: value.leaf.caseExact }];
    }),
  );
}
