import { type AttributeDefinition as EngineAttribute, objectFromResourceType } from '@joinery/engine';
import {
  type AttributeDefinition,
  attribute,
  isList,
  isObject,
  member,
  type SchemaDefinition,
  type ScimClient,
  type ScimObject,
  type ScimValue,
  USER_URN,
} from '@joinery/scim';

/** What mappings may write to on a target's users, as its `/Schemas` lists it; schemas of other resources are left out. */
export async function discoverAttributes(client: ScimClient, signal: AbortSignal): Promise<readonly EngineAttribute[]> {
  const documents = await client.schemas(signal);
  const schemas = documents.map(schemaOf).filter(({ id }) => /:user$/i.test(id));
  const core = schemas.find(({ id }) => id.toLowerCase() === USER_URN.toLowerCase());
  const object = objectFromResourceType('User', {
    name: 'User',
    endpoint: '/Users',
    description: '',
    schema: core ?? { id: USER_URN, name: 'User', description: '', attributes: [] },
    extensions: schemas.filter((schema) => schema !== core).map((schema) => ({ schema, required: false })),
  });
  return object.attributes;
}

/** Reads a schema document (RFC 7643 section 7) leniently: what a target leaves out or misspells is as the RFC's default. */
function schemaOf(document: ScimObject): SchemaDefinition {
  return {
    id: textOf(document, 'id') ?? '',
    name: textOf(document, 'name') ?? '',
    description: textOf(document, 'description') ?? '',
    attributes: attributesOf(document, 'attributes'),
  };
}

const types = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary', 'complex'] as const;
const mutabilities = ['readOnly', 'readWrite', 'immutable', 'writeOnly'] as const;
const returns = ['always', 'never', 'default', 'request'] as const;

function attributesOf(holder: ScimObject, name: string): readonly AttributeDefinition[] {
  return list(member(holder, name))
    .filter(isObject)
    .flatMap((part) => {
      const own = textOf(part, 'name');
      if (own === undefined || own === '') return [];
      return attribute(own, {
        type: wordOf(types, textOf(part, 'type')) ?? 'string',
        multiValued: member(part, 'multiValued') === true,
        required: member(part, 'required') === true,
        caseExact: member(part, 'caseExact') === true,
        mutability: wordOf(mutabilities, textOf(part, 'mutability')) ?? 'readWrite',
        returned: wordOf(returns, textOf(part, 'returned')) ?? 'default',
        canonicalValues: list(member(part, 'canonicalValues')).filter((entry) => typeof entry === 'string'),
        subAttributes: attributesOf(part, 'subAttributes'),
      });
    });
}

function wordOf<W extends string>(words: readonly W[], text: string | undefined): W | undefined {
  return words.find((word) => word.toLowerCase() === text?.toLowerCase());
}

function textOf(object: ScimObject, name: string): string | undefined {
  const value = member(object, name);
  return typeof value === 'string' ? value : undefined;
}

function list(value: ScimValue | undefined): readonly ScimValue[] {
  return value !== undefined && isList(value) ? value : [];
}
