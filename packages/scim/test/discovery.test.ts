import {
  attribute,
  compileResourceType,
  complex,
  flatUserType,
  isList,
  isObject,
  type ScimObject,
  type ScimValue,
  userType,
} from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { differences, rfcDocuments, rfcSchemas, violations } from './rfc7643.ts';
import { CORE, ENT, GROUP, resourcesOf, serve } from './server-under-test.ts';

const custom = 'urn:example:params:scim:schemas:extension:badge:1.0:User';

/** Users with an extension of their own, and the flat type of a connector host. */
const badged = compileResourceType({
  ...userType,
  extensions: [
    ...userType.extensions,
    {
      required: false,
      schema: {
        id: custom,
        name: 'Badge',
        description: 'Door badges',
        attributes: [
          attribute('number', { type: 'integer', uniqueness: 'server' }),
          attribute('level', { type: 'decimal' }),
          attribute('issued', { type: 'dateTime', mutability: 'immutable' }),
          attribute('doors', { multiValued: true, canonicalValues: ['main', 'back'] }),
          attribute('photo', { type: 'binary', returned: 'request' }),
          complex('issuer', [
            attribute('value', { required: true }),
            attribute('$ref', { type: 'reference', referenceTypes: ['User'] }),
          ]),
        ],
      },
    },
  ],
});
const flat = compileResourceType(
  flatUserType([attribute('-dn-'), attribute('anchor', { required: true, mutability: 'immutable' }), attribute('a.b')]),
);

describe('discovery', () => {
  for (const [title, resourceTypes] of [
    ['users and groups', undefined],
    ['an extension of its own', [badged]],
    ['the flat type of a connector host', [flat]],
  ] as const) {
    test(`S-126 every document is valid by the definitions of RFC 7643: ${title}`, async () => {
      const server = await serve(resourceTypes === undefined ? {} : { resourceTypes });
      const config = (await server.request('GET', '/ServiceProviderConfig')).body;
      expect(violations(config, rfcDocuments.ServiceProviderConfig)).toEqual([]);
      for (const type of resourcesOf(await server.request('GET', '/ResourceTypes'))) {
        expect(violations(type, rfcDocuments.ResourceType)).toEqual([]);
        expect((await server.request('GET', `/ResourceTypes/${String(type.id)}`)).body).toEqual(type);
      }
      const schemas = resourcesOf(await server.request('GET', '/Schemas'));
      expect(schemas.length).toBeGreaterThan(3);
      for (const schema of schemas) {
        expect(violations(schema, rfcDocuments.Schema)).toEqual([]);
        expect(attributesOf(schema).flatMap(illogical)).toEqual([]);
        expect((await server.request('GET', `/Schemas/${String(schema.id)}`)).body).toEqual(schema);
      }
    });
  }

  test('S-126 the schemas of RFC 7643 8.7.1 differ in what docs/scim.md lists, and in nothing else', async () => {
    const server = await serve();
    const found: Record<string, readonly string[]> = {};
    for (const [urn, definitions] of Object.entries(rfcSchemas)) {
      const { body } = await server.request('GET', `/Schemas/${urn}`);
      found[urn] = differences(body.attributes, definitions);
    }
    expect(found).toEqual({
      [CORE]: [
        'profileUrl.caseExact: true, in the RFC false',
        'password.caseExact: true, in the RFC false',
        'photos.value.caseExact: true, in the RFC false',
        'addresses.primary: only here',
        'groups.value.caseExact: true, in the RFC false',
        'groups.$ref.caseExact: true, in the RFC false',
        'x509Certificates.value.caseExact: true, in the RFC false',
      ],
      [GROUP]: [
        'displayName.required: true, in the RFC false',
        'displayName.uniqueness: server, in the RFC none',
        'members.value.caseExact: true, in the RFC false',
        'members.$ref.caseExact: true, in the RFC false',
        'members.display: only here',
      ],
      [ENT]: ['manager.value.caseExact: true, in the RFC false', 'manager.$ref.caseExact: true, in the RFC false'],
    });
  });

  test('S-126 an extension of its own is described as it was defined', async () => {
    const server = await serve({ resourceTypes: [badged] });
    const [type] = resourcesOf(await server.request('GET', '/ResourceTypes'));
    expect(type?.schemaExtensions).toContainEqual({ schema: custom, required: false });
    const { body } = await server.request('GET', `/Schemas/${custom}`);
    expect(body).toMatchObject({ name: 'Badge', meta: { resourceType: 'Schema' } });
    expect(attributesOf(body).map(({ name, type: kind }) => `${String(name)}:${String(kind)}`)).toEqual([
      'number:integer',
      'level:decimal',
      'issued:dateTime',
      'doors:string',
      'photo:binary',
      'issuer:complex',
    ]);
  });

  test('S-126 S-130 S-131 the documents name each other and hold no null', async () => {
    const server = await serve();
    const config = await server.request('GET', '/ServiceProviderConfig');
    expect(config.body).toMatchObject({
      patch: { supported: true },
      etag: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
    });
    const types = resourcesOf(await server.request('GET', '/ResourceTypes'));
    expect(types.map((each) => each.id)).toEqual(['User', 'Group']);
    expect((await server.request('GET', '/ResourceTypes/user')).body).toEqual(types[0]);
    const list = await server.request('GET', '/schemas');
    expect(list.text).not.toContain('null');
    const schemas = resourcesOf(list);
    expect(list.body.totalResults).toBe(schemas.length);
    expect(schemas.map((each) => each.name)).toEqual(
      expect.arrayContaining(['User', 'EnterpriseUser', 'Group', 'Schema', 'ResourceType']),
    );
    for (const type of types) {
      const found = await server.request('GET', `/Schemas/${String(type.schema)}`);
      expect(found.body).toEqual(schemas.find((each) => each.id === type.schema));
    }
  });

  test('S-127 S-129 other verbs are 405 with Allow, a filter is 403', async () => {
    const server = await serve();
    for (const url of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas', `/Schemas/${CORE}`]) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
        const answer = await server.request(method, url, {});
        expect([answer.status, answer.headers.allow, answer.body.status]).toEqual([405, 'GET, HEAD', '405']);
      }
    }
    expect((await server.request('GET', '/Schemas?filter=id+eq+%22x%22')).status).toBe(403);
    expect((await server.request('GET', '/Schemas?count=1&sortBy=id')).status).toBe(200);
    expect((await server.request('PUT', '/Users', {})).headers.allow).toBe('GET, HEAD, POST');
    expect((await server.request('POST', '/Users/x', {})).status).toBe(405);
  });
});

function attributesOf(document: ScimObject): readonly ScimObject[] {
  const list: ScimValue | undefined = document.attributes ?? document.subAttributes;
  return isList(list) ? list.filter(isObject) : [];
}

/** What section 7 rules out between the members of one attribute. */
function illogical(attribute: ScimObject): readonly string[] {
  const name = String(attribute.name);
  const subs = attributesOf(attribute);
  return [
    ...((attribute.type === 'complex') === subs.length > 0 ? [] : [`${name}: sub-attributes go with complex`]),
    ...((attribute.type === 'reference') === (attribute.referenceTypes !== undefined)
      ? []
      : [`${name}: referenceTypes`]),
    ...(attribute.mutability === 'writeOnly' && attribute.returned !== 'never'
      ? [`${name}: writeOnly is returned`]
      : []),
    ...subs.flatMap(illogical),
  ];
}
