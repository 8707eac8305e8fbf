import { contosoPeople, type Person, unassign } from '@joinery/example-contoso';
import { expect, test } from 'vitest';
import { ldapadd, ldapsearch } from '../../../testing/directories/commands.ts';
import { openldap } from '../../../testing/directories/directories.ts';
import { freshBase } from '../../../testing/directories/fresh-base.ts';
import { startWalk } from './walk.ts';

/** People by the part of their name before the @. */
function people(...names: readonly string[]): readonly Person[] {
  return contosoPeople().filter(({ mailNickname }) => names.includes(mailNickname));
}

async function container() {
  const server = await openldap();
  const base = `ou=people,${await freshBase(server)}`;
  await ldapadd(server, `dn: ${base}\nobjectClass: organizationalUnit\nou: people\n`);
  const entry = async (rdn: string) =>
    (await ldapsearch(server, `${rdn},${base}`, { scope: 'base', attributes: ['*', '+'] }))[0]?.attributes;
  return { server, base, entry };
}

test('openldap-inetorgperson: people come, change and go as the files say', { timeout: 90_000 }, async () => {
  const { server, base, entry } = await container();
  await ldapadd(
    server,
    `dn: cn=bsimon,${base}\nobjectClass: inetOrgPerson\ncn: bsimon\nsn: Simon\nmail: britta.simon@contoso.example\n`,
  );
  const walk = await startWalk('openldap-inetorgperson', {
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
