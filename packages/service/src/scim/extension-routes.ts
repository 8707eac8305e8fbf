import type { Extension } from '@joinery/directory';
import { type AttributeDefinition, attribute } from '@joinery/scim';
import { type Static, Type } from 'typebox';
import { callerOf } from '../access/require-caller.ts';
import type { App, RouteContext } from '../graph/route-context.ts';
import { closedObject, noContent } from '../graph/shapes.ts';
import { signalOf } from '../http/request-signal.ts';

/** Re-indexing a tenant goes in batches; a large one takes minutes. */
const indexingDeadline = 30 * 60_000;

const name = Type.String({ minLength: 1, maxLength: 100 });
const words = Type.Array(Type.String({ maxLength: 200 }), { maxItems: 200 });

/** What RFC 7643 section 7 says of an attribute, as far as a tenant may choose it; the rest has the RFC's defaults. */
const simple = {
  name,
  description: Type.Optional(Type.String({ maxLength: 1_000 })),
  multiValued: Type.Optional(Type.Boolean()),
  caseExact: Type.Optional(Type.Boolean()),
  mutability: Type.Optional(
    Type.Union([
      Type.Literal('readWrite'),
      Type.Literal('readOnly'),
      Type.Literal('immutable'),
      Type.Literal('writeOnly'),
    ]),
  ),
  uniqueness: Type.Optional(Type.Union([Type.Literal('none'), Type.Literal('server'), Type.Literal('global')])),
  canonicalValues: Type.Optional(words),
  referenceTypes: Type.Optional(words),
};
const simpleType = Type.Union([
  Type.Literal('string'),
  Type.Literal('boolean'),
  Type.Literal('decimal'),
  Type.Literal('integer'),
  Type.Literal('dateTime'),
  Type.Literal('reference'),
  Type.Literal('binary'),
]);
const SubAttribute = closedObject({ ...simple, type: Type.Optional(simpleType) });
const Attribute = closedObject({
  ...simple,
  type: Type.Optional(Type.Union([simpleType, Type.Literal('complex')])),
  subAttributes: Type.Optional(Type.Array(SubAttribute, { maxItems: 100 })),
});
const definition = {
  name,
  description: Type.Optional(Type.String({ maxLength: 1_000 })),
  attributes: Type.Array(Attribute, { minItems: 1, maxItems: 200 }),
  /** Names of attributes that clients match by, beside the unique ones. */
  matching: Type.Optional(Type.Array(name, { maxItems: 20 })),
};
const objectType = Type.Union([Type.Literal('User'), Type.Literal('Group')]);
const params = closedObject({ objectType, urn: Type.String({ maxLength: 250 }) });
const Listed = closedObject({
  value: Type.Array(closedObject({ objectType, id: Type.String(), ...definition })),
});

/** `/api/scimExtensions`: the SCIM schemas that a tenant adds to its users and groups, which Graph has no words for. */
export function extensionRoutes(app: App, { directory }: RouteContext): void {
  const { extensions } = directory.scim;

  app.get('/scimExtensions', { schema: { response: { 200: Listed } } }, async (request) => {
    const found = await extensions.list(callerOf(request).tenantId, signalOf(request));
    return { value: found.map(render) };
  });

  app.put(
    '/scimExtensions/:objectType/:urn',
    { schema: { params, body: closedObject(definition), response: noContent }, config: { deadline: indexingDeadline } },
    async (request, reply) => {
      const { name: schemaName, description = '', attributes, matching = [] } = request.body;
      const schema = { id: request.params.urn, name: schemaName, description, attributes: attributes.map(attributeOf) };
      const extension = { objectType: request.params.objectType, schema, matching };
      await extensions.put(callerOf(request).tenantId, extension, signalOf(request));
      return reply.code(204).send();
    },
  );

  app.delete(
    '/scimExtensions/:objectType/:urn',
    { schema: { params, response: noContent }, config: { deadline: indexingDeadline } },
    async (request, reply) => {
      const { objectType: of, urn } = request.params;
      await extensions.remove(callerOf(request).tenantId, of, urn, signalOf(request));
      return reply.code(204).send();
    },
  );
}

function attributeOf({ name: attributeName, ...given }: Static<typeof Attribute>): AttributeDefinition {
  const { subAttributes = [], ...draft } = given;
  return attribute(attributeName, {
    ...draft,
    subAttributes: subAttributes.map(({ name: subName, ...sub }) => attribute(subName, sub)),
  });
}

function render({ objectType: of, schema, matching }: Extension): Static<typeof Listed>['value'][number] {
  const { id, name: schemaName, description, attributes } = schema;
  return {
    objectType: of,
    id,
    name: schemaName,
    description,
    attributes: attributes.map((each) => ({ ...renderAttribute(each), ...subAttributesOf(each) })),
    matching: [...matching],
  };
}

function subAttributesOf({ type, subAttributes }: AttributeDefinition) {
  return type === 'complex' ? { type, subAttributes: subAttributes.map(renderAttribute) } : {};
}

function renderAttribute(each: AttributeDefinition): Static<typeof SubAttribute> {
  const { description, multiValued, type, caseExact, mutability, uniqueness } = each;
  return {
    name: each.name,
    ...(type === 'complex' ? {} : { type }),
    description,
    multiValued,
    caseExact,
    mutability,
    uniqueness,
    canonicalValues: [...each.canonicalValues],
    referenceTypes: [...each.referenceTypes],
  };
}
