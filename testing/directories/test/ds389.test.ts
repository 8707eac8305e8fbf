import { expect, test } from 'vitest';
import { ldapadd, ldapmodify, ldapsearch } from '../commands.ts';
import { ds389 } from '../directories.ts';
import { freshBase } from '../fresh-base.ts';

test('the run’s 389 Directory Server keeps a change log with unique ids that its service account reads', async () => {
  const server = await ds389();
  const base = await freshBase(server);
  const dn = `uid=zoe,${base}`;
  await ldapadd(server, `dn: ${dn}\nobjectClass: inetOrgPerson\nuid: zoe\ncn: Zoë\nsn: Ä\n`, server.account);
  await ldapmodify(server, `dn: ${dn}\nchangetype: modify\nreplace: sn\nsn: B\n`, server.account);
  const [zoe] = await ldapsearch(server, dn, { attributes: ['cn', 'nsUniqueId'], as: server.account });
  expect(zoe?.attributes.cn).toEqual(['Zoë']);
  const log = await ldapsearch(server, 'cn=changelog', { filter: `(targetDn=${dn})`, as: server.unlimited });
  expect(log.map(({ attributes }) => [attributes.changeType, attributes.targetuniqueid])).toEqual([
    [['add'], zoe?.attributes.nsUniqueId],
    [['modify'], zoe?.attributes.nsUniqueId],
  ]);
});

test('the run’s 389 Directory Server shows its change log to no account without an ACI', async () => {
  const server = await ds389();
  expect(await ldapsearch(server, 'cn=changelog', { as: server.account, args: [] })).toEqual([]);
});
