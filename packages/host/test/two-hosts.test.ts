import { connectorRegistry } from '@joinery/connector';
import { csvConnector } from '@joinery/connector-csv';
import { checkHost, createConnectorFiles, hostSettings, importOnce } from '@joinery/host';
import { loadSettings, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { caller, csv, person, TestHome, TOKEN, TUTORIAL } from './support/home.ts';
import { Victim } from './support/victim.ts';

test('a second host on a folder is refused, whatever it wants there, and told which process works in it', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const victim = new Victim(home);
  const scim = await victim.connect();
  const pid = await victim.pid();
  await victim.untilSettled();
  const options = {
    home: home.folder,
    settings: loadSettings(hostSettings, { env: {} }),
    registry: connectorRegistry([csvConnector]),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
  };
  const signal = AbortSignal.timeout(10_000);
  const attempts: Readonly<Record<string, () => Promise<unknown>>> = {
    start: () => home.start(),
    check: () => checkHost(options, signal),
    import: () => importOnce({ ...options, connector: 'CSV' }, signal),
    configure: () => createConnectorFiles({ ...options, connector: TUTORIAL, token: TOKEN }),
  };
  for (const [what, attempt] of Object.entries(attempts)) {
    const refusal = await attempt().catch((error: unknown) => error);
    expect([what, refusal]).toMatchObject([what, { code: 'RUNTIME_FOLDER_IN_USE', place: home.folder }]);
    expect(String(refusal)).toContain(`The process ${pid} is working in this folder already`);
  }
  // The one that was first goes on as if nothing had been.
  expect((await scim.create({ AzureObjectID: 'a', UserName: 'ann' })).status).toBe(201);
});

test('after the first host was killed another one starts at once', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const victim = new Victim(home);
  const scim = await victim.connect();
  await victim.untilSettled();
  expect((await scim.create({ AzureObjectID: 'a', UserName: 'ann' })).status).toBe(201);
  victim.child.kill('SIGKILL');
  await victim.exited;
  const host = await home.start({ settled: false });
  expect((await caller(host).find('UserName eq "ann"')).body.totalResults).toBe(1);
});
