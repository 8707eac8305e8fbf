import { expect, test } from 'vitest';
import { command, ldapadd, ldapsearch } from '../commands.ts';
import { apacheds } from '../directories.ts';
import { freshBase } from '../fresh-base.ts';

test('the run’s Apache DS holds entries under containers of a test’s own', async () => {
  const server = await apacheds();
  expect(await command(server, 'ldapwhoami', [])).toMatchObject({ code: 0 });
  const base = await freshBase(server);
  const dn = `uid=zoe,${base}`;
  await ldapadd(server, `dn: ${dn}\nobjectClass: inetOrgPerson\nuid: zoe\ncn: Zoë\nsn: Ä\n`, server.account);
  expect(await ldapsearch(server, dn, { attributes: ['cn', 'entryUUID'], as: server.account })).toEqual([
    { dn, attributes: { cn: ['Zoë'], entryUUID: [expect.stringMatching(/^[-\da-f]{36}$/)] } },
  ]);
});
