import { expect, test } from 'vitest';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import type { Directory } from '../../../../../testing/directories/directory.ts';
import { runToEnd } from '../../../../../testing/directories/run-program.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { readRootDse } from '../../src/detection/read-root-dse.ts';
import { parts, settingsOf, simple } from '../connection/settings.ts';
import { found } from '../schema/offering.ts';

const servers: readonly (readonly [string, () => Promise<Directory>])[] = [
  ['OpenLDAP', openldap],
  ['389', ds389],
  ['ApacheDS', apacheds],
  ['Samba', samba],
];

test.each(servers)('L13 %s is what it says it is', async (kind, server) => {
  const directory = await server();
  const { profile } = await found(directory);
  expect(profile.kind).toBe(kind);
  const contexts = profile.namingContexts.filter((dn) => !profile.systemContexts.includes(dn));
  expect(contexts.map((dn) => dn.toLowerCase())).toContain(directory.suffix.toLowerCase());
});

test('L14 a root DSE that is shown to nobody is read by who is bound', async () => {
  const slapd = await startSlapd({ accessLog: false });
  const rights = 'olcAccess: {0}to dn.base="" by users read by * none';
  await runToEnd('ldapmodify', ['-Q', '-Y', 'EXTERNAL', '-H', slapd.ldapiUrl], {
    input: `dn: olcDatabase={-1}frontend,cn=config\nchangetype: modify\nreplace: olcAccess\n${rights}\n`,
  });
  const signal = AbortSignal.timeout(10_000);
  const address = { host: slapd.host, port: slapd.port };
  await using nobody = openDirectory(settingsOf(address), parts());
  await using somebody = openDirectory(settingsOf(address, { bind: simple(slapd.admin) }), parts());
  const [hidden, shown] = await Promise.all(
    [nobody, somebody].map(async (each) => readRootDse(await each.connect('schema', signal), signal)),
  );
  expect(hidden?.size).toBe(0);
  expect(shown?.get('namingcontexts')).toContain(slapd.suffix);
});
