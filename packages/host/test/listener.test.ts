import { cp } from 'node:fs/promises';
import { homeAt, hostSettings } from '@joinery/host';
import { type Logger, loadSettings, silentLogger } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { ScimCaller } from './support/caller.ts';
import { caller, csv, person, TestHome, TUTORIAL } from './support/home.ts';

test('H-1 the port is 8585 and the address loopback unless settings say otherwise', () => {
  const settings = loadSettings(hostSettings, { env: {} });
  expect(settings).toMatchObject({ port: 8585, address: '127.0.0.1' });
});

test('H-2 a host listens on its configured port, and a taken port is an error', async () => {
  const first = await TestHome.create();
  const host = await first.start();
  const { port } = new URL(host.url);
  const second = await TestHome.create({ overrides: { port: Number(port) } });
  await expect(second.start()).rejects.toMatchObject({ code: 'RUNTIME_PORT_TAKEN' });
  await host.close();
  expect(new URL((await second.start()).url).port).toBe(port);
});

test('H-5 H-6 H-11 only the right bearer token is let in', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const { host, scim } = await home.call();
  expect((await scim.get('/Users')).status).toBe(200);
  for (const token of [null, 'secret:;<=>?@`tokem', '', 'x']) {
    for (const path of ['/Users', '/Users/x', '/Schemas', '/cache', '/nowhere']) {
      const refused = await caller(host, 'CSV', token).get(path);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="CSV"');
      expect(refused.body).toMatchObject({ status: '401', schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'] });
    }
  }
});

test('H-7 the token of one connector is refused by another', async () => {
  const home = await TestHome.create();
  await home.configure({ ...TUTORIAL, name: 'Other' }, 'another-token');
  await home.write(csv(person(1)));
  await home.write(csv(person(1)), 'Other');
  const host = await home.start();
  expect((await caller(host, 'Other').get('/Users')).status).toBe(401);
  expect((await caller(host, 'Other', 'another-token').get('/Users')).status).toBe(200);
});

test('H-8 H-9 H-10 the name has case, the fixed parts have none, and nothing is served elsewhere', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const { host, scim } = await home.call();
  expect((await scim.get(`${host.url}/ecma2host_csv/scim/Users`)).status).toBe(404);
  for (const path of ['/ecma2host_CSV/scim/users', '/ECMA2HOST_CSV/SCIM/Users/', '/Ecma2Host_CSV/Scim/USERS?count=1']) {
    const answer = await scim.get(host.url + path);
    expect(answer.status, path).toBe(200);
    expect(answer.body.totalResults).toBe(1);
  }
  expect((await scim.get(`${host.url}/ecma2host_CSV/scim/schemas`)).body.totalResults).toBeGreaterThan(0);
  expect((await scim.get(`${host.url}/ecma2host_CSV/scim/Cache/`)).text).toContain('id-1');
  for (const path of [
    '/ecma2host_CSV',
    '/ecma2host_CSV/Users',
    '/scim/Users',
    '/',
    '/ecma2host_CSV/scimX',
    '/ecma2host_C%53V/scim/Users',
  ]) {
    const answer = await scim.get(host.url + path);
    expect(answer.status, path).toBe(404);
    expect(answer.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
  }
});

test('/healthz says without a token which connectors serve', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const host = await home.start();
  const anybody = new ScimCaller(host.url, host.certificate, undefined);
  expect((await anybody.get('/healthz')).body).toEqual({ status: 'ok', connectors: { CSV: 'serving' } });
  const posted = await anybody.request('POST', `${host.url}/healthz`, {});
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  await anybody.close();
});

test('a caller that does not trust the certificate gets no connection', async () => {
  const home = await TestHome.create();
  const host = await home.start();
  const stranger = await TestHome.create();
  const other = await stranger.start();
  const wrong = new ScimCaller(host.urlOf('CSV'), other.certificate, undefined);
  await expect(wrong.get('/Users')).rejects.toThrow();
  await wrong.close();
});

test('a name by which callers reach the host and which its certificate does not have is told at the start', async () => {
  const told: unknown[] = [];
  const logger: Logger = { ...silentLogger, warn: ({ error }) => told.push(error), child: () => silentLogger };
  const home = await TestHome.create({ logger, overrides: { names: 'host1.contoso.example' } });
  const host = await home.start();
  expect(told).toEqual([]);
  await host.close();
  const renamed = await TestHome.create({
    logger,
    overrides: { names: 'host1.contoso.example,host2.contoso.example' },
  });
  await cp(homeAt(home.folder).certificates, homeAt(renamed.folder).certificates, { recursive: true });
  await renamed.start();
  expect(told).toMatchObject([{ code: 'RUNTIME_CERTIFICATE_NAME' }]);
  expect(String(told[0])).toContain('host2.contoso.example');
});

test('one home folder serves one host at a time', async () => {
  const home = await TestHome.create();
  const host = await home.start();
  await expect(home.start()).rejects.toMatchObject({ code: 'RUNTIME_FOLDER_IN_USE' });
  await host.close();
  await home.start();
});
