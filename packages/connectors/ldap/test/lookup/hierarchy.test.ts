import { expect, test } from 'vitest';
import { ldapadd } from '../../../../../testing/directories/commands.ts';
import { openldap } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { reading } from '../import/directory-under-test.ts';

test('partitions and the containers below them are offered, and people are not', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  await ldapadd(
    server,
    `dn: ou=b,${base}\nobjectClass: organizationalUnit\nou: b\n\ndn: ou=a,${base}\nobjectClass: organizationalUnit\nou: a\n\ndn: cn=p,${base}\nobjectClass: person\ncn: p\nsn: p\n`,
  );
  const here = reading(server, base);
  expect(await here.connector.partitions(here.signal)).toEqual([{ identifier: base, dn: base, name: base }]);
  const [top] = await here.connector.hierarchy(undefined, here.signal);
  expect(top).toEqual({ dn: base, displayName: base });
  expect(await here.connector.hierarchy(top, here.signal)).toEqual([
    { dn: `ou=a,${base}`, displayName: 'ou=a' },
    { dn: `ou=b,${base}`, displayName: 'ou=b' },
  ]);
});
