import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { Connector, ConnectorKind } from '@joinery/connector';
import type { Host, NewConnector } from '@joinery/host';
import { describe, expect, test, vi } from 'vitest';
import { URN } from './support/caller.ts';
import { FixtureTarget, fixtureConnector } from './support/fixture-connector.ts';
import { caller, csv, person, TestHome, type TestHomeOptions, TUTORIAL } from './support/home.ts';
import { rogueConnector, rogueFile } from './support/isolation/rogue-connector.ts';
import { metric, readMetrics } from './support/metrics.ts';

const never = new Promise<never>(() => {});

/** A host with the connector of the tutorial and one that goes wrong. */
async function beside(
  kind: ConnectorKind,
  file: NewConnector,
  overrides: TestHomeOptions['overrides'] = {},
): Promise<{ home: TestHome; start: () => Promise<Host> }> {
  const home = await TestHome.create({ kinds: [kind], connectors: [TUTORIAL, file], overrides });
  await home.write(csv(person(1)));
  return { home, start: () => home.start({ settled: false }) };
}

/** The good connector reads, writes and imports, as if it were alone. */
async function worksAsEver(host: Host, key = 'new'): Promise<void> {
  const scim = caller(host);
  await host.settled('CSV');
  expect((await scim.find('UserName eq "user1@contoso.example"')).body.totalResults).toBe(1);
  expect((await scim.create({ AzureObjectID: key, UserName: key })).status).toBe(201);
  expect((await scim.find(`UserName eq "${key}"`)).body.Resources[0][URN].AzureObjectID).toBe(key);
  expect((await host.run('CSV', 'full')).outcome).toBe('finished');
}

describe('H-70 of two connectors the one that goes wrong does not touch the other', () => {
  test('when its target hangs in every call, and the host still ends', async () => {
    const target = new FixtureTarget();
    target.onOpenImport = () => never;
    const { start } = await beside(target.kind, fixtureConnector(), { shutdownGrace: 0 });
    const host = await start();
    await worksAsEver(host);
    const bad = caller(host, 'fixture');
    expect((await bad.get('/Users')).status).toBe(503);
    await host.close();
  });

  test('when its target hangs while it is written to', async () => {
    const target = new FixtureTarget();
    const { start } = await beside(target.kind, fixtureConnector(), { shutdownGrace: 0, exportTimeout: 1 });
    const host = await start();
    await host.settled('fixture');
    target.onPut = () => never;
    target.onLookup = () => never;
    const hanging = caller(host, 'fixture').create({ id: 'a' });
    await vi.waitFor(() => expect(target.batches).toHaveLength(1));
    await worksAsEver(host);
    expect((await hanging).status).toBe(503);
    await host.close();
  });

  test('when every call throws at once', async () => {
    const fail = (): never => {
      throw new Error('thrown before any promise was made');
    };
    const kind: ConnectorKind = {
      kind: 'fixture',
      description: 'Throws.',
      parameters: [],
      create: (): Connector => ({
        traits: {
          distinguishedNameStyle: 'None',
          exportType: 'AttributeReplace',
          exportDuringImport: false,
          batchSize: 1,
          rename: false,
          exportPasswordInFirstPass: false,
        },
        test: fail,
        schema: fail,
        fullImport: fail,
        deltaImport: fail,
        export: fail,
        lookup: fail,
        [Symbol.asyncDispose]: fail,
      }),
    };
    const { start } = await beside(kind, fixtureConnector());
    const host = await start();
    await host.settled('fixture');
    await worksAsEver(host);
    expect((await caller(host, 'fixture').get('/Users')).body.detail).toContain('currently importing');
    await host.close();
  });

  test('when it cannot even be made', async () => {
    const kind: ConnectorKind = {
      ...rogueConnector,
      create: () => {
        throw new Error('the driver is not installed');
      },
    };
    const { start } = await beside(kind, rogueFile(undefined));
    const host = await start();
    expect(host.connectors).toMatchObject([{ name: 'CSV' }, { name: 'Rogue', state: 'failed' }]);
    await worksAsEver(host);
  });
});

describe.each(['worker', 'process'] as const)('H-70 a connector in a %s', (runIn) => {
  test('that computes without end keeps nobody waiting but its own caller', async () => {
    const { home, start } = await beside(rogueConnector, rogueFile({ runIn, heapMegabytes: 64 }));
    const host = await start();
    await host.settled('Rogue');
    let answered = false;
    const slow = caller(host, 'Rogue')
      .create({ id: 'a', title: 'burn' })
      .finally(() => {
        answered = true;
      });
    await vi.waitFor(() => expect(existsSync(home.file('Rogue', 'burning'))).toBe(true));
    const scim = caller(host);
    for (let round = 0; round < 50; round++) expect((await scim.get('/Users?count=1')).status).toBe(200);
    await worksAsEver(host);
    expect(answered).toBe(false);
    writeFileSync(home.file('Rogue', 'enough'), '');
    expect((await slow).status).toBe(201);
  });

  test.each(['exit', 'leak'])('that does "%s" costs the write on its way, and goes on with the next', async (what) => {
    const { start } = await beside(rogueConnector, rogueFile({ runIn, heapMegabytes: 64 }));
    const host = await start();
    await host.settled('Rogue');
    const scim = caller(host, 'Rogue');
    const [lost] = await Promise.all([scim.create({ id: 'a', title: what }), worksAsEver(host)]);
    expect(lost.status).toBe(503);
    await vi.waitFor(async () => expect((await scim.create({ id: 'b' })).status).toBe(201));
    expect((await scim.find('id eq "a"')).body.totalResults).toBe(0);
    await worksAsEver(host, 'after');
    expect(metric((await readMetrics(host)).text, 'joinery_connector_ended_total{connector="Rogue"}')).toBe(1);
  });

  test('that ends in the middle of an import fails it, keeps the content, and imports again', async () => {
    const { home, start } = await beside(rogueConnector, rogueFile({ runIn, heapMegabytes: 64 }));
    const host = await start();
    await host.settled('Rogue');
    const scim = caller(host, 'Rogue');
    expect((await scim.create({ id: 'a' })).status).toBe(201);
    writeFileSync(home.file('Rogue', 'crash'), '');
    expect(await host.run('Rogue', 'full')).toMatchObject({
      outcome: 'failed',
      problem: { code: 'HOST_CONNECTOR_ENDED', detail: expect.stringContaining('exited with code 7') },
    });
    expect((await scim.get('/Users')).body.totalResults).toBe(1);
    rmSync(home.file('Rogue', 'crash'));
    expect((await host.run('Rogue', 'full')).outcome).toBe('finished');
    expect((await scim.get('/Users')).body.totalResults).toBe(1);
    await worksAsEver(host);
  });

  test('is ended with the host, also while it hangs', async () => {
    const { start } = await beside(rogueConnector, rogueFile({ runIn, heapMegabytes: 64 }), {
      shutdownGrace: 0,
      exportTimeout: 1,
    });
    const host = await start();
    await host.settled('Rogue');
    const hanging = caller(host, 'Rogue').create({ id: 'a', title: 'hang' });
    await worksAsEver(host);
    expect((await hanging).status).toBe(503);
    await host.close();
  });
});
