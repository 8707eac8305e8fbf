import { unassign } from '@joinery/example-contoso';
import { expect, test } from 'vitest';
import { ldapadd, ldapsearch } from '../../../testing/directories/commands.ts';
import { samba } from '../../../testing/directories/directories.ts';
import { freshBase } from '../../../testing/directories/fresh-base.ts';
import { people, startWalk } from './walk.ts';

async function container(name: string) {
  const server = await samba();
  const base = `OU=${name},${await freshBase(server)}`;
  await ldapadd(server, `dn: ${base}\nobjectClass: organizationalUnit\nou: ${name}\n`);
  const entry = async (rdn: string) => (await ldapsearch(server, `${rdn},${base}`, { scope: 'base' }))[0]?.attributes;
  return { server, base, entry };
}

test('active-directory: accounts are made with a password and enabled, and disabled when people leave', {
  timeout: 90_000,
}, async () => {
  const { server, base, entry } = await container('Staff');
  const walk = await startWalk('active-directory', {
    server,
    account: server.admin,
    names: { 'ou=staff,dc=contoso,dc=lab': base },
    people: people("siobhan.o'brien", 'sokratis.papadopoulos'),
  });
  expect(await walk.cycle()).toEqual({ read: 2, created: 2 });
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
  const { server, base, entry } = await container('CloudUsers');
  const walk = await startWalk('adlds', {
    server,
    account: server.admin,
    names: {
      'cn=cloudusers,cn=app,dc=contoso,dc=lab': base,
      'cn=app,dc=contoso,dc=lab': server.suffix,
      'msDS-UserAccountDisabled': 'msNPAllowDialin',
    },
    people: people('britta.simon'),
  });
  expect(await walk.cycle()).toEqual({ read: 1, created: 1 });
  expect(await entry('CN=britta.simon')).toMatchObject({
    userPrincipalName: ['britta.simon@contoso.example'],
    displayName: ['Britta Simon'],
    msNPAllowDialin: ['FALSE'],
  });
  await unassign(walk.graph, walk.application, walk.ids.get('britta.simon@contoso.example') ?? '', walk.signal);
  expect(await walk.cycle()).toMatchObject({ disabled: 1 });
  expect((await entry('CN=britta.simon'))?.msNPAllowDialin).toEqual(['TRUE']);
});
