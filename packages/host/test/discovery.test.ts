import { expect, test } from 'vitest';
import { type Json, type ScimCaller, URN } from './support/caller.ts';
import { FIXTURE_SELECTION } from './support/fixture-connector.ts';
import { fixtureHost } from './support/fixture-host.ts';
import { csv, person, TestHome, TUTORIAL, TUTORIAL_TYPE } from './support/home.ts';

const attributes = TUTORIAL_TYPE.attributes.filter(({ name }) => name !== 'Title');
const withoutTitle = { ...TUTORIAL, types: [{ ...TUTORIAL_TYPE, attributes }] };

async function published(scim: ScimCaller): Promise<Map<string, Json>> {
  const { body } = await scim.get('/Schemas');
  const schema = body.Resources.find((each: Json) => each.id === URN);
  return new Map(schema.attributes.map((each: Json) => [each.name, each]));
}

test('H-12 H-14 /Schemas lists the selected attributes with their types and no others', async () => {
  const home = await TestHome.create({
    connectors: [withoutTitle],
  });
  await home.write(csv(person(1)));
  const attributes = await published((await home.call()).scim);
  expect([...attributes.keys()]).toEqual([
    'AzureObjectID',
    'IsActive',
    'DisplayName',
    'EmployeeId',
    'UserName',
    'Email',
  ]);
  expect(attributes.get('IsActive')).toMatchObject({ type: 'boolean', multiValued: false });
  expect(attributes.get('EmployeeId')).toMatchObject({ type: 'integer' });
  expect(attributes.get('AzureObjectID')).toMatchObject({ type: 'string', uniqueness: 'server' });
});

test('H-13 H-74 an attribute added to the file appears, with its values, after a restart', async () => {
  const home = await TestHome.create({
    connectors: [withoutTitle],
  });
  await home.write(csv(person(1)));
  const before = await home.call();
  expect((await published(before.scim)).has('Title')).toBe(false);
  await before.host.close();
  await home.configure(TUTORIAL);
  const { scim } = await home.call();
  expect((await published(scim)).has('Title')).toBe(true);
  expect((await scim.find('Title eq "Engineer"')).body.totalResults).toBe(1);
});

test('H-15 an attribute treated as a single value is published and answered as one', async () => {
  const multi = FIXTURE_SELECTION.map((each) =>
    each.name === 'objectClass' ? { ...each, treatAsSingleValue: true } : each,
  );
  const { scim } = await fixtureHost(
    {},
    { attributes: multi },
    { prepare: (target) => target.put('a', { objectClass: ['top'] }) },
  );
  expect((await published(scim)).get('objectClass')).toMatchObject({ multiValued: false });
  expect(
    (await scim.find('id eq "Sa"'.replace('Sa', Buffer.from('Sa').toString('base64url')))).body.Resources[0][URN]
      .objectClass,
  ).toBe('top');
});

test('H-16 H-17 virtual attributes appear once they are selected', async () => {
  const { scim } = await fixtureHost(
    { password: true },
    { attributes: [...FIXTURE_SELECTION, { name: '-dn-' }, { name: 'export_password' }] },
  );
  const attributes = await published(scim);
  expect(attributes.get('-dn-')).toMatchObject({ type: 'string' });
  expect(attributes.get('export_password')).toMatchObject({ mutability: 'writeOnly', returned: 'never' });
});

test('a deprovisioning attribute is not published', async () => {
  const attributes = FIXTURE_SELECTION.map((each) =>
    each.name === 'enabled' ? { ...each, deprovisioning: true } : each,
  );
  const { scim } = await fixtureHost({}, { attributes });
  expect((await published(scim)).has('enabled')).toBe(false);
});

test('resource types and the provider configuration are served', async () => {
  const { scim } = await fixtureHost();
  expect((await scim.get('/ServiceProviderConfig')).body.patch).toEqual({ supported: true });
  const types = (await scim.get('/ResourceTypes')).body;
  expect(types.Resources[0]).toMatchObject({
    id: 'User',
    endpoint: '/Users',
    schemaExtensions: [{ schema: URN, required: true }],
  });
});
