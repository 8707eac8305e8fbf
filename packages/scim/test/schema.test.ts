import {
  attribute,
  bindFilter,
  compileResourceType,
  flatUserType,
  matches,
  parseFilter,
  resolvePath,
  userType,
} from '@joinery/scim';
import { describe, expect, test } from 'vitest';
import { CORE, ENT, filterUrl, resourcesOf, serve, users } from './server-under-test.ts';

const ECMA = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User';

const flat = compileResourceType(
  flatUserType([
    attribute('-dn-'),
    attribute('userName', { required: true, uniqueness: 'server' }),
    attribute('id'),
    attribute('First Name'),
    attribute('a.b'),
    attribute('constructor'),
    attribute('number', { type: 'integer' }),
    attribute('objectClass', { multiValued: true, mutability: 'immutable' }),
    attribute('export_password', { caseExact: true, mutability: 'writeOnly', returned: 'never' }),
  ]),
);

describe('paths', () => {
  const paths: readonly (readonly [string, string | undefined])[] = [
    ['userName', 'userName'],
    ['NAME.GIVENNAME', 'name.givenName'],
    [`${CORE}:userName`, 'userName'],
    [`${ENT}:manager.value`, `${ENT}:manager.value`],
    [`${ENT.toLowerCase()}.Department`, `${ENT}:department`],
    ['manager', `${ENT}:manager`],
    ['manager.value', `${ENT}:manager.value`],
    ['urn:scim:schemas:extension:enterprise:2.0.department', `${ENT}:department`],
    ['$ref', undefined],
    [`${CORE}.userName`, undefined],
    [`${ENT}x:department`, undefined],
    ['', undefined],
  ];
  for (const [text, expected] of paths) {
    test(`'${text}' is ${expected ?? 'unknown'}`, () => {
      const resolved = resolvePath(text, users);
      expect(resolved.kind === 'attribute' ? resolved.path.text : undefined).toBe(expected);
    });
  }

  test('the longest registered URN wins', () => {
    const type = compileResourceType({
      ...userType,
      extensions: [
        { schema: { id: 'urn:x:ext', name: 'a', description: '', attributes: [attribute('long')] }, required: false },
        {
          schema: { id: 'urn:x:ext:long', name: 'b', description: '', attributes: [attribute('inner')] },
          required: false,
        },
      ],
    });
    expect(resolvePath('urn:x:ext:long', type)).toEqual({ kind: 'extension', urn: 'urn:x:ext:long' });
    expect(resolvePath('URN:X:EXT:LONG:INNER', type)).toMatchObject({ path: { text: 'urn:x:ext:long:inner' } });
  });

  test('7.1 a column that is called Id is meant where it is written so, the id of the resource elsewhere', () => {
    const columns = flatUserType([attribute('Id'), attribute('Active')]);
    const named = (text: string, type = compileResourceType(columns)): unknown => resolvePath(text, type);
    expect(named('Id')).toMatchObject({ path: { text: `${ECMA}:Id` } });
    expect(named('Active')).toMatchObject({ path: { text: `${ECMA}:Active` } });
    for (const text of ['id', 'ID']) expect(named(text)).toMatchObject({ path: { text: 'id' } });
    expect(named('active')).toMatchObject({ path: { text: 'active' } });
    expect(named('Id', compileResourceType(columns, { profile: 'strict' }))).toMatchObject({ path: { text: 'id' } });
    // An extension that a type may do without never stands before the core schema (RFC 7644 3.10).
    const extra = { id: 'urn:x:ext', name: 'x', description: '', attributes: [attribute('Title')] };
    const optional = compileResourceType({ ...userType, extensions: [{ schema: extra, required: false }] });
    expect(named('Title', optional)).toMatchObject({ path: { text: 'title' } });
  });

  test('a schema whose names collide is refused', () => {
    for (const attributes of [[attribute('a'), attribute('A')], [attribute('__proto__')], [attribute('')]]) {
      expect(() => compileResourceType(flatUserType(attributes))).toThrow(
        expect.objectContaining({ code: 'SCIM_SCHEMA_INVALID' }),
      );
    }
  });
});

describe('the flat type of a connector host', () => {
  test('S-132 needs no core userName, and knows names that RFC 7643 does not allow', async () => {
    const server = await serve({ resourceTypes: [flat] });
    const answer = await server.request('POST', '/Users', {
      schemas: [CORE, ENT],
      active: true,
      meta: { resourceType: 'User' },
      [ECMA]: {
        '-dn-': 'CN=bob,DC=lab',
        userName: 'BOB',
        id: '7',
        'First Name': 'Bob',
        'a.b': 'dotted',
        constructor: 'c',
        number: '9007199254740993',
        objectClass: 'inetOrgPerson',
        export_password: 'pw-secret',
      },
    });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.text).toContain('"number":9007199254740993');
    expect(answer.text).not.toContain('pw-secret');
    expect(answer.body).toMatchObject({
      schemas: [CORE, ECMA],
      active: true,
      [ECMA]: { '-dn-': 'CN=bob,DC=lab', id: '7', objectClass: ['inetOrgPerson'], constructor: 'c' },
    });
    const id = String(answer.body.id);
    for (const filter of [
      `${ECMA}:userName eq "bob"`,
      'userName eq "BoB"',
      `${ECMA}:-dn- sw "cn=bob"`,
      'constructor eq "c"',
      `${ECMA}:number eq 9007199254740993`,
    ]) {
      expect((await server.request('GET', filterUrl('/Users', filter))).body.totalResults, filter).toBe(1);
    }
    const patched = await server.patch(
      `/Users/${id}`,
      { op: 'Replace', path: `${ECMA}:First Name`, value: 'Robert' },
      { op: 'Replace', path: `${ECMA}:a.b`, value: 'x' },
      { op: 'Replace', path: `${ECMA}:-dn-`, value: 'CN=robert' },
      { op: 'Replace', path: 'active', value: 'False' },
    );
    expect(patched.body).toMatchObject({
      active: false,
      [ECMA]: { 'First Name': 'Robert', 'a.b': 'x', '-dn-': 'CN=robert' },
    });
    const refused = await server.patch(`/Users/${id}`, { op: 'Add', path: `${ECMA}:objectClass`, value: 'top' });
    expect(refused.body.scimType).toBe('mutability');
  });

  test('S-132 demands the anchor that the extension requires', async () => {
    const server = await serve({ resourceTypes: [flat] });
    for (const body of [{}, { userName: 'core is not it' }, { [ECMA]: { 'First Name': 'x' } }]) {
      const answer = await server.request('POST', '/Users', body);
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
      expect(answer.body.detail).toContain('userName');
    }
  });

  test('S-132 publishes its attributes unchanged', async () => {
    const server = await serve({ resourceTypes: [flat] });
    const document = await server.request('GET', `/Schemas/${ECMA}`);
    expect(document.body.attributes).toContainEqual({
      name: '-dn-',
      type: 'string',
      multiValued: false,
      description: '',
      required: false,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'none',
    });
    expect(resourcesOf(await server.request('GET', '/Schemas')).map((each) => each.id)).toContain(ECMA);
  });

  test('integers compare exactly beyond the doubles, and constants no integer equals are decided', () => {
    const holds = (filter: string): boolean =>
      matches(bindFilter(parseFilter(filter), flat), { [ECMA]: { number: 9007199254740993n } });
    expect(holds('number eq 9007199254740992')).toBe(false);
    expect(holds('number gt 9007199254740992.5')).toBe(true);
    expect(holds('number eq 1.5')).toBe(false);
    expect(holds('number lt 99999999999999999999')).toBe(true);
    expect(holds('number gt -1e300')).toBe(true);
    expect(holds('number eq 1e300')).toBe(false);
  });
});
