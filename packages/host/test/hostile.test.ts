import { stat } from 'node:fs/promises';
import { request } from 'node:https';
import { connect } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { homeAt } from '@joinery/host';
import { type Logger, ManualClock, silentLogger } from '@joinery/runtime';
import { expect, test, vi } from 'vitest';
import { URN } from './support/caller.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { caller, csv, person, TestHome, TOKEN } from './support/home.ts';
import { metric, readMetrics } from './support/metrics.ts';
import { head, RawConnection } from './support/raw-connection.ts';
import { until } from './support/until.ts';

/** The status of a request whose path goes over the wire as it is, which `fetch` would tidy up. */
function raw(
  url: string,
  ca: string,
  path: string,
  body?: string,
  method = 'GET',
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  const headers = {
    authorization: `Bearer ${TOKEN}`,
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, ca, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

test('no spelling of a path leads out of a connector or into another one', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const host = await home.start();
  for (const path of [
    '/ecma2host_..%2FCSV/scim/Users',
    '/ecma2host_../CSV/scim/Users',
    '/ecma2host_CSV%00/scim/Users',
    '/ecma2host_CSV%2F..%2FCSV/scim/Users',
    '/ecma2host_./scim/Users',
    '/ecma2host_../scim/Users',
    '/ecma2host_ＣＳＶ/scim/Users'.replace(/[^ -~]/g, (wide) => encodeURIComponent(wide)),
    '/ecma2host_CSV/scim/../../healthz',
    '/ecma2host_CSV/scim/..%2F..%2Fhealthz',
    '/ecma2host_CSV/scim/Users/..%2F..%2Fcache',
    '/ecma2host___proto__/scim/Users',
    '/ecma2host_constructor/scim/Users',
    '//ecma2host_CSV/scim/Users',
    'https://elsewhere.example/ecma2host_CSV/scim/Users',
  ]) {
    const answer = await raw(host.url, host.certificate, path);
    expect([path, answer.status]).toEqual([path, 404]);
    expect(JSON.parse(answer.text).schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
  }
});

test.each([
  ['a prototype key', `{"schemas":["${URN}"],"__proto__":{"x":1},"${URN}":{"id":"a"}}`, 400],
  ['a prototype key among the attributes', `{"schemas":["${URN}"],"${URN}":{"id":"a","__proto__":{"title":"x"}}}`, 400],
  ['a key twice', `{"schemas":["${URN}"],"${URN}":{"id":"a","id":"b"}}`, 400],
  ['U+0000 in a value', `{"schemas":["${URN}"],"${URN}":{"id":"a\\u0000"}}`, 400],
  ['half a surrogate pair', `{"schemas":["${URN}"],"${URN}":{"id":"a\\ud800"}}`, 400],
  ['no JSON', '{"schemas":', 400],
  ['a list', '[]', 400],
  ['brackets without end', '['.repeat(100_000), 400],
  ['more than a request may hold', JSON.stringify({ [URN]: { id: 'x'.repeat(1_100_000) } }), 413],
])('a body with %s is refused and reaches no target', async (_, body, status) => {
  const { target, host } = await fixtureHost();
  const answer = await raw(host.url, host.certificate, '/ecma2host_fixture/scim/Users', body, 'POST');
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(`"status":"${status}"`);
  expect(target.batches).toEqual([]);
});

test('TLS 1.1 is refused', async () => {
  const home = await TestHome.create();
  const host = await home.start();
  const { hostname, port } = new URL(host.url);
  const error = await new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname,
      port: Number(port),
      ca: host.certificate,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    socket.once('error', resolve);
    socket.once('secureConnect', () => reject(new Error(`connected with ${socket.getProtocol()}`)));
  });
  expect(error).toBeInstanceOf(Error);
});

test('H-28 an anchor of hundreds of characters, an emoji and one with leading zeros are found by their ids', async () => {
  const home = await TestHome.create();
  const anchors = ['x'.repeat(3_000), '😀'.repeat(200), '007', '7', ' 7', '9007199254740993', '"quoted"', "'", '\\'];
  const quoted = (anchor: string): string => `"${anchor.replaceAll('"', '""')}"`;
  await home.write(csv(...anchors.map((anchor, index) => `${quoted(anchor)};True;P;${index};;u${index};`)));
  const { scim } = await home.call();
  for (const [index, anchor] of anchors.entries()) {
    const listed = (await scim.find(`UserName eq "u${index}"`)).body.Resources[0];
    const read = await scim.get(`/Users/${listed.id}`);
    expect([anchor.slice(0, 20), read.status]).toEqual([anchor.slice(0, 20), 200]);
    expect(read.body[URN].AzureObjectID).toBe(anchor);
    expect((await scim.set(listed.id, 'Title', 'changed')).status).toBe(200);
    expect((await scim.delete(listed.id)).status).toBe(204);
  }
});

test.runIf(process.platform !== 'win32')('nothing in the home folder can be read by other accounts', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  await home.start();
  const { space, certificates, connectors, vault, connectorFile, spaceFile, connectorFolder } = homeAt(home.folder);
  const rights = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
  for (const folder of [space, certificates, connectors, connectorFolder('CSV')])
    expect([folder, await rights(folder)]).toEqual([folder, '700']);
  const files = [vault, connectorFile('CSV'), spaceFile('CSV'), `${spaceFile('CSV')}-wal`, `${certificates}/host.key`];
  for (const file of files) expect([file, await rights(file)]).toEqual([file, '600']);
});

test('writes that were taken before an import go first where the target takes none meanwhile, and nobody hangs', async () => {
  const { target, host, scim } = await fixtureHost({ traits: { exportDuringImport: false, batchSize: 1 } });
  const put = gate();
  const page = gate();
  target.onPut = () => put.opened;
  target.onImportPage = () => page.opened;
  const writes = [scim.create({ id: 'a' })];
  await vi.waitFor(() => expect(target.batches).toHaveLength(1));
  writes.push(scim.create({ id: 'b' }));
  await vi.waitFor(() => expect(host.connectors[0]?.waitingWrites).toBe(1));
  const imported = host.run('fixture', 'full');
  expect((await scim.create({ id: 'c' })).status).toBe(503);
  put.open();
  expect((await Promise.all(writes)).map(({ status }) => status)).toEqual([201, 201]);
  page.open();
  expect((await imported).outcome).toBe('finished');
});

test('a connector whose writer thread ends is started again, and knows which write was on its way', async () => {
  const clock = new ManualClock(Date.now());
  const posted = vi.spyOn(Worker.prototype, 'postMessage');
  const { target, host, scim } = await fixtureHost({}, {}, { clock });
  const writers = new Set(posted.mock.contexts);
  posted.mockRestore();
  target.afterPut = async () => {
    for (const writer of writers) if (writer instanceof Worker) await writer.terminate();
  };
  const lost = scim.create({ id: 'a', userName: 'ann' });
  expect((await lost).status).toBe(503);
  target.afterPut = () => {};
  await vi.waitFor(async () => {
    clock.advance(1_000);
    expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(1);
  });
  expect(host.connectors[0]).toMatchObject({ state: 'serving', problem: undefined });
  expect((await scim.create({ id: 'b' })).status).toBe(201);
  expect(target.batches.flat()).toHaveLength(2);
  expect((await caller(host, 'fixture').get('/Users?count=0')).body.totalResults).toBe(2);
});

test('a caller that goes away while it sends its body is no fault of the host: nothing is logged', async () => {
  const faults: unknown[] = [];
  const logger: Logger = {
    ...silentLogger,
    warn: (fields) => void faults.push(fields),
    error: (fields) => void faults.push(fields),
    child: () => logger,
  };
  const home = await TestHome.create({ logger });
  await home.write(csv(person(1)));
  const { host, scim } = await home.call();
  // A token that was seen before is let in at once, so that the body is being read when the caller goes.
  expect((await scim.get('/Users')).status).toBe(200);
  const connection = await RawConnection.open(host);
  const line = 'joinery_requests_total{connector="CSV",method="POST",status="aborted"}';
  connection.socket.write(
    `${head('POST', '/Users')}content-type: application/json\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n`,
  );
  await connection.until('100 Continue');
  connection.socket.write('{');
  connection.socket.destroy();
  await until(async () => expect(metric((await readMetrics(host)).text, line)).toBe(1));
  expect(faults).toEqual([]);
});
