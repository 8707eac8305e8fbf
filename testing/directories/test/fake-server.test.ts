import { expect, test } from 'vitest';
import { temporaryFolder } from '../../folder.ts';
import { bulkLoad } from '../bulk-load.ts';
import { makeAuthority } from '../certificates.ts';
import { ldapadd, ldapsearch } from '../commands.ts';
import type { Exchange } from '../exchange.ts';
import { startFakeServer } from '../fake-server.ts';
import { freshBase } from '../fresh-base.ts';
import { recordingProxy } from '../recording-proxy.ts';
import { run, runToEnd } from '../run-program.ts';
import { startSlapd } from '../slapd.ts';

test('a fake server sends empty pages with a cookie, references, intermediate responses and ranges', async () => {
  const answer = (exchange: Exchange): boolean => {
    const { request } = exchange;
    if (request.kind !== 'search' || request.base === '') return false;
    const cookie = request.page?.cookie.toString() ?? '';
    if (cookie === '') exchange.done(0, { cookie: 'more' });
    else {
      exchange.intermediate('1.2.3', Buffer.from('half way'));
      exchange.reference('ldap://elsewhere.example/dc=elsewhere');
      exchange.entry('cn=staff,dc=contoso,dc=lab', {
        objectClass: 'groupOfNames',
        'member;range=0-1': ['cn=a', 'cn=b'],
      });
      exchange.done(0, { cookie: '' });
    }
    return true;
  };
  const server = await startFakeServer({ answer });
  const words = ['-LLL', '-x', '-H', server.url, '-D', 'cn=me', '-w', 'secret', '-b', 'dc=contoso,dc=lab'];
  const out = await run('ldapsearch', [
    ...words,
    '-E',
    'pr=10/noprompt',
    '(|(cn=Zo\\c3\\ab)(sn=*a*b)(!(uid=\\28x)))',
    'member',
  ]);
  expect(out).toContain('member;range=0-1: cn=a');
  expect(out).toContain('# refldap://elsewhere.example/dc=elsewhere');
  const [bind, first, second] = server.requests;
  expect(bind).toMatchObject({ kind: 'bind', dn: 'cn=me', password: 'secret', connection: 0 });
  expect(first).toMatchObject({
    kind: 'search',
    scope: 'sub',
    filter: '(|(cn=Zoë)(sn=*a*b)(!(uid=\\28x)))',
    attributes: ['member'],
    page: { size: 10, cookie: Buffer.alloc(0) },
  });
  expect(second).toMatchObject({ page: { cookie: Buffer.from('more') } });
});

test('a fake server speaks TLS after StartTLS and from the first octet on', async () => {
  const authority = await makeAuthority(await temporaryFolder());
  const certificate = await authority.server('fake', ['127.0.0.1']);
  const environment = { LDAPTLS_CACERT: authority.caFile };
  const clear = await startFakeServer({ certificate });
  expect(await run('ldapwhoami', ['-x', '-ZZ', '-H', clear.url], { environment })).toBe('u:fake\n');
  expect(clear.requests.map(({ kind, encrypted }) => [kind, encrypted])).toContainEqual(['bind', true]);
  const ldaps = await startFakeServer({ certificate, ldaps: true });
  expect(await run('ldapwhoami', ['-x', '-H', ldaps.url], { environment })).toBe('u:fake\n');
});

test('a fake server sends more entries than fit into memory at once, and disconnects with a notice', async () => {
  const many = function* (): Generator<[string, Record<string, string>]> {
    for (let number = 0; number < 125_000; number += 1)
      yield [`cn=${number},dc=contoso,dc=lab`, { objectClass: 'person' }];
  };
  const server = await startFakeServer({
    answer: async (exchange) => {
      if (exchange.request.kind === 'extended') {
        exchange.disconnect(52, 'going down');
        return true;
      }
      if (exchange.request.kind !== 'search') return false;
      await exchange.entries(many());
      exchange.done();
      return true;
    },
  });
  const out = await run('ldapsearch', ['-LLL', '-x', '-H', server.url, '-b', 'dc=contoso,dc=lab', '1.1']);
  expect(out.match(/^dn: /gm)).toHaveLength(125_000);
  const refused = await runToEnd('ldapwhoami', ['-x', '-H', server.url]);
  expect(refused.out).toContain('(52)\nAdditional info: going down');
});

test('a proxy counts and cuts what passes between a client and a real server', async () => {
  const slapd = await startSlapd();
  await bulkLoad(slapd, 1000);
  const certificate = await slapd.authority.server('proxy', ['127.0.0.1']);
  const proxy = await recordingProxy(slapd.url, { certificate });
  const through = { ...slapd, ldapsUrl: proxy.url };
  const people = await ldapsearch(through, `ou=people,${slapd.suffix}`, { filter: '(uid=*)', as: slapd.unlimited });
  expect(people).toHaveLength(1000);
  expect(Object.keys(people[0]?.attributes ?? {})).toHaveLength(18);
  expect(proxy.pages()).toBe(2);
  proxy.judge((passing) => (passing.from === 'server' && passing.message === 'entry' ? 'cut-inside' : 'pass'));
  await expect(ldapsearch(through, slapd.suffix)).rejects.toThrow(/Can't contact/);
  proxy.judge((passing) => (passing.from === 'server' && passing.request?.kind === 'add' ? 'cut-before' : 'pass'));
  await expect(freshBase(through, () => undefined)).rejects.toThrow(/Can't contact/);
  expect(proxy.writes()).toBe(1);
  expect(await ldapsearch(slapd, slapd.suffix, { filter: '(ou=t-*)' })).toHaveLength(1);
  proxy.judge((passing) => (passing.from === 'client' && passing.request.kind === 'add' ? 'cut-inside' : 'pass'));
  await expect(ldapadd(through, `dn: ou=x,${slapd.suffix}\nobjectClass: organizationalUnit\n`)).rejects.toThrow();
  expect(await ldapsearch(slapd, `ou=x,${slapd.suffix}`)).toEqual([]);
});
