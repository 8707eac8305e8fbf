import { describe, expect, test } from 'vitest';
import { ldapadd } from '../../../../../testing/directories/commands.ts';
import { ds389, openldap } from '../../../../../testing/directories/directories.ts';
import type { Exchange } from '../../../../../testing/directories/exchange.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { recordingProxy } from '../../../../../testing/directories/recording-proxy.ts';
import { people, reading, readingInClear, valuesOf } from './directory-under-test.ts';

/** ou=a with ou=within in it, ou=b, ou=c, each with a person of its name. */
async function threeContainers() {
  const server = await openldap();
  const base = await freshBase(server);
  const unit = (ou: string, above: string): string =>
    `dn: ou=${ou},${above}\nobjectClass: organizationalUnit\nou: ${ou}\n`;
  const person = (uid: string, above: string): string =>
    `dn: uid=${uid},${above}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\n`;
  const within = `ou=within,ou=a,${base}`;
  const containers = ['a', 'b', 'c'].flatMap((ou) => [unit(ou, base), person(ou, `ou=${ou},${base}`)]);
  await ldapadd(server, [...containers, unit('within', `ou=a,${base}`), person('within', within)].join('\n'));
  const proxy = await recordingProxy(server.url);
  const bases = (): string[] =>
    proxy.requests.flatMap((request) =>
      request.kind === 'search' && request.page !== undefined ? [request.base] : [],
    );
  const [a, b, c] = ['a', 'b', 'c'].map((ou) => `ou=${ou},${base}`);
  return { server, proxy, base, bases, within, a: a ?? '', b: b ?? '', c: c ?? '' };
}

describe('L33 search only in selected containers', () => {
  test('entries outside are not asked for, and a container within another one not twice', async () => {
    const { server, proxy, base, bases, within, a, c } = await threeContainers();
    const containers = [a, within, c, a.toUpperCase()];
    const some = readingInClear(proxy, {
      as: server.admin,
      partitions: [{ dn: base, containers }],
      searchOnlyInSelectedContainers: true,
    });
    const entries = await some.entries(people);
    expect(entries.flatMap((entry) => valuesOf(entry, 'uid')).toSorted()).toEqual(['a', 'c', 'within']);
    expect(bases()).toEqual([a, c]);
  });

  test.each([true, false])('a container that is not there fails the import with its name (%s)', async (only) => {
    const { server, base, a } = await threeContainers();
    const gone = `ou=gone,${base}`;
    const some = reading(server, base, {
      partitions: [{ dn: base, containers: [a, gone] }],
      searchOnlyInSelectedContainers: only,
    });
    await expect(some.entries(people)).rejects.toMatchObject({ code: 'LDAP_BASE_MISSING', place: gone });
  });

  test('otherwise the whole partition is searched and what lies outside is dropped', async () => {
    const { server, proxy, base, bases, b, within } = await threeContainers();
    const some = readingInClear(proxy, {
      as: server.admin,
      partitions: [{ dn: base, containers: [b, within] }],
      searchOnlyInSelectedContainers: false,
    });
    const entries = await some.entries(people);
    expect(entries.flatMap((entry) => valuesOf(entry, 'uid')).toSorted()).toEqual(['b', 'within']);
    expect(bases()).toEqual([base]);
  });
});

test('partitions of which one lies within another deliver nobody twice', async () => {
  const { server, base, a, within } = await threeContainers();
  const partitions = [base, within, a].map((dn) => ({ dn, containers: [] }));
  const entries = await reading(server, base, { partitions }).entries(people);
  expect(entries.flatMap((entry) => valuesOf(entry, 'uid')).toSorted()).toEqual(['a', 'b', 'c', 'within']);
});

test('without partitions the naming contexts of the server are read, except its own', async () => {
  const server = await startFakeServer({
    rootDse: {
      objectClass: ['top', 'OpenLDAProotDSE'],
      namingContexts: ['cn=accesslog', 'dc=contoso,dc=lab', 'dc=fabrikam,dc=lab', ''],
      subschemaSubentry: ['cn=Subschema'],
      supportedControl: ['1.2.840.113556.1.4.319'],
    },
    answer: visible,
  });
  await readingInClear(server, { additionalNamespaces: ['o=more'] }).entries({ types: ['person'] });
  const bases = server.requests.flatMap((request) =>
    request.kind === 'search' && request.page !== undefined ? [request.base] : [],
  );
  expect(bases).toEqual(['dc=contoso,dc=lab', 'dc=fabrikam,dc=lab', 'o=more']);
});

describe('a partition below which nothing is found', () => {
  test('is empty where the account sees the partition itself', async () => {
    const server = await openldap();
    expect(await reading(server, await freshBase(server)).entries(people)).toEqual([]);
  });

  test('is unreadable, and no empty directory, where the account sees nothing at all', async () => {
    const server = await ds389();
    const base = await freshBase(server);
    await ldapadd(server, `dn: uid=a,${base}\nobjectClass: inetOrgPerson\nuid: a\ncn: a\nsn: a\n`);
    expect(await reading(server, base).entries(people)).toHaveLength(1);
    const blind = await startFakeServer();
    await expect(readingInClear(blind).entries({ types: ['person'] })).rejects.toMatchObject({
      code: 'LDAP_BASE_UNREADABLE',
      place: 'dc=contoso,dc=lab',
    });
  });
});

/** Every base is there, with nobody below it. */
function visible(exchange: Exchange): boolean {
  const { request } = exchange;
  if (request.kind !== 'search' || request.scope !== 'base' || request.base === '' || /schema/i.test(request.base)) {
    return false;
  }
  exchange.entry(request.base);
  exchange.done();
  return true;
}
