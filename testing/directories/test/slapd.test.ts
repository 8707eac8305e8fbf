import { expect, test } from 'vitest';
import { command, ldapadd, ldapsearch } from '../commands.ts';
import { openldap } from '../directories.ts';
import { freshBase } from '../fresh-base.ts';
import { run } from '../run-program.ts';
import { startSlapd } from '../slapd.ts';

test('a slapd of one’s own survives a kill and takes another certificate', async () => {
  const slapd = await startSlapd();
  const whoami = () => command(slapd, 'ldapwhoami', [], { as: slapd.account });
  expect(await whoami()).toMatchObject({ code: 0, out: `dn:${slapd.account.dn}\n` });
  await slapd.kill();
  await slapd.start();
  expect(await whoami()).toMatchObject({ code: 0 });
  await slapd.useCertificate(await slapd.authority.server('other', ['other.example']));
  await slapd.restart();
  expect(await whoami()).toMatchObject({ code: 255, err: expect.stringContaining("Can't contact") });
});

test('the run’s slapd knows its accounts, the client certificate and containers of a test’s own', async () => {
  const slapd = await openldap();
  expect(await command(slapd, 'ldapwhoami', [])).toMatchObject({ out: `dn:${slapd.admin.dn}\n` });
  const environment = {
    LDAPTLS_CACERT: slapd.caFile,
    LDAPTLS_CERT: slapd.clientCertificate.certFile,
    LDAPTLS_KEY: slapd.clientCertificate.keyFile,
  };
  const external = await run('ldapwhoami', ['-Q', '-Y', 'EXTERNAL', '-H', slapd.ldapsUrl], { environment });
  expect(external).toBe(`dn:${slapd.admin.dn}\n`);
  const base = await freshBase(slapd);
  await ldapadd(slapd, `dn: uid=zoe,${base}\nobjectClass: inetOrgPerson\nuid: zoe\ncn: Zoë\nsn: Ä\n`, slapd.account);
  expect(await ldapsearch(slapd, base, { filter: '(uid=zoe)', attributes: ['cn', 'entryUUID'] })).toEqual([
    { dn: `uid=zoe,${base}`, attributes: { cn: ['Zoë'], entryUUID: [expect.stringMatching(/^[-\da-f]{36}$/)] } },
  ]);
  const log = await ldapsearch(slapd, 'cn=accesslog', { filter: `(reqDN=uid=zoe,${base})` });
  expect(log[0]?.attributes.reqType).toEqual(['add']);
});
