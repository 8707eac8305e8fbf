import { PassThrough } from 'node:stream';
import type { ImportPage } from '@joinery/connector';
import { createLogger, Redactor, systemClock } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { ldapadd, ldapmodify } from '../../../../../testing/directories/commands.ts';
import { ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import type { Exchange } from '../../../../../testing/directories/exchange.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { recordingProxy } from '../../../../../testing/directories/recording-proxy.ts';
import { people, reading, readingInClear } from './directory-under-test.ts';

const root = 'dc=contoso,dc=lab';

function ldif(base: string, count: number): string {
  return Array.from(
    { length: count },
    (_, n) => `dn: uid=p${n},${base}\nobjectClass: inetOrgPerson\nuid: p${n}\ncn: Person ${n}\nsn: ${n}\n`,
  ).join('\n');
}

describe('L24 a limit of the server fails the import and names the setting', () => {
  test('OpenLDAP, size limit of a normal account', async () => {
    const server = await openldap();
    const base = await freshBase(server);
    await ldapadd(server, ldif(base, 510));
    const limited = reading(server, base, { as: server.account });
    await expect(limited.entries(people)).rejects.toMatchObject({
      code: 'LDAP_SEARCH_LIMITED',
      detail: expect.stringMatching(/^After 500 entries below "ou=t-.*sizeLimitExceeded \(4\)/),
      fix: expect.stringContaining('size.prtotal=unlimited'),
    });
    expect(await reading(server, base, { as: server.unlimited }).entries(people)).toHaveLength(510);
  });

  test('389, look-through limit of a normal account', async () => {
    const server = await ds389();
    const base = await freshBase(server);
    // The run's 389 holds too few entries for the usual limit of 5,000, so this account has a smaller one.
    const account = { dn: `cn=limited,${base}`, password: 'secret12' };
    const rights = `(targetattr="*")(version 3.0; acl "read"; allow (read,search,compare) userdn="ldap:///${account.dn}";)`;
    await ldapadd(
      server,
      `dn: ${account.dn}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: limited
userPassword: ${account.password}
nsLookThroughLimit: 10

${ldif(base, 20)}`,
    );
    await ldapmodify(server, `dn: ${base}\nchangetype: modify\nadd: aci\naci: ${rights}\n`);
    // An unindexed condition: every entry is looked at.
    const looking = reading(server, base, { as: account, importFilter: '(employeeType=*)' });
    await expect(looking.entries(people)).rejects.toMatchObject({
      code: 'LDAP_SEARCH_LIMITED',
      detail: expect.stringContaining('adminLimitExceeded (11)'),
      fix: expect.stringContaining('nsLookThroughLimit: -1'),
    });
  });
});

test('L25 a connection that is cut after the third page fails the import, and the next one is whole', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  await ldapadd(server, ldif(base, 25));
  const proxy = await recordingProxy(server.url);
  const cut = readingInClear(proxy, { as: server.admin, partitions: [{ dn: base, containers: [] }] });
  await cut.select(people);
  proxy.forget();
  proxy.judge(({ from, request }) =>
    from === 'server' && request?.kind === 'search' && request.page !== undefined && proxy.pages() > 3
      ? 'cut-inside'
      : 'pass',
  );
  const run = await cut.open(people, 5);
  const pages: ImportPage[] = [];
  const failing = (async () => {
    for (;;) pages.push(await run.getEntries(cut.signal));
  })();
  await expect(failing).rejects.toMatchObject({ code: 'LDAP_CONNECTION_LOST' });
  expect(pages.map(({ entries, moreToImport }) => [entries.length, moreToImport])).toEqual([
    [5, true],
    [5, true],
    [5, true],
  ]);
  await expect(run.getEntries(cut.signal)).rejects.toMatchObject({ code: 'LDAP_CONNECTION_LOST' });
  expect(await run.close('Unknown', cut.signal)).toEqual({});
  proxy.judge(undefined);
  expect(await cut.entries(people, 5)).toHaveLength(25);
});

describe('L28 referrals', () => {
  test('references among the results are counted and told of once', async () => {
    const answer = (exchange: Exchange): boolean => {
      const { request } = exchange;
      if (request.kind !== 'search' || request.page === undefined) return false;
      exchange.reference('ldap://elsewhere.example/dc=elsewhere');
      exchange.entry(`cn=here,${root}`, { objectClass: ['person'], cn: ['here'] });
      exchange.reference('ldap://other.example/dc=other');
      exchange.done(0, { cookie: request.page.cookie.length === 0 ? 'more' : '' });
      return true;
    };
    const server = await startFakeServer({ answer });
    const { logger, lines } = recordedLog();
    const entries = await readingInClear(server, { logger }).entries({ types: ['person'], attributes: ['cn'] });
    expect(entries).toHaveLength(2);
    const told = lines().filter((line) => line.includes('refers to other servers'));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0] ?? '')).toMatchObject({ count: 4, first: 'ldap://elsewhere.example/dc=elsewhere' });
  });

  test('those of Samba for its other partitions do no harm', async () => {
    const server = await samba();
    const { logger, lines } = recordedLog();
    const entries = await reading(server, server.suffix, { logger }).entries({
      types: ['user'],
      attributes: ['sAMAccountName'],
    });
    expect(entries.length).toBeGreaterThan(1);
    expect(lines().filter((line) => line.includes('refers to other servers'))).toHaveLength(1);
  });

  test('a referral in place of the entries fails the import with its URL', async () => {
    const url = 'ldap://master.example/dc=contoso,dc=lab';
    const answer = (exchange: Exchange): boolean => {
      if (exchange.request.kind !== 'search' || exchange.request.base !== root) return false;
      exchange.done(10, { referrals: [url] });
      return true;
    };
    const server = await startFakeServer({ answer });
    await expect(readingInClear(server).entries({ types: ['person'] })).rejects.toMatchObject({
      code: 'LDAP_REFERRAL',
      place: root,
      detail: expect.stringContaining(url),
    });
  });
});

test.each([3, 51, 52, 53, 80])('a page that ends with code %i fails the import', async (code) => {
  const answer = (exchange: Exchange): boolean => {
    const { request } = exchange;
    if (request.kind !== 'search' || request.page === undefined) return false;
    exchange.entry(`cn=here,${root}`, { objectClass: ['person'], cn: ['here'] });
    if (request.page.cookie.length === 0) exchange.done(0, { cookie: 'more' });
    else exchange.done(code, { diagnostic: 'no more today' });
    return true;
  };
  const server = await startFakeServer({ answer });
  await expect(readingInClear(server).entries({ types: ['person'] })).rejects.toMatchObject({
    code: code === 3 ? 'LDAP_SEARCH_LIMITED' : 'LDAP_SEARCH_REFUSED',
    detail: expect.stringMatching(/2 entries.*The server says: no more today/),
  });
});

function recordedLog() {
  const stream = new PassThrough();
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const logger = createLogger({ stream, level: 'info', clock: systemClock, redactor: new Redactor() });
  return { logger, lines: () => text.split('\n').filter((line) => line !== '') };
}
