import { expect, test } from 'vitest';
import { ldapsearch } from '../../../../../testing/directories/commands.ts';
import { openldap } from '../../../../../testing/directories/directories.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { recordingProxy } from '../../../../../testing/directories/recording-proxy.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import { add, never, Target, update } from './target.ts';

const type = 'inetOrgPerson';
const success = { errorCode: 'Success' };

test('a write whose answer is lost ends the batch without a word about its outcome', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const proxy = await recordingProxy(server.url);
  const target = await Target.open(server, { through: proxy, anchors: ['entryUUID'] });
  const run = await target.run();
  proxy.judge((passing) => (passing.from === 'server' && passing.request?.kind === 'add' ? 'cut-before' : 'pass'));
  await expect(run.putEntries([add(type, `cn=lost,${base}`, { sn: 'x' })], never)).rejects.toMatchObject({
    code: 'LDAP_CONNECTION_LOST',
  });
  // It was done all the same: nobody here could have known.
  expect(await ldapsearch(server, `cn=lost,${base}`, { scope: 'base' })).toHaveLength(1);
  await run.close('Unknown', never);
});

test('nothing more of a batch is sent behind a write in doubt', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const proxy = await recordingProxy(server.url);
  const settings = { exportConnections: 1, exportWindow: 1 };
  const target = await Target.open(server, { through: proxy, settings, anchors: ['entryDN'] });
  const run = await target.run();
  proxy.judge((passing) => (passing.from === 'client' && passing.request.kind === 'add' ? 'cut-inside' : 'pass'));
  const people = Array.from({ length: 5 }, (_, n) => add(type, `cn=p${n},${base}`, { sn: 'x' }));
  proxy.forget();
  await expect(run.putEntries(people, never)).rejects.toMatchObject({ code: 'LDAP_CONNECTION_LOST' });
  expect(proxy.writes()).toBe(1);
  await run.close('Unknown', never);
});

test('a rename that is done before the connection is lost leaves the entry in doubt, and the same Update ends it', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const proxy = await recordingProxy(server.url);
  const target = await Target.open(server, { through: proxy, anchors: ['entryUUID'] });
  const dn = `cn=before,${base}`;
  const added = await target.one(add(type, dn, { sn: 'x' }));
  const anchor = Object.fromEntries((added.anchorAttributes ?? []).map(({ name, value }) => [name, value]));
  const change = update(type, { previousDn: dn, dn: `cn=after,${base}`, anchor }, { title: 'T' });
  const run = await target.run();
  proxy.judge((passing) => (passing.from === 'client' && passing.request.kind === 'modify' ? 'cut-before' : 'pass'));
  await expect(run.putEntries([change], never)).rejects.toMatchObject({ code: 'LDAP_CONNECTION_LOST' });
  await run.close('Unknown', never);
  proxy.judge(undefined);
  expect(await target.one(change)).toMatchObject(success);
  const [entry] = await ldapsearch(server, `cn=after,${base}`, { scope: 'base' });
  expect(entry?.attributes.title).toEqual(['T']);
});

test('a run that is kept open goes on after its connections were cut while nothing was on its way', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const proxy = await recordingProxy(server.url);
  const target = await Target.open(server, { through: proxy, anchors: ['entryDN'] });
  const run = await target.run();
  const person = (n: number) => add(type, `cn=kept ${n},${base}`, { sn: 'x' });
  expect(await run.putEntries([person(1)], never)).toMatchObject([success]);
  proxy.cut();
  const connection = await target.context.directory.connect('lookup', never);
  await connection[Symbol.asyncDispose]();
  expect(await run.putEntries([person(2)], never)).toMatchObject([success]);
  await run.close('Normal', never);
});

test('a connection that is cut during a read before the write is replaced, and the entry written once', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const proxy = await recordingProxy(server.url);
  const settings = { uniqueAttributes: ['uid'], partitions: [{ dn: base, containers: [] }] };
  const target = await Target.open(server, { through: proxy, settings, anchors: ['entryDN'] });
  const run = await target.run();
  let cuts = 0;
  proxy.judge((passing) => {
    if (passing.from === 'server' || passing.request.kind !== 'search' || cuts > 0) return 'pass';
    cuts += 1;
    return 'cut-before';
  });
  expect(await run.putEntries([add(type, `cn=u,${base}`, { sn: 'x', uid: 'u' })], never)).toMatchObject([success]);
  expect([cuts, proxy.writes()]).toEqual([1, 1]);
  await run.close('Normal', never);
});

test('where no server can be reached any more, nothing was sent, and every entry is told so', async () => {
  const server = await startSlapd({ accessLog: false });
  const target = await Target.open(server, { anchors: ['entryDN'] });
  const run = await target.run();
  const person = (n: number) => add(type, `cn=p${n},${server.suffix}`, { sn: 'x' });
  expect(await run.putEntries([person(1)], never)).toMatchObject([success]);
  await server.stop();
  await expect
    .poll(() =>
      target.context.directory.connect('lookup', never).then(
        () => true,
        () => false,
      ),
    )
    .toBe(false);
  const refused = await run.putEntries([person(2), person(3)], never);
  expect(refused).toMatchObject(Array(2).fill({ errorCode: 'ExportErrorConnectedDirectoryError' }));
  expect(refused[0]?.errorDetail).toMatch(/^Nothing was sent\./);
  await server.start();
  expect(await run.putEntries([person(2)], never)).toMatchObject([success]);
  await run.close('Normal', never);
});

test('a caller who gives up gets its own reason', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const target = await Target.open(server, { anchors: ['entryDN'] });
  const run = await target.run();
  const reason = new Error('enough');
  const giving = new AbortController();
  const put = run.putEntries([add(type, `cn=x,${base}`, { sn: 'x' })], giving.signal);
  giving.abort(reason);
  await expect(put).rejects.toBe(reason);
  await run.close('TerminatedByUser', never);
  await expect(run.putEntries([], never)).rejects.toMatchObject({ code: 'CONNECTOR_RUN_CLOSED' });
});

test('where the server has forgotten the bind, the write goes once more on a new connection', async () => {
  const unbound =
    '000004DC: LdapErr: DSID-0C0907E9, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, v1db1';
  let refusals = 0;
  const fake = await startFakeServer({
    answer: (exchange) => {
      if (exchange.request.kind !== 'add') return false;
      if (refusals === 0) {
        refusals += 1;
        exchange.done(1, { diagnostic: unbound });
      } else exchange.done();
      return true;
    },
  });
  const target = await Target.open(await openldap(), { through: fake, anchors: ['entryDN'] });
  expect(await target.one(add('person', 'cn=x,dc=example', { sn: 'x', cn: 'x' }))).toMatchObject(success);
  const adds = fake.requests.filter(({ kind }) => kind === 'add');
  expect(new Set(adds.map(({ connection }) => connection)).size).toBe(2);
});

test('a control of ours that the server refuses is left out from then on', async () => {
  const assertion = '1.3.6.1.1.12';
  const fake = await startFakeServer({
    answer: (exchange) => {
      const { request } = exchange;
      if (request.kind === 'search' && request.scope === 'base' && request.base.startsWith('cn=')) {
        if (!/schema/i.test(request.base)) {
          exchange.entry(request.base);
          exchange.done();
          return true;
        }
      }
      if (request.kind !== 'modify') return false;
      const isRefused = request.controls.some(({ oid }) => oid === assertion);
      exchange.done(isRefused ? 12 : 0);
      return true;
    },
  });
  const target = await Target.open(await openldap(), {
    through: fake,
    settings: { controlsOn: [assertion] },
    anchors: ['employeeNumber'],
    types: ['inetOrgPerson'],
  });
  const change = update(type, { dn: 'cn=x,dc=example', anchor: { employeeNumber: '7' } }, { description: 'y' });
  for (const _ of [1, 2]) expect(await target.one(change)).toMatchObject(success);
  const sent = fake.requests
    .filter(({ kind }) => kind === 'modify')
    .map(({ controls }) => controls.map(({ oid }) => oid));
  expect(sent).toEqual([[assertion], [], []]);
});
