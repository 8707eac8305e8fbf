import { unassign } from '@joinery/example-contoso';
import { expect, test } from 'vitest';
import { ldapadd, ldapsearch } from '../../../testing/directories/commands.ts';
import { ds389 } from '../../../testing/directories/directories.ts';
import { freshBase } from '../../../testing/directories/fresh-base.ts';
import { people, startWalk } from './walk.ts';

test('389: people come, are locked when they leave, and keep their identity', { timeout: 90_000 }, async () => {
  const server = await ds389();
  const base = `ou=people,${await freshBase(server)}`;
  await ldapadd(server, `dn: ${base}\nobjectClass: organizationalUnit\nou: people\n`);
  const entry = async (rdn: string) =>
    (await ldapsearch(server, `${rdn},${base}`, { scope: 'base', attributes: ['*', 'nsAccountLock'] }))[0]?.attributes;
  const walk = await startWalk('389', {
    server,
    account: server.unlimited,
    names: { 'ou=people,dc=contoso,dc=lab': base },
    people: people('zoe.aeroskobing', 'jimin.han'),
  });
  expect(await walk.cycle()).toEqual({ read: 2, created: 2 });
  expect(await entry('uid=zoe.aeroskobing')).toMatchObject({
    cn: ['Zoë Ærøskøbing'],
    mail: ['zoe.aeroskobing@contoso.example'],
    userPassword: [expect.stringMatching(/^\{/)],
  });
  const zoe = walk.ids.get('zoe.aeroskobing@contoso.example');
  await walk.graph.patch(`/v1.0/users/${zoe}`, { surname: 'Æ.' }, walk.signal);
  await unassign(walk.graph, walk.application, walk.ids.get('jimin.han@contoso.example') ?? '', walk.signal);
  expect(await walk.cycle()).toMatchObject({ updated: 1, disabled: 1 });
  expect(await entry('uid=zoe.aeroskobing')).toMatchObject({ sn: ['Æ.'] });
  expect((await entry('uid=jimin.han'))?.nsAccountLock).toEqual(['true']);
  await walk.host.run('LDAP', 'full');
  expect(await walk.cycle()).toEqual({});
});
