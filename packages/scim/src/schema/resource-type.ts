import { problem } from '@joinery/problems';
import type { AttributePath } from './attribute-path.ts';
import { commonAttributes } from './common.ts';
import type { AttributeDefinition, ResourceTypeDefinition, SchemaDefinition } from './definition.ts';
import type { ScimProfile } from './profile.ts';
import { urnAliases } from './urns.ts';

/** One schema of a compiled resource type: names are found without regard to case. */
export interface CompiledSchema {
  readonly urn: string;
  readonly extension: boolean;
  readonly required: boolean;
  readonly definition: SchemaDefinition;
  /** The attributes, in the order of the definition; the core schema's include the common ones of RFC 7643 3.1. */
  readonly attributes: readonly AttributePath[];
  /** The attribute or `attribute.sub` of this schema, by any spelling. */
  find(text: string): AttributePath | undefined;
}

/** A resource type compiled once: every look-up that a request needs is a map access. */
export interface ResourceType {
  readonly name: string;
  /** e.g. `/Users` */
  readonly endpoint: string;
  readonly definition: ResourceTypeDefinition;
  readonly profile: ScimProfile;
  readonly core: CompiledSchema;
  readonly extensionSchemas: readonly CompiledSchema[];
  /** Every spelling of every registered URN, the longest first; `urn` is the registered one, `lower` the spelling in lower case. */
  readonly urns: readonly { readonly urn: string; readonly lower: string }[];
  /** The schema of a URN, by any spelling. */
  schemaOf(urn: string): CompiledSchema | undefined;
  /** The sub-attribute of an attribute, by any spelling. */
  sub(attribute: AttributePath, name: string): AttributePath | undefined;
  /** Attributes or sub-attributes that are returned only on request, or never: a stored resource needs projecting when there are some. */
  readonly requestOnly: boolean;
}

/**
 * Compiles a resource type.
 * @param options.profile how requests about the type are read; `entra` by default
 * @throws SCIM_SCHEMA_INVALID when a name or URN occurs twice, or cannot be a JSON member safely
 */
export function compileResourceType(
  definition: ResourceTypeDefinition,
  { profile = 'entra' }: { readonly profile?: ScimProfile } = {},
): ResourceType {
  const core = compileSchema(definition.schema, { extension: false, required: true });
  const extensionSchemas = definition.extensions.map(({ schema, required }) =>
    compileSchema(schema, { extension: true, required }),
  );
  const byUrn = new Map<string, CompiledSchema>();
  for (const schema of [core, ...extensionSchemas]) {
    const lower = schema.urn.toLowerCase();
    if (byUrn.has(lower)) throw invalid(definition.name, `the schema ${schema.urn} occurs twice`);
    byUrn.set(lower, schema);
  }
  for (const [alias, urn] of profile === 'strict' ? [] : urnAliases) {
    const schema = byUrn.get(urn.toLowerCase());
    if (schema !== undefined && !byUrn.has(alias)) byUrn.set(alias, schema);
  }
  const urns = [...byUrn]
    .map(([lower, schema]) => ({ urn: schema.urn, lower }))
    .sort((a, b) => b.lower.length - a.lower.length);
  return {
    name: definition.name,
    endpoint: definition.endpoint,
    definition,
    profile,
    core,
    extensionSchemas,
    urns,
    schemaOf: (urn) => byUrn.get(urn.toLowerCase()),
    sub: (attribute, name) => {
      const schema = attribute.extension === undefined ? core : byUrn.get(attribute.extension.toLowerCase());
      return schema?.find(`${attribute.attribute.name}.${name}`);
    },
    requestOnly: [core, ...extensionSchemas].some((schema) => schema.attributes.some(isRequestOnly)),
  };
}

function isRequestOnly({ attribute }: AttributePath): boolean {
  return attribute.returned === 'request' || attribute.subAttributes.some((sub) => sub.returned === 'request');
}

function compileSchema(
  definition: SchemaDefinition,
  { extension, required }: { extension: boolean; required: boolean },
): CompiledSchema {
  const byName = new Map<string, AttributePath>();
  const attributes: AttributePath[] = [];
  const prefix = extension ? `${definition.id}:` : '';
  const root = extension ? [definition.id] : [];
  const own = new Set(definition.attributes.map((each) => each.name.toLowerCase()));
  const common = extension ? [] : commonAttributes.filter((each) => !own.has(each.name.toLowerCase()));

  const register = (text: string, path: AttributePath): void => {
    const lower = text.toLowerCase();
    if (byName.has(lower)) throw invalid(definition.id, `the attribute '${text}' occurs twice`);
    byName.set(lower, path);
  };
  for (const attribute of [...common, ...definition.attributes]) {
    checkName(definition.id, attribute);
    const path: AttributePath = {
      text: prefix + attribute.name,
      extension: extension ? definition.id : undefined,
      attribute,
      sub: undefined,
      leaf: attribute,
      parent: undefined,
      steps: [...root, attribute.name],
    };
    attributes.push(path);
    register(attribute.name, path);
    for (const sub of attribute.subAttributes) {
      checkName(definition.id, sub);
      register(`${attribute.name}.${sub.name}`, {
        text: `${path.text}.${sub.name}`,
        extension: path.extension,
        attribute,
        sub,
        leaf: sub,
        parent: path,
        steps: [...path.steps, sub.name],
      });
    }
  }
  return {
    urn: definition.id,
    extension,
    required,
    definition,
    attributes,
    find: (text) => byName.get(text.toLowerCase()),
  };
}

function checkName(schema: string, { name }: AttributeDefinition): void {
  if (name === '' || name === '__proto__') throw invalid(schema, `an attribute may not be called '${name}'`);
}

function invalid(place: string, sentence: string): Error {
  return problem('SCIM_SCHEMA_INVALID', `In the schema, ${sentence}.`, { place });
}
