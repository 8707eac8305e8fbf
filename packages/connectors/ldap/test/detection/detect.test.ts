import { describe, expect, test } from 'vitest';
import { profileWith } from '../../src/detection/corrected-profile.ts';
import { detect } from '../../src/detection/detect.ts';
import { CONTROL, EXTENSION } from '../../src/detection/oids.ts';
import type { ServerProfile } from '../../src/detection/profile.ts';
import { type RootDse, richerRootDse } from '../../src/detection/root-dse.ts';
import { publishedSchema } from '../../src/schema/published-schema.ts';
import { configured } from '../schema/offering.ts';
import { rootDseFixture } from './fixture.ts';

function schemaWith(...attributes: readonly string[]) {
  return publishedSchema({
    attributeTypes: attributes.map((definition) => `( ${definition} )`),
    objectClasses: ["( 2.5.6.6 NAME 'person' )"],
    ldapSyntaxes: [],
    contentRules: [],
  });
}

function profileOf(rootDse: RootDse, port = 389, ...attributes: readonly string[]): ServerProfile {
  return detect(rootDse, schemaWith(...attributes), { host: 'ldap.contoso.lab', port });
}

test.each([
  ['openldap-2.5.13', 'OpenLDAP', 'OpenLDAP 2.4 or later', 'entryDN', 'entryUUID', 'accessLog'],
  ['389-2.3.1', '389', '389 Directory Server 2.3.1', 'entryDN', 'nsUniqueId', 'changeLog'],
  ['apacheds-2.0.0.am26', 'ApacheDS', 'ApacheDS 2.0.0.AM26', 'entryDN', 'entryUUID', undefined],
  ['samba-4.17.12', 'Samba', 'Samba Active Directory 4.17.12-Debian', 'objectGUID', 'objectGUID', 'usnChanged'],
  ['ibm-6.4', 'IBM', 'IBM Directory Server 6.4', 'entryDN', 'ibm-entryUUID', 'changeLog'],
  ['edirectory-8.7.0', 'eDirectory', 'eDirectory 8.7.0', 'GUID', 'GUID', 'timeStamp'],
  ['opendj-3.0.0', 'OpenDJ', 'OpenDJ 3.0.0', 'entryDN', 'entryUUID', 'changeLog'],
  ['opends-2.2.0', 'OpenDS', 'OpenDS 2.2.0', 'entryDN', 'entryUUID', undefined],
  ['odsee-11.1.1', 'ODSEE', 'Oracle Directory Server (Sun) 11.1.1.7.0', 'entryDN', 'nsUniqueId', 'changeLog'],
  ['radiantone-7.2', 'RadiantOne', 'RadiantOne 7.2', 'entryDN', undefined, 'changeLog'],
  ['isode', 'Isode', 'Isode M-Vault 17.0', 'entryDN', 'entryUUID', undefined],
  [
    'ad-lds',
    'ADLDS',
    'Active Directory Lightweight Directory Services Windows Server 2016 to 2022',
    'objectGUID',
    'objectGUID',
    'usnChanged',
  ],
  [
    'active-directory',
    'ActiveDirectory',
    'Active Directory Windows Server 2025',
    'objectGUID',
    'objectGUID',
    'usnChanged',
  ],
  ['generic', 'Generic', 'LDAP server 1.0', 'entryDN', undefined, 'timeStamp'],
])('L13 the root DSE %s is one of %s', (fixture, kind, product, anchor, uniqueId, deltaStrategy) => {
  const profile = profileOf(rootDseFixture(fixture));
  expect(profile).toMatchObject({ kind, product, anchor });
  expect([profile.uniqueId, profile.deltaStrategy]).toEqual([uniqueId, deltaStrategy]);
});

test('L13 Active Directory on a global catalog’s port is a global catalog, which cannot be written', () => {
  for (const port of [3268, 3269]) {
    const profile = profileOf(rootDseFixture('active-directory'), port);
    expect(profile.kind).toBe('ActiveDirectoryGlobalCatalog');
    expect(profile.warnings.join()).toContain('cannot be written');
  }
});

test.each([
  ["1.1 NAME 'nsUniqueId'", '389'],
  ["2.16.840.1.113719.1.1.4.1.501 NAME 'GUID'", 'eDirectory'],
  ["1.1 NAME 'ibm-entryUUID'", 'IBM'],
  ["1.1 NAME 'GUID'", 'Generic'],
])('a root DSE that says nothing leaves it to the schema: %s is of %s', (definition, kind) => {
  expect(profileOf(new Map(), 389, definition).kind).toBe(kind);
});

test('a root DSE that says nothing leaves it to the schema: two attributes together', () => {
  expect(profileOf(new Map(), 389, "1.1 NAME 'objectGUID'", "1.2 NAME 'instanceType'").kind).toBe('ActiveDirectory');
  expect(profileOf(new Map(), 389, "1.1 NAME 'structuralObjectClass'", "1.2 NAME 'entryCSN'").kind).toBe('OpenLDAP');
  expect(profileOf(new Map(), 389, "1.1 NAME 'objectGUID'").kind).toBe('Generic');
});

describe('what a root DSE lists is not believed against better knowledge', () => {
  test('ApacheDS lists controls that do nothing', () => {
    const rootDse = rootDseFixture('apacheds-2.0.0.am26');
    const { controls } = profileOf(rootDse);
    for (const oid of [CONTROL.treeDelete, CONTROL.permissiveModify, CONTROL.showDeleted, CONTROL.dirSync]) {
      expect([rootDse.get('supportedcontrol')?.includes(oid), controls.has(oid)]).toEqual([true, false]);
    }
    expect(controls.has(CONTROL.pagedResults)).toBe(true);
  });

  test('OpenLDAP hides that it has permissive modify; 389 does not have it', () => {
    expect(rootDseFixture('openldap-2.5.13').get('supportedcontrol')).not.toContain(CONTROL.permissiveModify);
    expect(profileOf(rootDseFixture('openldap-2.5.13')).controls.has(CONTROL.permissiveModify)).toBe(true);
    expect(profileOf(rootDseFixture('389-2.3.1')).controls.has(CONTROL.permissiveModify)).toBe(false);
  });

  test('StartTLS is never asked of it', () => {
    expect(rootDseFixture('samba-4.17.12').has('supportedextension')).toBe(false);
    for (const fixture of ['samba-4.17.12', 'generic']) {
      expect(profileOf(rootDseFixture(fixture)).extensions.has(EXTENSION.startTls)).toBe(true);
    }
    expect(profileOf(rootDseFixture('samba-4.17.12')).controls.has(EXTENSION.startTls)).toBe(false);
  });
});

test.each([
  ['openldap-2.5.13', ['cn=accesslog']],
  ['389-2.3.1', ['cn=changelog']],
  ['apacheds-2.0.0.am26', ['ou=system', 'ou=config', 'ou=schema']],
  ['samba-4.17.12', ['CN=Configuration,DC=contoso,DC=lab', 'CN=Schema,CN=Configuration,DC=contoso,DC=lab']],
  ['ibm-6.4', ['cn=schema', 'cn=localhost', 'cn=ibmpolicies', 'secAuthority=Default']],
  ['odsee-11.1.1', ['o=NetscapeRoot']],
])('naming contexts of %s that hold no people are told apart', (fixture, system) => {
  const profile = profileOf(rootDseFixture(fixture));
  expect(profile.systemContexts).toEqual(system);
  expect(profile.namingContexts.length - system.length).toBe(1);
});

test('the zones of the DNS are no contexts of people', () => {
  const { systemContexts, namingContexts } = profileOf(rootDseFixture('active-directory'));
  expect(namingContexts.filter((dn) => !systemContexts.includes(dn))).toEqual(['DC=contoso,DC=lab']);
});

describe('warnings', () => {
  const told = (rootDse: RootDse, ...attributes: readonly string[]): string =>
    profileOf(rootDse, 389, ...attributes).warnings.join('\n');

  test('L15 a mandatory feature that is not found is told by number and name', () => {
    expect(told(rootDseFixture('389-2.3.1'))).toContain('[1.3.6.1.4.1.4203.1.5.3] True/False filters');
    expect(told(rootDseFixture('openldap-2.5.13'))).not.toContain('feature');
  });

  test('L15 all operational attributes are mandatory for an identifier as anchor only', () => {
    const feature = '[1.3.6.1.4.1.4203.1.5.1]';
    expect(told(rootDseFixture('active-directory'))).toContain(feature);
    expect(told(rootDseFixture('generic'))).not.toContain(feature);
  });

  test('a server that names no context asks for one', () => {
    expect(profileOf(rootDseFixture('edirectory-8.7.0')).namingContexts).toEqual([]);
    expect(told(rootDseFixture('edirectory-8.7.0'))).toContain('name the partitions');
  });

  test('time stamps see no deletes; a server without a log says what it needs', () => {
    expect(told(rootDseFixture('edirectory-8.7.0'))).toContain('see no deletes');
    expect(told(rootDseFixture('apacheds-2.0.0.am26'))).toContain('Only full imports: This server keeps no change log');
    const openldap = new Map([...rootDseFixture('openldap-2.5.13'), ['namingcontexts', ['dc=contoso,dc=lab']]]);
    expect(told(openldap)).toContain('overlay accesslog');
  });

  test('L21 definitions that cannot be read are named', () => {
    expect(told(rootDseFixture('generic'), "1.1 NAME 'a")).toContain("( 1.1 NAME 'a ) (");
  });
});

test('L14 of two answers the richer is kept, attribute by attribute', () => {
  const anonymous = new Map([
    ['vendorname', ['389 Project']],
    ['namingcontexts', ['dc=contoso,dc=lab']],
  ]);
  const bound = new Map([
    ['namingcontexts', ['dc=contoso,dc=lab', 'cn=changelog']],
    ['changelog', ['cn=changelog']],
  ]);
  expect(profileOf(richerRootDse(anonymous, bound))).toMatchObject({
    kind: '389',
    namingContexts: ['dc=contoso,dc=lab', 'cn=changelog'],
    changeLogDn: 'cn=changelog',
  });
});

test('an account can be disabled only where the schema has the attribute for it', () => {
  const rootDse = rootDseFixture('openldap-2.5.13');
  expect(profileOf(rootDse).disableMethod).toBeUndefined();
  expect(profileOf(rootDse, 389, "1.1 NAME 'pwdAccountLockedTime'").disableMethod).toBe('pwdAccountLockedTime');
});

describe('the administrator’s corrections win', () => {
  const corrected = (fixture: string, parameters: Readonly<Record<string, string>>): ServerProfile =>
    profileWith(profileOf(rootDseFixture(fixture)), configured(parameters));

  test('controls', () => {
    const { controls } = corrected('openldap-2.5.13', {
      'Supported Controls': `+${CONTROL.treeDelete}\n-${CONTROL.pagedResults}`,
    });
    expect([controls.has(CONTROL.treeDelete), controls.has(CONTROL.pagedResults)]).toEqual([true, false]);
  });

  test('log, password attribute; whoever names a log wants it used', () => {
    const profile = corrected('opends-2.2.0', {
      'Change Log DN': 'cn=changes,o=log',
      'Password Attribute Name': 'authPassword',
    });
    expect(profile).toMatchObject({
      changeLogDn: 'cn=changes,o=log',
      deltaStrategy: 'changeLog',
      passwordAttribute: 'authPassword',
    });
    expect(profile.warnings.join()).not.toContain('Only full imports');
  });

  test('delta strategy, with the warning that goes with it and without the one that does not', () => {
    const stamped = corrected('apacheds-2.0.0.am26', { 'Delta Strategy': 'TimeStamp' });
    expect(stamped.deltaStrategy).toBe('timeStamp');
    expect(stamped.warnings.join()).toContain('see no deletes');
    expect(stamped.warnings.join()).not.toContain('Only full imports');
    const none = corrected('edirectory-8.7.0', { 'Delta Strategy': 'None' });
    expect([none.deltaStrategy, none.warnings.join().includes('deletes')]).toEqual([undefined, false]);
  });

  test('nothing is changed by a configuration that corrects nothing', () => {
    const profile = profileOf(rootDseFixture('389-2.3.1'));
    expect(profileWith(profile, configured())).toEqual(profile);
  });
});
