import { describe, expect, test } from 'vitest';
import { ldapadd } from '../../../../../testing/directories/commands.ts';
import { openldap } from '../../../../../testing/directories/directories.ts';
import type { Exchange } from '../../../../../testing/directories/exchange.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { reading, readingInClear, valuesOf } from './directory-under-test.ts';

const root = 'dc=contoso,dc=lab';
const groups = { types: ['groupOfNames'], attributes: ['cn', 'member'] };
const member = (n: number): string => `cn=member ${n},${root}`;
const members = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, at) => member(from + at));

test('L35 a group of 5,000 members comes completely', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const lines = members(0, 5000).map((dn) => `member: ${dn}\n`);
  await ldapadd(server, `dn: cn=all,${base}\nobjectClass: groupOfNames\ncn: all\n${lines.join('')}`);
  const [group] = await reading(server, base).entries(groups);
  expect(new Set(valuesOf(group, 'member'))).toEqual(new Set(members(0, 5000)));
});

describe('L35 values that come in ranges', () => {
  test('are one attribute in the end', async () => {
    const server = await startFakeServer({ answer: (exchange) => inRanges(exchange, 3600) });
    const [group, next] = await readingInClear(server).entries(groups);
    expect(valuesOf(group, 'member')).toEqual(members(0, 3600));
    expect(valuesOf(next, 'cn')).toEqual(['small']);
    const asked = server.requests.flatMap((request) =>
      request.kind === 'search' && request.base.startsWith('cn=all') ? request.attributes : [],
    );
    expect(asked).toEqual(['member;range=1500-*', 'member;range=3000-*']);
  });

  test('of a group that is gone meanwhile fail the import', async () => {
    const server = await startFakeServer({
      answer: (exchange) => {
        if (exchange.request.kind !== 'search' || exchange.request.base !== `cn=all,${root}`)
          return inRanges(exchange, 3600);
        exchange.done();
        return true;
      },
    });
    await expect(readingInClear(server).entries(groups)).rejects.toMatchObject({ code: 'LDAP_READ_INCONSISTENT' });
  });

  test('by which a server goes in a circle fail the import', async () => {
    const server = await startFakeServer({
      answer: (exchange) => {
        if (exchange.request.kind !== 'search' || exchange.request.base !== `cn=all,${root}`)
          return inRanges(exchange, 3600);
        exchange.entry(`cn=all,${root}`, { 'member;range=0-1499': members(0, 1500) });
        exchange.done();
        return true;
      },
    });
    await expect(readingInClear(server).entries(groups)).rejects.toMatchObject({ code: 'LDAP_READ_INCONSISTENT' });
  });

  test.each([
    ['begins behind what was asked for', 'member;range=2000-*', members(2000, 3600)],
    ['has no values', 'member;range=1500-*', []],
    ['has all values', 'member', members(0, 3600)],
    ['has other attributes only', 'cn', ['all']],
  ])('of which one %s fail the import', async (_, name, values) => {
    const server = await startFakeServer({
      answer: (exchange) => {
        if (exchange.request.kind !== 'search' || exchange.request.base !== `cn=all,${root}`)
          return inRanges(exchange, 3600);
        exchange.entry(`cn=all,${root}`, { [name]: values });
        exchange.done();
        return true;
      },
    });
    await expect(readingInClear(server).entries(groups)).rejects.toMatchObject({ code: 'LDAP_READ_INCONSISTENT' });
  });
});

/** As Active Directory answers: 1,500 values at once, beside an empty attribute. */
function inRanges(exchange: Exchange, count: number): boolean {
  const { request } = exchange;
  if (request.kind !== 'search' || !request.attributes.some((name) => name.startsWith('member'))) return false;
  const from = Number(/^member;range=(\d+)-\*$/.exec(request.attributes[0] ?? '')?.[1] ?? '0');
  const to = Math.min(from + 1500, count);
  const range = `member;range=${from}-${to === count ? '*' : to - 1}`;
  const own = request.page === undefined ? {} : { objectClass: ['groupOfNames'], cn: ['all'], member: [] };
  exchange.entry(`cn=all,${root}`, { ...own, [range]: members(from, to) });
  if (request.page === undefined) exchange.done();
  else {
    exchange.entry(`cn=small,${root}`, { objectClass: ['groupOfNames'], cn: ['small'], member: [member(0)] });
    exchange.done(0, { cookie: '' });
  }
  return true;
}
