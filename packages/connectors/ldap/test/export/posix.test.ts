import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ldapsearch } from '../../../../../testing/directories/commands.ts';
import { ds389, openldap } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { shared } from '../../../../../testing/shared.ts';
import { add, Target, update } from './target.ts';

const posix = ['posixAccount', 'shadowAccount'];
const type = 'inetOrgPerson';
const success = { errorCode: 'Success' };

describe.each([
  ['OpenLDAP', openldap],
  ['389', ds389],
] as const)('POSIX accounts in %s', (kind, start) => {
  const opened = shared(async (later) => {
    const server = await start();
    const base = await freshBase(server, later);
    const settings = {
      auxiliaryClasses: new Map([[type.toLowerCase(), posix]]),
      attributeAliases: new Map(kind === 'OpenLDAP' ? [['usercertificate', 'userCertificate;binary']] : []),
      partitions: [{ dn: base, containers: [] }],
      uniqueAttributes: ['uidNumber'],
    };
    return { server, base, target: await Target.open(server, { settings, anchors: ['entryDN'] }, later) };
  });

  /** The account of the guides (LDAP sheet 6.1). */
  const account = {
    cn: 'Britta Simon',
    sn: 'Simon',
    uid: 'bsimon',
    mail: 'bsimon@contoso.lab',
    gidNumber: 10000n,
    homeDirectory: '/home/bsimon',
  };

  test('L48 the account of the guides is created as documented, without what has no value', async () => {
    const { server, base, target } = opened();
    const dn = `cn=bsimon,${base}`;
    const values = { ...account, uidNumber: 10011n, objectClass: [type, ...posix], title: null, description: '' };
    expect(await target.one(add(type, dn, values))).toMatchObject(success);
    const [entry] = await ldapsearch(server, dn, { scope: 'base' });
    const { objectClass, cn, ...others } = entry?.attributes ?? {};
    expect(new Set(objectClass?.map((name) => name.toLowerCase()))).toEqual(
      new Set(
        (kind === 'OpenLDAP' ? [] : ['top', 'person', 'organizationalPerson'])
          .concat(type, posix)
          .map((name) => name.toLowerCase()),
      ),
    );
    // The value in the DN and the mapped one: both stay (LDAP sheet 5.3).
    expect(cn?.toSorted()).toEqual(['Britta Simon', 'bsimon']);
    expect(others).toEqual({
      sn: ['Simon'],
      uid: ['bsimon'],
      mail: ['bsimon@contoso.lab'],
      gidNumber: ['10000'],
      uidNumber: ['10011'],
      homeDirectory: ['/home/bsimon'],
    });
  });

  test('without mapped object classes an entry gets its own and the chosen auxiliary ones', async () => {
    const { server, base, target } = opened();
    const dn = `cn=classes,${base}`;
    expect(await target.one(add(type, dn, { ...account, uidNumber: 10012n }))).toMatchObject(success);
    const [entry] = await ldapsearch(server, dn, { scope: 'base' });
    expect(entry?.attributes.objectClass).toEqual(expect.arrayContaining([type, ...posix]));
  });

  test('L52 an auxiliary class and its mandatory attributes come in one Update', async () => {
    const { server, base, target } = opened();
    const dn = `cn=later,${base}`;
    expect(await target.one(add(type, dn, { sn: 'x', objectClass: type }))).toMatchObject(success);
    const { sn: _, cn: __, ...more } = account;
    const changes = { ...more, uidNumber: 10013n, objectClass: { add: ['posixAccount'] } };
    const result = await target.one(update(type, { dn }, changes));
    expect(result).toMatchObject(success);
    const [entry] = await ldapsearch(server, dn, { scope: 'base' });
    expect(entry?.attributes.uidNumber).toEqual(['10013']);
    const told = result.attributeChanges?.[0]?.valueChanges.map(({ value }) => value);
    expect(told).toEqual([type, 'posixAccount']);
  });

  test('L63 a number that is none is a wrong value, as are two numbers', async () => {
    const { base, target } = opened();
    const dn = `cn=wrong,${base}`;
    for (const uidNumber of ['abc', [1n, 2n]]) {
      expect(await target.one(add(type, dn, { ...account, uidNumber }))).toMatchObject({
        errorCode: 'ExportErrorInvalidAttributeValue',
        errorDetail: expect.stringContaining('uidNumber'),
      });
    }
  });

  test('L63 a number that another entry has is refused as existing, of two at once one passes', async () => {
    const { base, target } = opened();
    const numbered = (cn: string, uidNumber: bigint) => add(type, `cn=${cn},${base}`, { ...account, uidNumber });
    const results = await target.put(numbered('first', 10020n), numbered('second', 10020n), numbered('third', 10021n));
    const codes = results.map(({ errorCode }) => errorCode);
    expect(codes).toEqual(['Success', 'ExportErrorConnectedDirectoryExistingObject', 'Success']);
    expect(results[1]?.errorDetail).toContain('10020');
    const changed = (cn: string, uidNumber: bigint) => update(type, { dn: `cn=${cn},${base}` }, { uidNumber });
    // Two runs at once, and an entry may keep its own number.
    const [own, stolen, a, b] = await Promise.all([
      target.one(changed('first', 10020n)),
      target.one(changed('third', 10020n)),
      target.one(changed('first', 10030n)),
      target.one(changed('third', 10030n)),
    ]);
    expect([own, stolen]).toMatchObject([success, { errorCode: 'ExportErrorConnectedDirectoryExistingObject' }]);
    expect([a, b].filter(({ errorCode }) => errorCode === 'Success')).toHaveLength(1);
  });

  test('L20 a certificate is written under the alias that the server wants', async () => {
    const { server, base, target } = opened();
    const { raw } = new X509Certificate(readFileSync(server.caFile));
    const dn = `cn=certified,${base}`;
    const values = { sn: 'x', objectClass: type, userCertificate: new Uint8Array(raw) };
    expect(await target.one(add(type, dn, values))).toMatchObject(success);
    const entries = await ldapsearch(server, dn, { scope: 'base' });
    const names = Object.keys(entries[0]?.attributes ?? {}).filter((name) => /^userCertificate/i.test(name));
    expect(names).toEqual([kind === 'OpenLDAP' ? 'userCertificate;binary' : 'userCertificate']);
  });
});

test('L20 without the alias the refusal says what to do', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const target = await Target.open(server, { anchors: ['entryDN'] });
  const { raw } = new X509Certificate(readFileSync(server.caFile));
  const result = await target.one(add(type, `cn=x,${base}`, { sn: 'x', userCertificate: new Uint8Array(raw) }));
  expect(result).toMatchObject({ errorCode: 'ExportErrorInvalidProvisioningAttributeValue' });
  expect(result.errorDetail).toContain('"userCertificate" with the option ;binary');
});
