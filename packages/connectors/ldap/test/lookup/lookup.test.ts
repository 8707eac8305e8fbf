import { dnKey } from '@joinery/connector';
import { describe, expect, test } from 'vitest';
import { ldapadd, ldapmodify, ldapsearch } from '../../../../../testing/directories/commands.ts';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import type { Directory } from '../../../../../testing/directories/directory.ts';
import type { Exchange } from '../../../../../testing/directories/exchange.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { recordingProxy } from '../../../../../testing/directories/recording-proxy.ts';
import { people, reading, readingInClear, valuesOf } from '../import/directory-under-test.ts';

const root = 'dc=contoso,dc=lab';
const person = (uid: string, base: string, more = ''): string =>
  `dn: uid=${uid},${base}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\n${more}`;
const dns = (entries: readonly { readonly dn?: string }[]) => entries.map(({ dn }) => dn);

describe('by the anchor', () => {
  const names: readonly (readonly [string, () => Promise<Directory>, string])[] = [
    ['OpenLDAP', openldap, 'inetOrgPerson'],
    ['389', ds389, 'inetOrgPerson'],
    ['ApacheDS', apacheds, 'inetOrgPerson'],
    ['Samba', samba, 'user'],
  ];

  test.each(names)('entryDN finds an entry whatever its name holds, or nobody (%s)', async (kind, start, type) => {
    const server = await start();
    const base = await freshBase(server);
    // ß and ss name two people on every server but ApacheDS.
    const two = kind === 'ApacheDS' ? [] : ['cn=Weiss'];
    const odd = ['cn=end\\20', 'cn=\\20start', 'cn=two  blanks', 'cn=#1', 'cn=Smith\\, John'];
    const rdns = [...odd, 'cn=Weiß', ...two, 'cn=ŠIMON', 'cn=ﬁsch', 'cn=ΟΔΟΣ', 'cn=İstanbul', 'cn=ẞx'];
    const ldif = rdns.map((rdn) => {
      const name = Buffer.from(`${rdn.replace('=#', '=\\#')},${base}`).toString('base64');
      return `dn:: ${name}\nobjectClass: ${type}\nsn: x\n`;
    });
    await ldapadd(server, ldif.join('\n'));
    const selected = { types: [type], attributes: ['cn'], anchors: ['entryDN'] };
    const here = reading(server, base, { manualAnchorSelection: true });
    const entries = await here.entries(selected);
    expect(new Set(entries.flatMap((entry) => valuesOf(entry, 'entryDN'))).size).toBe(rdns.length);
    for (const entry of entries) {
      const [key = ''] = valuesOf(entry, 'entryDN');
      const found = await here.findAnchor(selected, 'entryDN', key);
      // ApacheDS answers with the name as it was asked.
      expect(
        found.map(({ dn }) => dnKey(dn ?? '')),
        String(key),
      ).toEqual([dnKey(entry.dn ?? '')]);
    }
    expect(await here.findAnchor(selected, 'entryDN', `cn=nobody,${base}`)).toEqual([]);
    expect(await here.findAnchor(selected, 'entryDN', 'cn=elsewhere,dc=nowhere')).toEqual([]);
  });

  test.each([
    ['OpenLDAP', openldap, 'entryUUID'],
    ['389', ds389, 'nsUniqueId'],
    ['ApacheDS', apacheds, 'entryUUID'],
  ] as const)('a unique id finds the entry (%s)', async (_, start, anchor) => {
    const server: Directory = await start();
    const base = await freshBase(server);
    await ldapadd(server, `${person('a', base)}\n${person('b', base)}`);
    const [entry] = await ldapsearch(server, base, { filter: '(uid=b)', attributes: [anchor] });
    const [id] = Object.values(entry?.attributes ?? {})[0] ?? [];
    const here = reading(server, base, { manualAnchorSelection: true });
    const selected = { types: ['inetOrgPerson'], attributes: ['cn'], anchors: [anchor] };
    expect(dns(await here.findAnchor(selected, anchor, id ?? ''))).toEqual([`uid=b,${base}`]);
  });

  test('objectGUID finds the entry by its text, and nobody by another', async () => {
    const server = await samba();
    const base = await freshBase(server);
    await ldapadd(server, `dn: CN=p,${base}\nobjectClass: user\nsAMAccountName: lookup-guid\n`);
    const here = reading(server, base);
    const selected = { types: ['user'], attributes: ['cn'] };
    const [entry] = await here.entries(selected);
    const [guid = ''] = valuesOf(entry, 'objectGUID');
    expect(dns(await here.findAnchor(selected, 'objectGUID', guid))).toEqual([entry?.dn]);
    expect(dns(await here.find(selected, 'objectGUID', guid))).toEqual([entry?.dn]);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await here.findAnchor(selected, 'objectGUID', nobody)).toEqual([]);
    expect(await reading(server, `CN=Users,${server.suffix}`).findAnchor(selected, 'objectGUID', guid)).toEqual([]);
  });
});

describe('by an attribute', () => {
  test('values are escaped, typed and compared by the server', async () => {
    const server = await openldap();
    const base = await freshBase(server);
    const odd = 'a*b(c)\\d';
    await ldapadd(
      server,
      [
        person('a', base, `employeeNumber: ${odd}\njpegPhoto:: ${Buffer.from([0, 255, 42]).toString('base64')}\n`),
        person('b', base, `employeeNumber: aXb(c)\\d\nmanager: uid=a,${base}\n`),
      ].join('\n'),
    );
    const here = reading(server, base);
    const selected = { types: ['inetOrgPerson'], attributes: ['uid', 'employeeNumber', 'manager', 'jpegPhoto'] };
    expect(dns(await here.find(selected, 'employeeNumber', odd))).toEqual([`uid=a,${base}`]);
    expect(dns(await here.find(selected, 'manager', `UID=a,${base.toUpperCase()}`))).toEqual([`uid=b,${base}`]);
    expect(dns(await here.find(selected, 'uid', 'B'))).toEqual([`uid=b,${base}`]);
    expect(await here.find(selected, 'uid', '*')).toEqual([]);
  });

  test('in all partitions, at the server and past the import filter', async () => {
    const server = await openldap();
    const [first, second] = [await freshBase(server), await freshBase(server)];
    await ldapadd(server, `${person('same', first)}\n${person('same', second)}\n${person('other', second)}`);
    const partitions = [first, second].map((dn) => ({ dn, containers: [] }));
    const here = reading(server, first, { partitions, importFilter: '(uid=nothing)' });
    expect(dns(await here.find(people, 'uid', 'same')).toSorted()).toEqual(
      [first, second].map((base) => `uid=same,${base}`).toSorted(),
    );
  });

  test.each(['userPassword', '_accountDisabled', 'entryDN'])('nobody is found by %s', async (attribute) => {
    const server = await openldap();
    const here = reading(server, await freshBase(server));
    const selected = { types: ['inetOrgPerson'] };
    if (attribute === 'entryDN') expect(await here.find(selected, attribute, 'cn=nobody')).toEqual([]);
    else
      await expect(here.find(selected, attribute, 'true')).rejects.toMatchObject({ code: 'CONNECTOR_VALUE_INVALID' });
  });
});

describe('an answer that is not whole is an error and never nobody', () => {
  test.each([4, 11, 32, 51, 52])('code %i', async (code) => {
    const answer = (exchange: Exchange): boolean => {
      const { request } = exchange;
      if (request.kind !== 'search' || request.base !== root) return false;
      exchange.entry(`cn=a,${root}`, { objectClass: ['person'], cn: ['a'] });
      exchange.done(code);
      return true;
    };
    const server = await startFakeServer({ answer });
    const here = readingInClear(server);
    await expect(here.find({ types: ['person'], attributes: ['cn'] }, 'cn', 'a')).rejects.toMatchObject({
      code: code === 32 ? 'LDAP_BASE_MISSING' : code < 12 ? 'LDAP_SEARCH_LIMITED' : 'LDAP_SEARCH_REFUSED',
    });
  });

  test.each([
    ['answers that it is not there', 32],
    ['shows nothing', 0],
    ['is busy', 51],
  ])('an account that meets nobody while the base of the partition %s', async (_, code) => {
    const answer = (exchange: Exchange): boolean => {
      const { request } = exchange;
      if (request.kind !== 'search' || !request.base.endsWith(root)) return false;
      if (request.scope === 'base') exchange.done(request.base === root ? code : 32);
      else exchange.done();
      return true;
    };
    const server = await startFakeServer({ answer });
    const here = readingInClear(server, { partitions: [{ dn: root, containers: [] }], manualAnchorSelection: true });
    const selected = { ...people, anchors: ['entryDN'] };
    for (const found of [here.find(selected, 'uid', 'x'), here.findAnchor(selected, 'entryDN', `uid=x,${root}`)]) {
      await expect(found).rejects.toMatchObject({ code: expect.stringMatching(/^LDAP_(?:BASE|SEARCH)_/) });
    }
  });

  test('an account that lost its rights (389)', async () => {
    const server = await ds389();
    const base = await freshBase(server);
    const account = { dn: `cn=reader,${base}`, password: 'secret12' };
    const rights = `(targetattr="*")(version 3.0; acl "read"; allow (read,search,compare) userdn="ldap:///${account.dn}";)`;
    await ldapadd(
      server,
      `dn: ${account.dn}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: ${account.password}

${person('here', base)}`,
    );
    await ldapmodify(server, `dn: ${base}\nchangetype: modify\nadd: aci\naci: ${rights}\n`);
    const here = reading(server, base, { as: account });
    expect(await here.find(people, 'uid', 'here')).toHaveLength(1);
    expect(await here.find(people, 'uid', 'nobody')).toEqual([]);
    const denied = rights.replace('"read"', '"none"').replace('allow', 'deny');
    await ldapmodify(server, `dn: ${base}\nchangetype: modify\nadd: aci\naci: ${denied}\n`);
    await expect(here.find(people, 'uid', 'here')).rejects.toMatchObject({
      code: expect.stringMatching(/^LDAP_BASE_/),
    });
  });

  test('a connection that is lost; the next look-up has another one', async () => {
    const server = await openldap();
    const base = await freshBase(server);
    await ldapadd(server, person('a', base));
    const proxy = await recordingProxy(server.url);
    const here = readingInClear(proxy, { as: server.admin, partitions: [{ dn: base, containers: [] }] });
    expect(await here.find(people, 'uid', 'a')).toHaveLength(1);
    proxy.judge(({ from, request }) =>
      from === 'server' && request?.kind === 'search' && request.base === base ? 'cut-inside' : 'pass',
    );
    await expect(here.find(people, 'uid', 'a')).rejects.toMatchObject({ code: 'LDAP_CONNECTION_LOST' });
    proxy.judge(undefined);
    expect(await here.find(people, 'uid', 'a')).toHaveLength(1);
  });

  test('more than can be answered', async () => {
    const answer = (exchange: Exchange): boolean => {
      const { request } = exchange;
      if (request.kind !== 'search' || request.base !== root) return false;
      for (let n = 0; n <= 1000; n += 1) exchange.entry(`cn=${n},${root}`, { objectClass: ['person'], sn: ['a'] });
      exchange.done();
      return true;
    };
    const here = readingInClear(await startFakeServer({ answer }));
    await expect(here.find({ types: ['person'], attributes: ['sn'] }, 'sn', 'a')).rejects.toMatchObject({
      code: 'CONNECTOR_LOOKUP_TOO_WIDE',
    });
  });
});
