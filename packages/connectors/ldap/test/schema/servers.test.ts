import { beforeAll, describe, expect, test } from 'vitest';
import { ldapsearch } from '../../../../../testing/directories/commands.ts';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import type { Directory } from '../../../../../testing/directories/directory.ts';
import { type Found, found, offered, typeOf } from './offering.ts';

const servers: readonly (readonly [string, () => Promise<Directory>, readonly [number, number] | undefined])[] = [
  // Its overlays bring definitions of their own: the 97 and 392 of LDAP sheet 3.3 hold for another configuration.
  ['OpenLDAP', openldap, undefined],
  ['389', ds389, [200, 1015]],
  ['ApacheDS', apacheds, [123, 430]],
  ['Samba', samba, [264, 1473]],
];

test.each(servers)('L17 every definition of %s is read', async (_, server, counts) => {
  const directory = await server();
  const { schema, profile } = await found(directory);
  expect(schema.skipped).toEqual([]);
  const [published] = await ldapsearch(directory, profile.schemaEntry ?? '', {
    scope: 'base',
    attributes: ['objectClasses', 'attributeTypes'],
    args: [],
  });
  const count = (attribute: string): number => published?.attributes[attribute]?.length ?? 0;
  const numbers = [schema.objectClasses.length, schema.attributeTypes.length];
  expect(numbers).toEqual([count('objectClasses'), count('attributeTypes')]);
  if (counts !== undefined) expect(numbers).toEqual(counts);
});

describe('OpenLDAP', () => {
  let directory: Found;
  beforeAll(async () => {
    directory = await found(await openldap());
  });

  test('L18 attributes have the types and multiplicity of the schema', () => {
    const type = typeOf(directory, 'inetOrgPerson', { 'Auxiliary Classes': 'inetOrgPerson = posixAccount' });
    const plain = { isAnchor: false, allowedOperation: 'ImportExport' };
    expect(offered(type, 'cn')).toEqual({ ...plain, type: 'String', isMultiValued: true });
    expect(offered(type, 'uidNumber')).toEqual({ ...plain, type: 'Integer', isMultiValued: false });
    expect(offered(type, 'jpegPhoto')).toEqual({ ...plain, type: 'Binary', isMultiValued: true });
    expect(offered(type, 'manager')).toEqual({ ...plain, type: 'Reference', isMultiValued: true });
    expect(offered(type, 'objectClass')).toEqual({ ...plain, type: 'String', isMultiValued: true });
  });

  test('L18 createTimestamp is offered with operational attributes only, and never to be written', () => {
    const without = typeOf(directory, 'inetOrgPerson', { 'Include operational attributes in schema': '0' });
    expect(offered(without, 'createTimestamp')).toBeUndefined();
    expect(offered(typeOf(directory, 'inetOrgPerson'), 'createTimestamp')).toEqual({
      type: 'String',
      isAnchor: false,
      isMultiValued: false,
      allowedOperation: 'ImportOnly',
    });
  });

  test('L19 inetOrgPerson must have what person must have; posixAccount adds four', () => {
    const { must } = directory.schema.attributesOf('inetOrgPerson');
    expect([...must].sort()).toEqual(['cn', 'objectClass', 'sn']);
    const people = typeOf(directory, 'inetOrgPerson');
    expect([...(people.mandatoryAttributes ?? [])].sort()).toEqual(['cn', 'sn']);
    const posix = typeOf(directory, 'inetOrgPerson', { 'Auxiliary Classes': '* = posixAccount' });
    expect([...(posix.mandatoryAttributes ?? [])].sort()).toEqual(
      ['cn', 'sn', 'uid', 'uidNumber', 'gidNumber', 'homeDirectory'].sort(),
    );
  });

  test('object types are the structural classes, people first; an auxiliary class is none', () => {
    const { types } = { types: directory.schema.objectClasses.filter(({ kind }) => kind === 'auxiliary') };
    expect(types.map(({ name }) => name)).toContain('posixAccount');
    expect(() => typeOf(directory, 'posixAccount')).toThrow();
    expect(() => typeOf(directory, 'top')).toThrow();
    expect(typeOf(directory, 'groupOfNames').mandatoryAttributes).toEqual(['member', 'cn']);
  });

  test('the anchor is the DN, fixed; with manual selection entryUUID may be chosen instead', () => {
    const fixed = typeOf(directory, 'inetOrgPerson');
    const anchor = { type: 'String', isAnchor: true, isMultiValued: false, allowedOperation: 'ImportOnly' };
    expect([fixed.lockAnchorDefinition, offered(fixed, 'entryDN')]).toEqual([true, anchor]);
    const free = typeOf(directory, 'inetOrgPerson', {
      'Allow manual anchor selection': '1',
      'Include operational attributes in schema': '0',
    });
    expect([free.lockAnchorDefinition, offered(free, 'entryUUID')]).toEqual([false, { ...anchor, isAnchor: false }]);
    expect(fixed.attributes.filter(({ isAnchor }) => isAnchor).map(({ name }) => name)).toEqual(['entryDN']);
  });

  test('a password is text that is written only, and nothing else that gives passwords away is offered', () => {
    const type = typeOf(directory, 'inetOrgPerson');
    expect(offered(type, 'userPassword')).toEqual({
      type: 'String',
      isAnchor: false,
      isMultiValued: false,
      allowedOperation: 'ExportOnly',
    });
    expect(type.attributes.map(({ name }) => name)).not.toContain('pwdHistory');
  });

  test('extensible attributes make every attribute of users legal on every type, and no others', () => {
    const [closed, open] = ['0', '1'].map((box) =>
      typeOf(directory, 'device', {
        'Include extensible attributes in schema': box,
        'Include operational attributes in schema': '0',
      }),
    );
    expect([closed, open].map((type) => type && offered(type, 'uidNumber')?.type)).toEqual([undefined, 'Integer']);
    expect(open && offered(open, 'createTimestamp')).toBeUndefined();
  });

  test('accounts can be disabled where the server has a way for it, and only what can sign in is an account', () => {
    // The test server loads the overlay ppolicy.
    expect(offered(typeOf(directory, 'inetOrgPerson'), '_accountDisabled')).toEqual({
      type: 'Boolean',
      isAnchor: false,
      isMultiValued: false,
      allowedOperation: 'ImportExport',
    });
    expect(offered(typeOf(directory, 'groupOfNames'), '_accountDisabled')).toBeUndefined();
    const without = { ...directory, profile: { ...directory.profile, disableMethod: undefined } };
    expect(offered(typeOf(without, 'inetOrgPerson'), '_accountDisabled')).toBeUndefined();
  });

  test('naming attributes are offered from what the type has', () => {
    expect(typeOf(directory, 'inetOrgPerson').possibleDnComponents.slice(0, 3)).toEqual(['cn', 'uid', 'ou']);
    expect(typeOf(directory, 'groupOfNames').possibleDnComponents).toEqual(['cn', 'ou', 'o']);
  });
});

describe('Samba', () => {
  let directory: Found;
  beforeAll(async () => {
    directory = await found(await samba());
  });

  test('L18 objectGUID is octets to the schema, whose syntaxes stand in quotes, and text as anchor', () => {
    expect(directory.schema.attributeType('objectGUID')).toMatchObject({ type: 'Binary', singleValue: true });
    expect(
      offered(typeOf(directory, 'user', { 'Include operational attributes in schema': '0' }), 'objectGUID'),
    ).toEqual({
      type: 'String',
      isAnchor: true,
      isMultiValued: false,
      allowedOperation: 'ImportOnly',
    });
  });

  test('a user has what its content rule allows, and must have nothing that the server fills in', () => {
    const user = typeOf(directory, 'user');
    for (const name of ['sAMAccountName', 'mail', 'userPrincipalName', 'uidNumber', 'manager', '_accountDisabled']) {
      expect(offered(user, name)?.allowedOperation, name).toBe('ImportExport');
    }
    expect(offered(user, 'memberOf')?.allowedOperation).toBe('ImportOnly');
    expect(offered(user, 'unicodePwd')?.allowedOperation).toBe('ExportOnly');
    expect(user.mandatoryAttributes).toEqual([]);
    expect(offered(typeOf(directory, 'computer'), 'sAMAccountName')?.type).toBe('String');
  });

  test('what is worked out for one entry at a time is not offered: a search of several fails with it', async () => {
    const server = await samba();
    const user = typeOf(directory, 'user', {
      'Include operational attributes in schema': '1',
      'Include extensible attributes in schema': '1',
    });
    for (const name of ['tokenGroups', 'tokenGroupsGlobalAndUniversal', 'tokenGroupsNoGCAcceptable']) {
      expect(directory.schema.attributeType(name)?.name, name).toBe(name);
      expect(offered(user, name), name).toBeUndefined();
      const asking = ldapsearch(server, server.users, { attributes: [name], args: [] });
      await expect(asking, name).rejects.toThrow('00002020');
    }
    for (const name of ['msds-memberOfTransitive', 'msds-memberTransitive']) {
      expect(offered(user, name), name).toBeUndefined();
    }
  });

  test('the whole contract schema of 264 classes is made in no time, and looking at one type costs that type', () => {
    const began = performance.now();
    const user = typeOf(directory, 'user', { 'Include extensible attributes in schema': '1' });
    const attributes = user.attributes.length;
    expect(attributes).toBeGreaterThan(1000);
    expect(performance.now() - began).toBeLessThan(200);
    expect(user.attributes).toBe(user.attributes);
  });
});
