import { describe, expect, test } from 'vitest';
import { openldap } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import type { OpenLdap } from '../../../../../testing/directories/slapd.ts';
import { assertion } from '../../src/protocol/control/assertion.ts';
import { pagedResults, readPagedResults } from '../../src/protocol/control/paged-results.ts';
import { postRead, readPostRead } from '../../src/protocol/control/post-read.ts';
import { readSortResult, serverSideSort } from '../../src/protocol/control/server-side-sort.ts';
import { readListView, virtualListView } from '../../src/protocol/control/virtual-list-view.ts';
import { manageDsaIt, permissiveModify } from '../../src/protocol/control/without-value.ts';
import type { Control } from '../../src/protocol/control.ts';
import { encodeRequest, encodeSearch, encodeSimpleBind } from '../../src/protocol/encode-request.ts';
import { passwordModify, readGeneratedPassword } from '../../src/protocol/extended/password-modify.ts';
import { readAuthorizationId, whoAmIOid } from '../../src/protocol/extended/who-am-i.ts';
import { equals, everything } from '../../src/protocol/filter/build.ts';
import { parseFilter } from '../../src/protocol/filter/parse.ts';
import type { Request, SearchRequest } from '../../src/protocol/request.ts';
import type { ExtendedResult, LdapResult } from '../../src/protocol/result.ts';
import { resultCode } from '../../src/protocol/result-code.ts';
import { type Answer, Wire } from './wire.ts';

/** A bound wire to the run's OpenLDAP and a container of the test's own. */
async function bound(): Promise<{ server: OpenLdap; base: string; wire: Wire }> {
  const server = await openldap();
  const base = await freshBase(server);
  const wire = await Wire.open(server);
  const { last } = await wire.ask((id) => encodeSimpleBind(id, server.admin.dn, server.admin.password));
  expect(last).toMatchObject({ operation: 'bind', result: { code: 0 } });
  return { server, base, wire };
}

function resultOf({ last }: Answer): LdapResult {
  if (!('result' in last)) throw new Error(`This is no result but ${last.operation}.`);
  return last.result;
}

async function done(wire: Wire, request: Request, controls: readonly Control[] = []): Promise<LdapResult> {
  return resultOf(await wire.ask((id) => encodeRequest(id, request, controls)));
}

async function extended(wire: Wire, request: Request): Promise<ExtendedResult> {
  const { last } = await wire.ask((id) => encodeRequest(id, request));
  if (last.operation !== 'extended') throw new Error(`This is no extended response but ${last.operation}.`);
  return last.result;
}

async function find(wire: Wire, search: SearchRequest, controls: readonly Control[] = []): Promise<Answer> {
  return wire.ask((id) => encodeSearch(id, search, controls));
}

function person(dn: string, name: string, more: Record<string, (string | Uint8Array)[]> = {}): Request {
  const attributes = { objectClass: ['inetOrgPerson'], cn: [name], sn: [name], ...more };
  return { operation: 'add', dn, attributes: Object.entries(attributes).map(([type, values]) => ({ type, values })) };
}

describe('OpenLDAP understands what is encoded, and its answers are understood', () => {
  test('L56 an entry is added, changed, renamed, compared and deleted', async () => {
    const { base, wire } = await bound();
    const photo = Uint8Array.from({ length: 70_000 }, (_, at) => at % 251);
    const dn = `cn=a\\2Cb\\\\,${base}`;
    const added = await done(wire, person(dn, 'a,b\\', { jpegPhoto: [photo] }), [postRead(['entryUUID', 'cn'])]);
    expect(added.code).toBe(0);
    const entry = readPostRead(added.controls);
    expect(entry?.attributes.get('cn')).toEqual(['a,b\\']);
    expect(entry?.attributes.get('entryuuid')?.[0]).toMatch(/^[0-9a-f-]{36}$/);

    const modifications = [
      { operation: 'replace', type: 'sn', values: ['Zoë'] },
      { operation: 'add', type: 'mail', values: ['a@contoso.lab', 'b@contoso.lab'] },
      { operation: 'replace', type: 'title', values: [] },
    ] as const;
    expect((await done(wire, { operation: 'modify', dn, modifications })).code).toBe(0);
    const renamed = { operation: 'modifyDN', dn, newRdn: 'cn=c\\\\', deleteOldRdn: true } as const;
    expect((await done(wire, renamed)).code).toBe(0);
    const compare = { operation: 'compare', dn: `cn=c\\\\,${base}`, attribute: 'jpegPhoto', value: photo } as const;
    expect((await done(wire, compare)).code).toBe(resultCode.inappropriateMatching);
    expect((await done(wire, { ...compare, attribute: 'sn', value: 'zoë' })).code).toBe(resultCode.compareTrue);

    const found = await find(wire, {
      base,
      scope: 'one',
      filter: equals('cn', 'c\\'),
      attributes: ['sn', 'mail', 'cn'],
    });
    expect(found.entries).toHaveLength(1);
    expect(Object.fromEntries(found.entries[0]?.attributes ?? [])).toEqual({
      cn: ['c\\'],
      sn: ['Zoë'],
      mail: ['a@contoso.lab', 'b@contoso.lab'],
    });
    expect((await done(wire, { operation: 'delete', dn: `cn=c\\\\,${base}` })).code).toBe(0);
    const gone = await done(wire, { operation: 'delete', dn: `cn=c\\\\,${base}` });
    expect([gone.code, gone.matchedDn]).toEqual([resultCode.noSuchObject, base]);
  });

  test('filters of every kind find what they describe', async () => {
    const { base, wire } = await bound();
    await done(
      wire,
      person(`cn=one,${base}`, 'one', { description: ['a*(b)\\c', 'Zoë'], userPassword: [Uint8Array.of(0xff, 1)] }),
    );
    await done(wire, person(`cn=two,${base}`, 'two', { 'description;lang-de': ['zwei'] }));
    const names = async (text: string): Promise<string[]> => {
      const { last, entries } = await find(wire, {
        base,
        scope: 'one',
        filter: parseFilter(text),
        attributes: ['1.1'],
      });
      expect(last).toMatchObject({ result: { code: 0 } });
      return entries.map(({ dn }) => dn.slice(3, 6)).sort();
    };
    expect(await names('(description=a\\2a\\28b\\29\\5cc)')).toEqual(['one']);
    expect(await names('(description=*\\2a*\\5c*)')).toEqual(['one']);
    expect(await names('(description=Zo\\c3\\ab)')).toEqual(['one']);
    expect(await names('(userPassword=\\ff\\01)')).toEqual(['one']);
    expect(await names('(description;lang-de=zwei)')).toEqual(['two']);
    expect(await names('(2.5.4.13=*)')).toEqual(['one', 'two']);
    expect(await names('(cn:caseExactMatch:=TWO)')).toEqual([]);
    expect(await names('(ou:dn:caseIgnoreMatch:=TWO)')).toEqual([]);
    expect(await names('(cn:dn:=two)')).toEqual(['two']);
    expect(await names('(&(!(cn=one))(|(cn~=two)(sn=x)))')).toEqual(['two']);
    expect(await names('(|)')).toEqual([]);
    expect(await names('(&)')).toEqual(['one', 'two']);
  });

  test('pages, sorted windows, assertions and permissive changes', async () => {
    const { base, wire } = await bound();
    for (const name of ['c', 'a', 'b']) await done(wire, person(`cn=${name},${base}`, name));
    const search: SearchRequest = { base, scope: 'one', filter: everything, attributes: ['cn'] };
    const first = await find(wire, search, [pagedResults(2)]);
    const page = readPagedResults(resultOf(first).controls);
    expect([first.entries.length, page?.cookie.length === 0]).toEqual([2, false]);
    const second = await find(wire, search, [pagedResults(2, page?.cookie)]);
    expect([second.entries.length, readPagedResults(resultOf(second).controls)?.cookie.length]).toEqual([1, 0]);

    const window = virtualListView({ before: 0, after: 1, offset: 2, count: 0 });
    const sorted = await find(wire, search, [
      serverSideSort([{ attribute: 'cn', rule: 'caseIgnoreOrderingMatch' }]),
      window,
    ]);
    expect(readSortResult(resultOf(sorted).controls)?.code).toBe(0);
    expect(readListView(resultOf(sorted).controls)).toMatchObject({ position: 2, count: 3, code: 0 });
    expect(sorted.entries.map(({ attributes }) => attributes.get('cn')?.[0])).toEqual(['b', 'c']);

    const add = {
      operation: 'modify',
      dn: `cn=a,${base}`,
      modifications: [{ operation: 'add', type: 'sn', values: ['a'] }],
    } as const;
    expect((await done(wire, add)).code).toBe(resultCode.attributeOrValueExists);
    expect((await done(wire, add, [permissiveModify])).code).toBe(0);
    expect((await done(wire, add, [assertion(equals('sn', 'x'))])).code).toBe(resultCode.assertionFailed);
  });

  test('a referral names its URLs, as a result and as a reference', async () => {
    const { base, wire } = await bound();
    const referral = {
      operation: 'add',
      dn: `cn=away,${base}`,
      attributes: [
        { type: 'objectClass', values: ['referral', 'extensibleObject'] },
        { type: 'cn', values: ['away'] },
        { type: 'ref', values: ['ldap://other.example/dc=x'] },
      ],
    } as const;
    expect((await done(wire, referral, [manageDsaIt])).code).toBe(0);
    const { others } = await find(wire, { base, scope: 'sub', filter: everything, attributes: ['1.1'] });
    expect(others).toMatchObject([{ operation: 'searchReference', urls: ['ldap://other.example/dc=x??sub'] }]);
    const result = await done(wire, { operation: 'delete', dn: `cn=away,${base}` });
    expect([result.code, result.referrals]).toEqual([resultCode.referral, ['ldap://other.example/dc=x']]);
    expect((await done(wire, { operation: 'delete', dn: `cn=away,${base}` }, [manageDsaIt])).code).toBe(0);
  });

  test('who we are, and a password that the server makes', async () => {
    const { server, base, wire } = await bound();
    const me = await extended(wire, { operation: 'extended', name: whoAmIOid });
    expect(readAuthorizationId(me)).toBe(`dn:${server.admin.dn}`);
    const user = `cn=a,${base}`;
    await done(wire, person(user, 'a'));
    const generated = readGeneratedPassword(await extended(wire, passwordModify({ user })));
    const password = Buffer.from(generated ?? []).toString('utf8');
    expect(password.length).toBeGreaterThan(4);
    const other = await Wire.open(server);
    expect(resultOf(await other.ask((id) => encodeSimpleBind(id, user, password))).code).toBe(0);
    expect(resultOf(await other.ask((id) => encodeSimpleBind(id, user, 'wrong'))).code).toBe(
      resultCode.invalidCredentials,
    );
  });
});
