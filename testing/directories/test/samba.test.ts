import { expect, test } from 'vitest';
import { command, ldapadd, ldapsearch } from '../commands.ts';
import { samba } from '../directories.ts';
import { freshBase } from '../fresh-base.ts';
import { run } from '../run-program.ts';

test('the run’s Samba lets its service account manage users and refuses it in clear', async () => {
  const server = await samba();
  const base = await freshBase(server);
  await ldapadd(server, `dn: CN=Zoë,${base}\nobjectClass: user\nsAMAccountName: zoe\n`, server.account);
  const [zoe] = await ldapsearch(server, base, { filter: '(sAMAccountName=zoe)', attributes: ['cn'] });
  expect(zoe?.attributes.cn).toEqual(['Zoë']);
  const clear = { ...server, ldapsUrl: server.url };
  expect(await command(clear, 'ldapsearch', [])).toMatchObject({
    code: 8,
    err: expect.stringContaining('Transport encryption required'),
  });
});

test('the run’s Samba gives tickets for its LDAP server by its address', async () => {
  const { kerberosConfig, accountName, account, realm, host, folder } = await samba();
  const environment = { KRB5_CONFIG: kerberosConfig, KRB5CCNAME: `FILE:${folder}/test-cache` };
  await run('kinit', [`${accountName}@${realm}`], { input: `${account.password}\n`, environment });
  expect(await run('kvno', [`ldap/${host}`], { environment })).toContain(`ldap/${host}@${realm}: kvno = `);
});
