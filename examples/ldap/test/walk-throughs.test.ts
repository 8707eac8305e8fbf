import { type Person, unassign } from '@joinery/example-contoso';
import { expect, test } from 'vitest';
import { ldapadd, ldapmodify, ldapsearch } from '../../../testing/directories/commands.ts';
import { ds389, openldap, samba } from '../../../testing/directories/directories.ts';
import type { Directory } from '../../../testing/directories/directory.ts';
import { freshBase } from '../../../testing/directories/fresh-base.ts';
import { shared } from '../../../testing/shared.ts';
import { people, person, startTenant, startWalk } from './walk.ts';

const tenant = shared(startTenant);

/** An empty container of the test's own, as the walk-through names its last part. */
async function container<T extends Directory>(server: T, name = 'people') {
  const base = `ou=${name},${await freshBase(server)}`;
  await ldapadd(server, `dn: ${base}\nobjectClass: organizationalUnit\nou: ${name}\n`);
  const attributes = ['*', '+', 'nsAccountLock'];
  const entry = async (rdn: string): Promise<Readonly<Record<string, readonly string[]>> | undefined> =>
    (await ldapsearch(server, `${rdn},${base}`, { scope: 'base', attributes }))[0]?.attributes;
  return { server, base, entry };
}

test('openldap-inetorgperson: people come, change and go as the files say', { timeout: 90_000 }, async () => {
  const { server, base, entry } = await container(await openldap());
  await ldapadd(
    server,
    `dn: cn=bsimon,${base}\nobjectClass: inetOrgPerson\ncn: bsimon\nsn: Simon\nmail: britta.simon@contoso.example\n`,
  );
  const walk = await startWalk('openldap-inetorgperson', {
    tenant: tenant(),
    server,
    account: server.unlimited,
    names: { 'ou=people,dc=contoso,dc=lab': base },
    people: people('britta.simon', 'zoe.aeroskobing', 'taro.yamada'),
  });
  expect(await walk.cycle()).toMatchObject({ created: 2, updated: 1 });
  expect(await entry('cn=zoe.aeroskobing')).toMatchObject({
    objectClass: ['inetOrgPerson'],
    cn: expect.arrayContaining(['zoe.aeroskobing', 'Zoë Ærøskøbing']),
    sn: ['Ærøskøbing'],
    mail: ['zoe.aeroskobing@contoso.example'],
    userPassword: [expect.any(String)],
  });
  // Matched by mail, not created twice; the administrator's own name for her stays.
  expect((await entry('cn=bsimon'))?.cn).toEqual(['bsimon', 'Britta Simon']);

  const zoe = walk.ids.get('zoe.aeroskobing@contoso.example');
  await walk.graph.patch(`/v1.0/users/${zoe}`, { displayName: 'Zoë Æ.', surname: 'Æ.' }, walk.signal);
  await unassign(walk.graph, walk.application, walk.ids.get('taro.yamada@contoso.example') ?? '', walk.signal);
  expect(await walk.cycle()).toMatchObject({ updated: 1, disabled: 1 });
  expect(await entry('cn=zoe.aeroskobing')).toMatchObject({
    cn: expect.arrayContaining(['zoe.aeroskobing', 'Zoë Æ.']),
    sn: ['Æ.'],
  });
  expect(await entry('cn=taro.yamada')).toBeUndefined();
  await walk.host.run('LDAP', 'full');
  expect(await walk.cycle()).toEqual({});
});

test('openldap-posix: people get numbers of their own, are locked when they leave, and changes come in by delta imports', {
  timeout: 90_000,
}, async () => {
  const { server, base, entry } = await container(await openldap());
  const number = 'extension_1f0e2d3c4b5a69788796a5b4c3d2e1f0_uidNumber';
  const numbered = (one: Person, value: string): Person => ({ ...one, ...{ [number]: value } });
  const [ada, noa, amy] = people('ada.king', 'noa.levi', 'amy.okubo');
  const walk = await startWalk('openldap-posix', {
    tenant: tenant(),
    server,
    account: server.unlimited,
    names: { 'ou=people,dc=contoso,dc=lab': base },
    people: [
      numbered(person(ada), '10011'),
      numbered(person(noa), '10012'),
      // Somebody made a mistake: this number is Noa's.
      numbered(person(amy), '10012'),
    ],
  });
  const first = await walk.cycle();
  expect(first).toMatchObject({ created: 2, failed: 1 });
  const failure = JSON.stringify(first.failures);
  expect(failure).toContain('uidNumber');
  // Either of them may have been the second; the message names the one that was refused before the one that has the number.
  const late = person(/inetOrgPerson uid=noa\.levi/.test(failure) ? noa : amy);
  expect(await entry('uid=ada.king')).toMatchObject({
    objectClass: expect.arrayContaining(['inetOrgPerson', 'posixAccount', 'shadowAccount']),
    uid: ['ada.king'],
    uidNumber: ['10011'],
    gidNumber: ['10000'],
    homeDirectory: ['/home/ada.king'],
    loginShell: ['/bin/bash'],
    userPassword: [expect.any(String)],
  });

  await walk.graph.patch(`/v1.0/users/${walk.ids.get(late.userPrincipalName)}`, { [number]: '10013' }, walk.signal);
  await unassign(walk.graph, walk.application, walk.ids.get(person(ada).userPrincipalName) ?? '', walk.signal);
  expect(await walk.cycle()).toMatchObject({ created: 1, disabled: 1 });
  expect((await entry(`uid=${late.mailNickname}`))?.uidNumber).toEqual(['10013']);
  expect((await entry('uid=ada.king'))?.pwdAccountLockedTime).toEqual(['000001010000Z']);

  const modrdn = `dn: uid=amy.okubo,${base}\nchangetype: modrdn\nnewrdn: uid=amy\ndeleteoldrdn: 1\n`;
  await ldapmodify(server, `${modrdn}\ndn: uid=ada.king,${base}\nchangetype: delete\n`);
  expect(await walk.host.run('LDAP', 'delta')).toMatchObject({ outcome: 'finished', adds: 0, renames: 1, deletes: 1 });
  expect(await walk.cycle()).toEqual({});
});

test('389: people come, are locked when they leave, and keep their identity', { timeout: 90_000 }, async () => {
  const { server, base, entry } = await container(await ds389());
  const walk = await startWalk('389', {
    tenant: tenant(),
    server,
    account: server.unlimited,
    names: { 'ou=people,dc=contoso,dc=lab': base },
    people: people('ada.king', 'jimin.han'),
  });
  expect(await walk.cycle()).toEqual({ created: 2 });
  expect(await entry('uid=ada.king')).toMatchObject({
    cn: ['Ada King, Countess of Lovelace'],
    mail: ['ada.king@contoso.example'],
    userPassword: [expect.stringMatching(/^\{/)],
  });
  const ada = walk.ids.get('ada.king@contoso.example');
  await walk.graph.patch(`/v1.0/users/${ada}`, { surname: 'K.' }, walk.signal);
  await unassign(walk.graph, walk.application, walk.ids.get('jimin.han@contoso.example') ?? '', walk.signal);
  expect(await walk.cycle()).toMatchObject({ updated: 1, disabled: 1 });
  expect(await entry('uid=ada.king')).toMatchObject({ sn: ['K.'] });
  expect((await entry('uid=jimin.han'))?.nsAccountLock).toEqual(['true']);
  await walk.host.run('LDAP', 'full');
  expect(await walk.cycle()).toEqual({});
});

test('active-directory: accounts are made with a password and enabled, and disabled when people leave', {
  timeout: 90_000,
}, async () => {
  const { server, base, entry } = await container(await samba(), 'Staff');
  const walk = await startWalk('active-directory', {
    tenant: tenant(),
    server,
    account: server.admin,
    names: { 'ou=staff,dc=contoso,dc=lab': base },
    people: people("siobhan.o'brien", 'sokratis.papadopoulos'),
  });
  expect(await walk.cycle()).toEqual({ created: 2 });
  const [made] = await ldapsearch(server, base, { filter: '(sAMAccountName=sokratis.papadopoulo)' });
  expect(made?.attributes).toMatchObject({
    userAccountControl: ['512'],
    userPrincipalName: ['sokratis.papadopoulos@contoso.lab'],
    displayName: ['Σωκράτης Παπαδόπουλος'],
    employeeID: [expect.any(String)],
  });
  await unassign(
    walk.graph,
    walk.application,
    walk.ids.get('sokratis.papadopoulos@contoso.example') ?? '',
    walk.signal,
  );
  expect(await walk.cycle()).toMatchObject({ disabled: 1 });
  const [left] = await ldapsearch(server, base, { filter: '(sAMAccountName=sokratis.papadopoulo)' });
  expect(left?.attributes.userAccountControl).toEqual(['514']);
  expect(await walk.host.run('LDAP', 'delta')).toMatchObject({ outcome: 'finished', adds: 0, deletes: 0 });
  expect(await walk.cycle()).toEqual({});
  expect(await entry('CN=nobody')).toBeUndefined();
});

// A Samba domain controller stands in for AD LDS: the same classes, anchor and rules of naming. It has no application partitions and no
// msDS-UserAccountDisabled; another Boolean attribute shows that it is written as the directory wants it (L64).
test('L64 adlds: people come without a password and are marked when they leave', { timeout: 90_000 }, async () => {
  const { server, base, entry } = await container(await samba(), 'CloudUsers');
  const walk = await startWalk('adlds', {
    tenant: tenant(),
    server,
    account: server.admin,
    names: {
      'cn=cloudusers,cn=app,dc=contoso,dc=lab': base,
      'cn=app,dc=contoso,dc=lab': server.suffix,
      'msDS-UserAccountDisabled': 'msNPAllowDialin',
    },
    people: people('etienne.eluard'),
  });
  expect(await walk.cycle()).toEqual({ created: 1 });
  expect(await entry('CN=etienne.eluard')).toMatchObject({
    userPrincipalName: ['etienne.eluard@contoso.example'],
    displayName: [expect.stringContaining('luard')],
    msNPAllowDialin: ['FALSE'],
  });
  await unassign(walk.graph, walk.application, walk.ids.get('etienne.eluard@contoso.example') ?? '', walk.signal);
  expect(await walk.cycle()).toMatchObject({ disabled: 1 });
  expect((await entry('CN=etienne.eluard'))?.msNPAllowDialin).toEqual(['TRUE']);
});
