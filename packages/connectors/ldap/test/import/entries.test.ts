import { dnKey } from '@joinery/connector';
import { describe, expect, test } from 'vitest';
import { ldapadd } from '../../../../../testing/directories/commands.ts';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import type { Directory } from '../../../../../testing/directories/directory.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { people, reading, valuesOf } from './directory-under-test.ts';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const servers: readonly (readonly [string, () => Promise<Directory>])[] = [
  ['OpenLDAP', openldap],
  ['389', ds389],
  ['ApacheDS', apacheds],
  ['Samba', samba],
];

test.each(servers)('L30 leading and trailing blanks survive (%s)', async (kind, start) => {
  const server = await start();
  const base = await freshBase(server);
  const classes = kind === 'Samba' ? 'objectClass: user' : 'objectClass: inetOrgPerson';
  const values = [' leading blank', 'trailing ', 'two  blanks'];
  // Samba keeps one description for a user.
  const written = kind === 'Samba' ? values.slice(0, 1) : values;
  const descriptions = written.map((value) => `description:: ${base64(value)}\n`).join('');
  await ldapadd(server, `dn: cn=blanks,${base}\n${classes}\ncn: blanks\nsn: x\n${descriptions}`);
  const type = kind === 'Samba' ? 'user' : 'inetOrgPerson';
  const [entry] = await reading(server, base).entries({ types: [type], attributes: ['description'] });
  expect(valuesOf(entry, 'description').toSorted()).toEqual(written.toSorted());
});

describe('L31 object classes count as equal to what was written', () => {
  const written = ['inetOrgPerson', 'posixAccount', 'shadowAccount'];

  test.each(servers.slice(0, 2))('%s: inetOrgPerson, posixAccount, shadowAccount', async (_, start) => {
    const server = await start();
    const base = await freshBase(server);
    const classes = (list: readonly string[]): string => list.map((name) => `objectClass: ${name}\n`).join('');
    const posix = 'uidNumber: 5\ngidNumber: 5\nhomeDirectory: /home/p\n';
    await ldapadd(
      server,
      [written, ['top', 'person', ...written.toReversed(), 'organizationalPerson']]
        .map((list, n) => `dn: uid=p${n},${base}\n${classes(list)}uid: p${n}\ncn: p\nsn: p\n${posix}`)
        .join('\n'),
    );
    const entries = await reading(server, base).entries(people);
    expect(entries.map((entry) => valuesOf(entry, 'objectClass'))).toEqual([written, written]);
  });

  // Its POSIX classes are switched off as delivered.
  test('ApacheDS: inetOrgPerson with auxiliary classes of the schemas that it has', async () => {
    const server = await apacheds();
    const base = await freshBase(server);
    await ldapadd(
      server,
      `dn: uid=p,${base}\nobjectClass: inetOrgPerson\nobjectClass: uidObject\nobjectClass: simpleSecurityObject\nuid: p\ncn: p\nsn: p\nuserPassword: x\n`,
    );
    const [entry] = await reading(server, base).entries(people);
    expect(valuesOf(entry, 'objectClass')).toEqual(['inetOrgPerson', 'simpleSecurityObject', 'uidObject']);
  });

  test('Samba: user with auxiliary classes', async () => {
    const server = await samba();
    const base = await freshBase(server);
    const classes = ['user', 'posixAccount', 'shadowAccount'].map((name) => `objectClass: ${name}\n`).join('');
    await ldapadd(server, `dn: CN=p,${base}\n${classes}sAMAccountName: l31-user\n`);
    const [entry] = await reading(server, base).entries({ types: ['user'], attributes: ['objectClass'] });
    expect(valuesOf(entry, 'objectClass')).toEqual(['user', 'posixAccount', 'shadowAccount']);
  });
});

test.each(servers)('L32 a name comes in one spelling, whatever the server makes of it (%s)', async (kind, start) => {
  const server = await start();
  const base = await freshBase(server);
  const type = kind === 'Samba' ? 'user' : 'inetOrgPerson';
  const naming = 'Smith, John #1 + "x" \\ end';
  const escaped = 'Smith\\, John #1 \\+ \\"x\\" \\\\ end';
  const reference = `cn=${escaped.replace('\\,', '\\2C').replace('\\"', '\\22')},${base}`;
  await ldapadd(
    server,
    `dn:: ${base64(`cn=${escaped},${base}`)}\nobjectClass: ${type}\nsn: x\n\ndn: cn=report,${base}\nobjectClass: ${type}\nsn: x\nmanager:: ${base64(reference)}\n`,
  );
  const entries = await reading(server, base).entries({ types: [type], attributes: ['cn', 'manager'] });
  const smith = entries.find((entry) => valuesOf(entry, 'cn').includes(naming));
  const report = entries.find((entry) => valuesOf(entry, 'cn').includes('report'));
  expect(smith?.dn?.toLowerCase()).toBe(`cn=${escaped},${base}`.toLowerCase());
  expect(dnKey(smith?.dn ?? '')).toBe(dnKey(reference));
  expect(String(valuesOf(report, 'manager')[0]).toLowerCase()).toBe(smith?.dn?.toLowerCase());
});

test('values are typed by the schema and not by their octets', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  await ldapadd(
    server,
    `dn: uid=p,${base}
objectClass: inetOrgPerson
objectClass: posixAccount
uid: p
cn: Zoë 0815
sn: 1
employeeNumber: 0042
jpegPhoto:: ${Buffer.from('text').toString('base64')}
uidNumber: 2147483647
gidNumber: 7
homeDirectory: /home/p
manager: UID=P , ${base}
`,
  );
  const [entry] = await reading(server, base, { auxiliaryClasses: new Map([['*', ['posixAccount']]]) }).entries({
    types: ['inetOrgPerson'],
    attributes: ['cn', 'sn', 'employeeNumber', 'jpegPhoto', 'uidNumber', 'manager'],
  });
  expect(valuesOf(entry, 'cn')).toEqual(['Zoë 0815']);
  expect(valuesOf(entry, 'sn')).toEqual(['1']);
  expect(valuesOf(entry, 'employeeNumber')).toEqual(['0042']);
  expect(valuesOf(entry, 'jpegPhoto')).toEqual([new Uint8Array(Buffer.from('text'))]);
  expect(valuesOf(entry, 'uidNumber')).toEqual([2147483647n]);
  expect(String(valuesOf(entry, 'manager')[0]).toLowerCase()).toBe(`uid=p,${base}`);
  expect(valuesOf(entry, 'entryDN')).toEqual([`uid=p,${base}`]);
});

test('objectGUID is the text that Microsoft shows', async () => {
  const server = await samba();
  const base = await freshBase(server);
  await ldapadd(server, `dn: CN=p,${base}\nobjectClass: user\nsAMAccountName: guid-user\n`);
  const users = reading(server, base);
  const [entry] = await users.entries({ types: ['user'], attributes: ['sAMAccountName', '_accountDisabled'] });
  const [guid] = valuesOf(entry, 'objectGUID');
  expect(guid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  // A user that Samba was told nothing about is a normal account, disabled until it has a password.
  expect(valuesOf(entry, '_accountDisabled')).toEqual([true]);
  const selected = { types: ['user'], attributes: ['sAMAccountName'] };
  const found = await users.findAnchor(selected, 'objectGUID', guid ?? '');
  expect(found.map(({ dn }) => dn)).toEqual([entry?.dn]);
});

test('of a naming attribute the value that does not name the entry comes first', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  await ldapadd(server, `dn: cn=bsimon,${base}\nobjectClass: inetOrgPerson\ncn: bsimon\ncn: Britta Simon\nsn: Simon\n`);
  const [entry] = await reading(server, base).entries(people);
  expect(valuesOf(entry, 'cn')).toEqual(['Britta Simon', 'bsimon']);
});

test('the object type is the most derived of those selected, and nobody else is reported', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  await ldapadd(
    server,
    `dn: cn=a,${base}\nobjectClass: person\ncn: a\nsn: a\n\ndn: cn=b,${base}\nobjectClass: inetOrgPerson\ncn: b\nsn: b\n\ndn: cn=c,${base}\nobjectClass: organizationalRole\ncn: c\n`,
  );
  const entries = await reading(server, base).entries({ types: ['person', 'inetOrgPerson'], attributes: ['cn'] });
  expect(entries.map(({ objectType, dn }) => [objectType, dn]).toSorted()).toEqual([
    ['inetOrgPerson', `cn=b,${base}`],
    ['person', `cn=a,${base}`],
  ]);
});
