import {
  array,
  assert,
  constantFrom,
  ipV4,
  ipV6,
  nat,
  oneof,
  property,
  record,
  stringMatching,
  uniqueArray,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseAliases,
  parseAttributeNames,
  parseAuxiliaryClasses,
  parseControls,
  parseHierarchy,
  printAliases,
  printAuxiliaryClasses,
  printControls,
  printHierarchy,
} from '../../src/configuration/line-parameters.ts';
import { parseServers, printServers } from '../../src/configuration/server-list.ts';

const attribute = stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/);
const oid = stringMatching(/^[0-2](\.\d{1,6}){1,8}$/);
const schemaName = oneof(attribute, oid);
const folded = (name: string): string => name.toLowerCase();

describe('Host', () => {
  test('reads what it prints', () => {
    const host = oneof(stringMatching(/^[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?$/), ipV4(), ipV6());
    const server = record({ host, port: nat(65_534).map((port) => port + 1) });
    assert(
      property(array(server, { minLength: 1 }), (servers) => {
        expect(parseServers(printServers(servers), 389)).toEqual(servers);
      }),
    );
  });

  test('takes commas and line breaks, and the port of the parameter Port where a server has none', () => {
    expect(parseServers('ldap1, ldap2:1389\n[::1]:636\n::1\n127.0.0.1', 390)).toEqual([
      { host: 'ldap1', port: 390 },
      { host: 'ldap2', port: 1389 },
      { host: '::1', port: 636 },
      { host: '::1', port: 390 },
      { host: '127.0.0.1', port: 390 },
    ]);
  });

  test.each(['ldap1:0', 'ldap1:65536', 'ldap1:', 'ldap1:x', '[ldap1]:389', 'a b', ':389', '[::1]x', '-x', ','])(
    'refuses %s',
    (text) => {
      expect(parseServers(text, 389)).toEqual(expect.any(String));
    },
  );
});

describe('lists of lines', () => {
  test('Attribute Aliases read what they print', () => {
    const options = array(stringMatching(/^[a-z][a-z0-9-]{0,8}$/), { minLength: 1, maxLength: 3 });
    const alias = record({ name: schemaName, options });
    assert(
      property(uniqueArray(alias, { selector: ({ name }) => folded(name) }), (aliases) => {
        const map = new Map(aliases.map(({ name, options }) => [folded(name), [name, ...options].join(';')]));
        expect(parseAliases(printAliases(map))).toEqual(map);
      }),
    );
  });

  test('L20 Attribute Aliases with a colon are refused with the right form', () => {
    expect(parseAliases('cACertificate;binary\nuserCertificate : binary')).toBe(
      '"userCertificate : binary" has a colon: write userCertificate;binary, with a semicolon.',
    );
  });

  test('Auxiliary Classes read what they print', () => {
    const line = record({
      structural: oneof(constantFrom('*'), schemaName.map(folded)),
      auxiliary: array(schemaName, { minLength: 1, maxLength: 4 }),
    });
    assert(
      property(uniqueArray(line, { selector: ({ structural }) => structural }), (classes) => {
        const map = new Map(classes.map(({ structural, auxiliary }) => [structural, auxiliary]));
        expect(parseAuxiliaryClasses(printAuxiliaryClasses(map))).toEqual(map);
      }),
    );
  });

  test('Provisioning Hierarchy reads what it prints', () => {
    const line = record({ component: schemaName.map(folded), objectClass: schemaName });
    assert(
      property(uniqueArray(line, { selector: ({ component }) => component }), (hierarchy) => {
        const map = new Map(hierarchy.map(({ component, objectClass }) => [component, objectClass]));
        expect(parseHierarchy(printHierarchy(map))).toEqual(map);
      }),
    );
  });

  test('Supported Controls read what they print', () => {
    assert(
      property(uniqueArray(oid), nat(), (oids, cut) => {
        const at = oids.length === 0 ? 0 : cut % oids.length;
        const corrections = { controlsOn: oids.slice(0, at), controlsOff: oids.slice(at) };
        expect(parseControls(printControls(corrections))).toEqual(corrections);
      }),
    );
  });

  test.each([
    ['an alias without an option', () => parseAliases('userCertificate')],
    ['an alias twice', () => parseAliases('userCertificate;binary\nUSERCERTIFICATE;binary')],
    ['a class without auxiliaries', () => parseAuxiliaryClasses('inetOrgPerson')],
    ['a class twice', () => parseAuxiliaryClasses('a = b\nA = c')],
    ['a component without a class', () => parseHierarchy('ou')],
    ['a component with two classes', () => parseHierarchy('ou=a=b')],
    ['a component twice', () => parseHierarchy('ou=a\nOU=b')],
    ['a control without a sign', () => parseControls('1.2.840.113556.1.4.805')],
    ['a control twice', () => parseControls('+1.2\n-1.2')],
    ['attribute names with blanks', () => parseAttributeNames('uid number')],
  ])('refuses %s', (_, read) => {
    expect(read()).toEqual(expect.any(String));
  });
});
