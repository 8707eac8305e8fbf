import { readFile } from 'node:fs/promises';
import { homeAt } from '@joinery/host';
import { createLogger, ManualClock, Redactor } from '@joinery/runtime';
import { expect, test, vi } from 'vitest';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { caller, csv, person, TestHome, TOKEN } from './support/home.ts';
import { metric, readMetrics } from './support/metrics.ts';

test('requests are counted by connector, method and class of their status, and their time is measured', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1), person(2)));
  const { host, scim } = await home.call();
  for (let n = 0; n < 3; n++) await scim.get('/Users?count=1');
  await scim.get('/Users/unknown');
  await scim.create({ AzureObjectID: 'new' });
  await caller(host, 'CSV', 'wrong-token-here').get('/Users');
  await caller(host, 'Nowhere').get('/Users');
  const { status, type, text } = await readMetrics(host);
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect(metric(text, 'joinery_requests_total{connector="CSV",method="GET",status="2xx"}')).toBe(3);
  expect(metric(text, 'joinery_requests_total{connector="CSV",method="GET",status="4xx"}')).toBe(2);
  expect(metric(text, 'joinery_requests_total{connector="CSV",method="POST",status="2xx"}')).toBe(1);
  expect(metric(text, 'joinery_request_duration_seconds_count{connector="CSV"}')).toBe(6);
  expect(metric(text, 'joinery_request_duration_seconds_bucket{connector="CSV",le="+Inf"}')).toBe(6);
  expect(text).not.toContain('Nowhere');
});

test('imports, exports and the state of each connector are told', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost({}, {}, { clock, prepare: (each) => each.put('a') });
  await scim.create({ id: 'b' });
  target.resultOf = () => 'ExportErrorInvalidAttributeValue';
  await scim.create({ id: 'c' });
  target.resultOf = () => undefined;
  const put = gate();
  target.onPut = () => put.opened;
  const writing = scim.create({ id: 'd' });
  await vi.waitFor(() => expect(target.batches).toHaveLength(3));
  const waiting = scim.create({ id: 'e' });
  await vi.waitFor(() => expect(host.connectors[0]?.waitingWrites).toBe(1));
  clock.advance(5_000);
  const during = (await readMetrics(host)).text;
  expect(metric(during, 'joinery_waiting_writes{connector="fixture"}')).toBe(1);
  expect(metric(during, 'joinery_exports_total{connector="fixture",outcome="done"}')).toBe(1);
  expect(metric(during, 'joinery_exports_total{connector="fixture",outcome="refused"}')).toBe(1);
  expect(metric(during, 'joinery_objects{connector="fixture"}')).toBe(2);
  expect(metric(during, 'joinery_last_import_age_seconds{connector="fixture"}')).toBe(5);
  put.open();
  await Promise.all([writing, waiting]);
  target.objects.clear();
  expect((await host.run('fixture', 'full')).outcome).toBe('heldBack');
  await host.setReadOnly('fixture', true);
  const after = (await readMetrics(host)).text;
  expect(metric(after, 'joinery_exports_total{connector="fixture",outcome="done"}')).toBe(3);
  expect(metric(after, 'joinery_imports_total{connector="fixture",kind="fullImport",outcome="finished"}')).toBe(1);
  expect(metric(after, 'joinery_imports_total{connector="fixture",kind="fullImport",outcome="heldBack"}')).toBe(1);
  expect(metric(after, 'joinery_import_duration_seconds_count{connector="fixture"}')).toBe(2);
  expect(metric(after, 'joinery_import_held_back{connector="fixture"}')).toBe(1);
  expect(metric(after, 'joinery_last_import_age_seconds{connector="fixture"}')).toBe(5);
  expect(metric(after, 'joinery_read_only{connector="fixture"}')).toBe(1);
  expect(metric(after, 'joinery_connector_serving{connector="fixture"}')).toBe(1);
  expect(metric(after, 'joinery_certificate_days_left')).toBeGreaterThan(700);
  expect(metric(after, 'process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  expect(metric(after, 'joinery_event_loop_lag_seconds{quantile="1"}')).toBeGreaterThanOrEqual(0);
});

test('a write whose outcome nobody knows is counted as one, and shows until it is decided', async () => {
  const { target, host, scim } = await fixtureHost({ without: ['lookup', 'fullImport'] });
  target.onPut = () => {
    throw new Error('the connection broke');
  };
  expect((await scim.create({ id: 'a' })).status).toBe(503);
  const { text } = await readMetrics(host);
  expect(metric(text, 'joinery_exports_total{connector="fixture",outcome="inDoubt"}')).toBe(1);
  expect(metric(text, 'joinery_writes_in_doubt{connector="fixture"}')).toBe(1);
});

test('a connector that computes in the host’s thread is named, in the metrics and in the log', async () => {
  const lines: string[] = [];
  const redactor = new Redactor();
  const clock = new ManualClock(Date.now());
  const logger = createLogger({ stream: { write: (line) => lines.push(line) }, level: 'warn', clock, redactor });
  const { target, host, scim } = await fixtureHost({}, {}, { logger, redactor });
  target.onPut = () => {
    const end = performance.now() + 300;
    while (performance.now() < end);
  };
  await scim.create({ id: 'a' });
  const { text } = await readMetrics(host);
  expect(metric(text, 'joinery_connector_blocking_seconds_sum{connector="fixture"}')).toBeGreaterThan(0.29);
  const slow = lines.map((line) => JSON.parse(line)).find(({ member }) => member === 'putEntries');
  expect(slow).toMatchObject({ connector: 'fixture', level: 'warn' });
});

test('a connector is suspected where the thread stood still while its call was on its way', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost({}, {}, { clock });
  target.onPut = async () => {
    // What comes after a wait is no part of the call as the host sees it.
    for (let turn = 0; turn < 3; turn++) {
      await new Promise(setImmediate);
      const end = performance.now() + 200;
      while (performance.now() < end);
    }
  };
  await scim.create({ id: 'a' });
  clock.advance(1_000);
  const during = (await readMetrics(host)).text;
  expect(metric(during, 'joinery_connector_stall_seconds_count{connector="fixture"}')).toBe(1);
  expect(metric(during, 'joinery_connector_stall_seconds_sum{connector="fixture"}')).toBeGreaterThan(0.15);
  const end = performance.now() + 200;
  while (performance.now() < end);
  await new Promise(setImmediate);
  clock.advance(1_000);
  const { text } = await readMetrics(host);
  expect(metric(text, 'joinery_connector_stall_seconds_count{connector="fixture"}')).toBe(1);
});

test('metrics name connectors and fixed words: no object, person, value, token or secret', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const { host, scim } = await home.call();
  await scim.find('UserName eq "user1@contoso.example"');
  await scim.create({ AzureObjectID: 'somebody', DisplayName: 'Some Body' });
  await scim.get('/Users/c29tZWJvZHk');
  const { text } = await readMetrics(host);
  for (const word of ['somebody', 'Some Body', 'user1', 'id-1', TOKEN, 'c29tZWJvZHk', '127.0.0.1'])
    expect(text).not.toContain(word);
  const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, name]) => name));
  expect([...labels].toSorted()).toEqual(
    ['connector', 'kind', 'le', 'limit', 'method', 'outcome', 'quantile', 'status'].toSorted(),
  );
});

test('metrics are read from this machine without a token; what a proxy brings from elsewhere needs that of the management', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const host = await home.start();
  expect((await readMetrics(host)).status).toBe(200);
  expect((await readMetrics(host, {}, 'POST')).status).toBe(405);
  const { token } = JSON.parse(await readFile(homeAt(home.folder).manage, 'utf8'));
  for (const name of ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']) {
    const elsewhere = { [name]: '192.0.2.7' };
    const refused = await readMetrics(host, elsewhere);
    expect([refused.status, refused.text.includes('joinery_')]).toEqual([401, false]);
    expect((await readMetrics(host, { ...elsewhere, authorization: `Bearer ${TOKEN}` })).status).toBe(401);
    expect((await readMetrics(host, { ...elsewhere, authorization: `Bearer ${token}` })).status).toBe(200);
  }
});

test('two hosts in one process count for themselves', async () => {
  const [one, other] = [await fixtureHost(), await fixtureHost()];
  await one.scim.get('/Users');
  const line = 'joinery_requests_total{connector="fixture",method="GET",status="2xx"}';
  expect(metric((await readMetrics(one.host)).text, line)).toBe(1);
  expect(metric((await readMetrics(other.host)).text, line)).toBeUndefined();
});

test('the page about monitoring names every metric, and no other', async () => {
  const { host } = await fixtureHost();
  const page = await readFile(new URL('../../../docs/monitoring.md', import.meta.url), 'utf8');
  const { text } = await readMetrics(host);
  const told = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
  const named = [...page.matchAll(/^\|.*$/gm)]
    .flatMap(([row]) => [...(row.split(' | ')[0] ?? '').matchAll(/`([a-z]+_[a-z_]+)`/g)])
    .map(([, name]) => name);
  expect(named.toSorted()).toEqual(told.toSorted());
});
