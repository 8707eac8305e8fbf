import { describe, expect, test } from 'vitest';
import { bulkLoad } from '../../../../../testing/directories/bulk-load.ts';
import { ldapadd } from '../../../../../testing/directories/commands.ts';
import { ds389, openldap } from '../../../../../testing/directories/directories.ts';
import type { Exchange } from '../../../../../testing/directories/exchange.ts';
import { FAKE_ROOT_DSE } from '../../../../../testing/directories/fake-schema.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { recordingProxy } from '../../../../../testing/directories/recording-proxy.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import { CONTROL } from '../../src/detection/oids.ts';
import { berTag } from '../../src/protocol/ber-reader.ts';
import { berValue } from '../../src/protocol/control/value.ts';
import { people, reading, readingInClear, valuesOf } from './directory-under-test.ts';

const root = 'dc=contoso,dc=lab';

/** So many people as LDIF. */
function ldif(base: string, count: number): string {
  return Array.from(
    { length: count },
    (_, n) => `dn: uid=p${n},${base}\nobjectClass: inetOrgPerson\nuid: p${n}\ncn: Person ${n}\nsn: ${n}\n`,
  ).join('\n');
}

function uids(entries: Awaited<ReturnType<ReturnType<typeof reading>['entries']>>): readonly unknown[] {
  return entries.flatMap((entry) => valuesOf(entry, 'uid'));
}

test('L22 100,000 entries come completely with pages of 100, 500, 1000 and 5000, and 2,000 with pages of one', async () => {
  const few = `ou=few,${root}`;
  const slapd = await startSlapd({
    accessLog: false,
    entries: `dn: ${few}\nobjectClass: organizationalUnit\nou: few\n\n${ldif(few, 2000)}`,
  });
  await bulkLoad(slapd, 100_000);
  const uid = { types: ['inetOrgPerson'], attributes: ['uid'] };
  const whole = reading(slapd, `ou=people,${root}`);
  for (const pageSize of [100, 500, 1000, 5000]) {
    const { pages } = await whole.pages(uid, { pageSize });
    expect(pages.every((page) => page.length <= pageSize)).toBe(true);
    expect(new Set(uids(pages.flat())).size, `pages of ${pageSize}`).toBe(100_000);
  }
  // A page of one costs a round trip; a hundred thousand of them would take longer and show no more.
  expect(new Set(uids(await reading(slapd, few).entries(uid, 1))).size).toBe(2000);
}, 60_000);

test('L23 an empty page with a cookie does not end the import', async () => {
  const pages = ['first', '', '', 'second'];
  const answer = (exchange: Exchange): boolean => {
    const { request } = exchange;
    if (request.kind !== 'search' || request.page === undefined) return false;
    const at = Number(request.page.cookie.toString() || '0');
    const name = pages[at] ?? '';
    if (name !== '') {
      exchange.entry(`cn=${name},${root}`, { objectClass: ['person'], cn: [name], sn: ['x'] });
    }
    exchange.done(0, { cookie: at + 1 < pages.length ? String(at + 1) : '' });
    return true;
  };
  const server = await startFakeServer({ answer });
  const entries = await readingInClear(server).entries({ types: ['person'], attributes: ['cn'] });
  expect(entries.map(({ dn }) => dn)).toEqual([`cn=first,${root}`, `cn=second,${root}`]);
});

test('a later page without the control of paging fails the import: nobody can say whether it was the last', async () => {
  const answer = (exchange: Exchange): boolean => {
    const { request } = exchange;
    if (request.kind !== 'search' || request.page === undefined) return false;
    const at = Number(request.page.cookie.toString() || '0');
    exchange.entry(`cn=p${at},${root}`, { objectClass: ['person'], cn: [`p${at}`] });
    exchange.done(0, at === 1 ? {} : { cookie: at < 3 ? String(at + 1) : '' });
    return true;
  };
  const server = await startFakeServer({ answer });
  const person = { types: ['person'], attributes: ['cn'] };
  await expect(readingInClear(server).entries(person, 1)).rejects.toMatchObject({ code: 'LDAP_READ_INCONSISTENT' });
});

test('L26 two imports of two partitions at once are both complete, each on a connection of its own', async () => {
  const server = await openldap();
  const [first, second] = [await freshBase(server), await freshBase(server)];
  await ldapadd(server, `${ldif(first, 60)}\n${ldif(second, 70)}`);
  const proxy = await recordingProxy(server.url);
  const both = readingInClear(proxy, {
    as: server.admin,
    partitions: [first, second].map((dn) => ({ dn, containers: [] })),
  });
  await both.select(people);
  proxy.forget();
  const partitions = [first, second].map((dn) => ({ identifier: dn, dn, name: dn }));
  const found = await Promise.all(partitions.map((partition) => both.pages(people, { pageSize: 5, partition })));
  expect(found.map(({ pages }) => pages.flat().length)).toEqual([60, 70]);
  const paged = proxy.requests.filter((request) => request.kind === 'search' && request.page !== undefined);
  const used = (base: string) =>
    new Set(paged.flatMap((each) => (each.kind === 'search' && each.base === base ? [each.connection] : [])));
  expect([used(first).size, used(second).size]).toEqual([1, 1]);
  expect(used(first)).not.toEqual(used(second));
});

test('L27 the server is given no time limit and no size limit', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const proxy = await recordingProxy(server.url);
  await readingInClear(proxy, { as: server.admin, partitions: [{ dn: base, containers: [] }] }).entries(people);
  const searches = proxy.requests.filter((request) => request.kind === 'search');
  expect(searches.length).toBeGreaterThan(2);
  for (const search of searches) expect(search).toMatchObject({ timeLimit: 0, sizeLimit: 0, derefAliases: 0 });
});

test('one page is asked for ahead of the reader and no more', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  await ldapadd(server, ldif(base, 10));
  const proxy = await recordingProxy(server.url);
  const slow = readingInClear(proxy, { as: server.admin, partitions: [{ dn: base, containers: [] }] });
  await slow.select(people);
  proxy.forget();
  const run = await slow.open(people, 2);
  await run.getEntries(slow.signal);
  await expect.poll(() => proxy.pages()).toBe(2);
  // The page ahead has come; a round trip on another connection gives the reader time to ask for more, if it would.
  await slow.find(people, 'uid', 'p0');
  expect(proxy.pages()).toBe(2);
  await run.close('TerminatedByUser', slow.signal);
});

describe('without paged results', () => {
  const off = { controlsOff: [CONTROL.pagedResults] };

  test('an import goes by windows on a sorted list', async () => {
    const server = await openldap();
    const base = await freshBase(server);
    await ldapadd(server, ldif(base, 25));
    const proxy = await recordingProxy(server.url);
    const sorted = readingInClear(proxy, { as: server.admin, partitions: [{ dn: base, containers: [] }], ...off });
    const { pages } = await sorted.pages(people, { pageSize: 10 });
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5, 0]);
    expect(new Set(uids(pages.flat())).size).toBe(25);
  });

  test('a list that shifts between two windows fails the import', async () => {
    const windows = [
      ['a', 'b'],
      ['x', 'c'],
    ];
    const answer = (exchange: Exchange): boolean => {
      const { request } = exchange;
      if (request.kind !== 'search' || !request.controls.some(({ oid }) => oid === CONTROL.virtualListView))
        return false;
      for (const name of windows.shift() ?? []) exchange.entry(`cn=${name},${root}`, { objectClass: ['person'] });
      const value = berValue((writer) =>
        writer.sequence(() => {
          writer.integer(1);
          writer.integer(4);
          writer.integer(0, berTag.enumerated);
        }),
      );
      exchange.done(0, { controls: [{ oid: '2.16.840.1.113730.3.4.10', value: Buffer.from(value) }] });
      return true;
    };
    const controls = [CONTROL.virtualListView, CONTROL.sort];
    const server = await startFakeServer({ answer, rootDse: { ...FAKE_ROOT_DSE, supportedControl: controls } });
    const sorted = readingInClear(server, off);
    await expect(sorted.entries({ types: ['person'], attributes: ['cn'] })).rejects.toMatchObject({
      code: 'LDAP_READ_INCONSISTENT',
    });
  });

  test('a later window without a word about the list fails the import', async () => {
    const windows = [
      ['a', 'b'],
      ['b', 'c'],
    ];
    const answer = (exchange: Exchange): boolean => {
      const { request } = exchange;
      if (request.kind !== 'search' || !request.controls.some(({ oid }) => oid === CONTROL.virtualListView))
        return false;
      for (const name of windows.shift() ?? []) exchange.entry(`cn=${name},${root}`, { objectClass: ['person'] });
      const value = berValue((writer) =>
        writer.sequence(() => {
          writer.integer(1);
          writer.integer(9);
          writer.integer(0, berTag.enumerated);
        }),
      );
      const told = windows.length === 1 ? [{ oid: '2.16.840.1.113730.3.4.10', value: Buffer.from(value) }] : [];
      exchange.done(0, { controls: told });
      return true;
    };
    const controls = [CONTROL.virtualListView, CONTROL.sort];
    const server = await startFakeServer({ answer, rootDse: { ...FAKE_ROOT_DSE, supportedControl: controls } });
    const sorted = readingInClear(server, off);
    await expect(sorted.entries({ types: ['person'], attributes: ['cn'] })).rejects.toMatchObject({
      code: 'LDAP_READ_INCONSISTENT',
    });
  });

  test('389 sorts too', async () => {
    const server = await ds389();
    const base = await freshBase(server);
    await ldapadd(server, ldif(base, 25));
    const { pages } = await reading(server, base, off).pages(people, { pageSize: 10 });
    expect(new Set(uids(pages.flat())).size).toBe(25);
  });

  test('and without sorting it is one search, handed over in pages', async () => {
    const server = await openldap();
    const base = await freshBase(server);
    await ldapadd(server, ldif(base, 25));
    const none = { controlsOff: [CONTROL.pagedResults, CONTROL.virtualListView] };
    const { pages } = await reading(server, base, none).pages(people, { pageSize: 10 });
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5, 0]);
  });
});
