import type { ResourceTypeDefinition, AttributeDefinition as ScimAttribute, ScimType } from '@joinery/scim';
import type { AttributeDefinition, AttributeType, Mutability, ObjectDefinition } from './schema.ts';

const types: Readonly<Record<ScimType, AttributeType>> = {
  string: 'String',
  boolean: 'Boolean',
  decimal: 'String',
  integer: 'Integer',
  dateTime: 'DateTime',
  reference: 'Reference',
  binary: 'Binary',
  complex: 'String',
};

const mutabilities: Readonly<Record<ScimAttribute['mutability'], Mutability>> = {
  readOnly: 'ReadOnly',
  readWrite: 'ReadWrite',
  immutable: 'Immutable',
  writeOnly: 'WriteOnly',
};

/**
 * The target object that a SCIM resource type makes: what mappings may write to, under the names they use (engine sheet 13).
 * A complex attribute becomes its sub-attributes; of a multi-valued one, one set for each canonical `type`, such as
 * `emails[type eq "work"].value`. The anchor is the resource's `id`; a connector's own anchor is an immutable attribute.
 * @param name the `targetObjectName` of mappings
 */
export function objectFromResourceType(name: string, type: ResourceTypeDefinition): ObjectDefinition {
  const id: AttributeDefinition = { ...blank, name: 'id', anchor: true, caseExact: true, mutability: 'ReadOnly' };
  const core = type.schema.attributes.filter((attribute) => attribute.name !== 'id');
  const extensions = type.extensions.flatMap(({ schema }) =>
    schema.attributes.flatMap((attribute) => expand(`${schema.id}:`, attribute)),
  );
  return { name, attributes: [id, ...core.flatMap((attribute) => expand('', attribute)), ...extensions] };
}

const blank: Omit<AttributeDefinition, 'name'> = {
  type: 'String',
  anchor: false,
  caseExact: false,
  multivalued: false,
  mutability: 'ReadWrite',
  required: false,
  defaultValue: null,
  flowNullValues: false,
};

function expand(prefix: string, attribute: ScimAttribute): readonly AttributeDefinition[] {
  const path = `${prefix}${attribute.name}`;
  if (attribute.type !== 'complex') return [simple(path, attribute)];
  const subs = attribute.subAttributes;
  // A reference such as manager is written whole, by the referenced object's id.
  const whole = subs.some((sub) => sub.name === '$ref')
    ? [{ ...simple(path, attribute), type: 'Reference' as const }]
    : [];
  if (!attribute.multiValued) return [...whole, ...subs.map((sub) => simple(`${path}.${sub.name}`, sub))];
  const kinds = subs.find((sub) => sub.name === 'type')?.canonicalValues ?? [];
  const values = subs.filter((sub) => sub.name !== 'type' && sub.name !== 'primary' && sub.name !== '$ref');
  return [
    ...(whole.length > 0 ? whole : [simple(path, attribute)]),
    ...kinds.flatMap((kind) =>
      values.map((sub) => ({
        ...simple(`${path}[type eq ${JSON.stringify(kind)}].${sub.name}`, sub),
        mutability: mutabilities[attribute.mutability],
      })),
    ),
  ];
}

function simple(name: string, attribute: ScimAttribute): AttributeDefinition {
  return {
    ...blank,
    name,
    type: types[attribute.type],
    caseExact: attribute.caseExact,
    multivalued: attribute.multiValued,
    mutability: attribute.returned === 'never' ? 'WriteOnly' : mutabilities[attribute.mutability],
    required: attribute.required,
  };
}
