import { type LogFields, ManualClock, silentLogger } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../../../../testing/directories/exchange.ts';
import { startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { countBelow, whoAmI } from './operations.ts';
import { bindsEndWith, script } from './script.ts';
import { parts, settingsOf, simple } from './settings.ts';

const account = { dn: 'cn=connector', password: 'secret' };
const signal = AbortSignal.timeout(60_000);

test('L11 sixteen calls that are issued before the first connection is up use one socket, and all succeed', async () => {
  const server = await startFakeServer();
  await using directory = openDirectory(settingsOf(server), parts());
  const calls = Array.from({ length: 16 }, async () => whoAmI(await directory.shared('lookup', signal), signal));
  expect(await Promise.all(calls)).toHaveLength(16);
  expect(server.connections()).toBe(1);
  await directory.shared('password', signal);
  expect(server.connections()).toBe(2);
});

test('L11 one that gives up waiting does not take the connection from the others', async () => {
  const server = await startFakeServer();
  await using directory = openDirectory(settingsOf(server), parts());
  const impatient = new AbortController();
  const first = expect(directory.shared('lookup', impatient.signal)).rejects.toBe('no time');
  const second = directory.shared('lookup', signal);
  impatient.abort('no time');
  await first;
  expect(await whoAmI(await second, signal)).toBe('u:fake');
  expect(server.connections()).toBe(1);
});

test('one that gives up is not kept waiting for another one to prove the password', async () => {
  const server = await startFakeServer(script({ bind: () => {} }));
  await using directory = openDirectory(settingsOf(server, { bind: simple(account) }), parts());
  const patient = expect(directory.connect('import', signal)).rejects.toMatchObject({ code: 'LDAP_CONNECTION_LOST' });
  const impatient = new AbortController();
  const waiting = expect(directory.connect('lookup', impatient.signal)).rejects.toBe('no time');
  await expect.poll(() => server.requests.length).toBe(1);
  impatient.abort('no time');
  await waiting;
  expect(server.requests).toHaveLength(1);
  await directory[Symbol.asyncDispose]();
  await patient;
});

describe('L12 time-outs', () => {
  test('the connection time-out ends connecting to a server that does not answer', async () => {
    const server = await startFakeServer(script({ bind: () => {} }));
    const clock = new ManualClock();
    const settings = settingsOf(server, { connectionTimeoutMs: 5_000, operationTimeoutMs: 1_000 });
    await using directory = openDirectory(settings, parts({ clock }));
    const connecting = expect(directory.connect('lookup', signal)).rejects.toMatchObject({
      code: 'LDAP_SERVER_UNREACHABLE',
      detail: '127.0.0.1 did not answer within 5 seconds.',
    });
    await expect.poll(() => server.requests.length).toBe(1);
    clock.advance(5_000);
    await connecting;
  });

  test.each([
    ['lookup', 1_000],
    ['schema', 5_000],
  ] as const)('an operation for %s ends after %i ms without an answer', async (concern, ms) => {
    const server = await startFakeServer(script({ search: () => {} }));
    const clock = new ManualClock();
    const settings = settingsOf(server, { connectionTimeoutMs: 5_000, operationTimeoutMs: 1_000 });
    await using directory = openDirectory(settings, parts({ clock }));
    const connection = await directory.connect(concern, signal);
    const operation = expect(countBelow(connection, '', signal)).rejects.toMatchObject({
      code: 'LDAP_CONNECTION_LOST',
    });
    clock.advance(ms - 1);
    expect(connection.lost).toBe(false);
    clock.advance(1);
    expect(connection.lost).toBe(true);
    await operation;
  });

  test('a search whose entries keep coming is not cut off', async () => {
    const clock = new ManualClock();
    let left = 5;
    let asked: Exchange | undefined;
    const server = await startFakeServer(
      script({
        search: (exchange) => {
          asked = exchange;
          exchange.entry('cn=entry');
        },
      }),
    );
    await using directory = openDirectory(settingsOf(server, { operationTimeoutMs: 1_000 }), parts({ clock }));
    await using connection = await directory.connect('import', signal);
    const onEntry = (): void => {
      left -= 1;
      clock.advance(900);
      if (left > 0) asked?.entry('cn=entry');
      else asked?.done();
    };
    const filter = { kind: 'present', attribute: 'objectClass' } as const;
    const done = await connection.search({ base: '', scope: 'sub', filter, attributes: [] }, { onEntry }, signal);
    expect(done.code).toBe(0);
    expect(left).toBe(0);
  });
});

describe('several servers', () => {
  test('the first that can be used is used, and each failure is told', async () => {
    const closed = { host: '127.0.0.1', port: 1 };
    const busy = await startFakeServer(bindsEndWith(51));
    const noLdap = await startFakeServer(
      script({ bind: (exchange) => exchange.raw(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')) }),
    );
    const good = await startFakeServer();
    const warnings: LogFields[] = [];
    const logger = { ...silentLogger, warn: (fields: LogFields) => void warnings.push(fields) };
    await using directory = openDirectory(
      settingsOf(closed, { servers: [closed, busy, noLdap, good] }),
      parts({ logger }),
    );
    const connection = await directory.shared('lookup', signal);
    expect(connection.server).toMatchObject({ port: good.port });
    expect(warnings.map(({ code }) => code)).toEqual([
      'LDAP_SERVER_UNREACHABLE',
      'LDAP_SERVER_UNREACHABLE',
      'LDAP_PROTOCOL_INVALID',
    ]);
  });

  test('when none can be used, each says why', async () => {
    const closed = { host: '127.0.0.1', port: 1 };
    const busy = await startFakeServer(bindsEndWith(51));
    await using directory = openDirectory(settingsOf(closed, { servers: [closed, busy] }), parts());
    await expect(directory.connect('lookup', signal)).rejects.toMatchObject({
      code: 'LDAP_SERVER_UNREACHABLE',
      detail: expect.stringMatching(/127\.0\.0\.1:1: .*nothing answers.*result code 51/),
    });
  });

  test('killed while in use: the next takes over, and keeps all connections as long as one that is shared lives', async () => {
    const first = await startSlapd();
    const second = await startSlapd();
    const clock = new ManualClock();
    const settings = settingsOf(first, { servers: [first, second], bind: simple(first.admin) });
    await using directory = openDirectory(settings, parts({ clock }));
    const before = await directory.shared('export', signal);
    expect(before.server.host).toBe(first.host);
    await first.kill();
    await expect(whoAmI(before, signal)).rejects.toMatchObject({ code: 'LDAP_CONNECTION_LOST' });
    const after = await directory.shared('export', signal);
    expect(after.server.host).toBe(second.host);
    expect(await whoAmI(after, signal)).toBe(`dn:${first.admin.dn}`);
    await first.start();
    clock.advance(30_000);
    // What is asked of what was written there is asked there.
    expect((await directory.shared('password', signal)).server.host).toBe(second.host);
    const own = await directory.connect('import', signal);
    expect(own.server.host).toBe(second.host);
    await own[Symbol.asyncDispose]();
    await second.kill();
    await expect(whoAmI(after, signal)).rejects.toMatchObject({ code: 'LDAP_CONNECTION_LOST' });
    await expect.poll(async () => (await directory.shared('password', signal)).server.host).toBe(first.host);
    expect((await directory.shared('export', signal)).server.host).toBe(first.host);
  });

  test('killed: the first is asked again half a minute later', async () => {
    const [first, second] = [await startFakeServer({ connection: 'cut' }), await startFakeServer()];
    const clock = new ManualClock();
    await using directory = openDirectory(settingsOf(first, { servers: [first, second] }), parts({ clock }));
    const asked = async (): Promise<number> => {
      await using connection = await directory.connect('import', signal);
      expect(connection.server.port).toBe(second.port);
      return first.connections();
    };
    expect([await asked(), await asked()]).toEqual([1, 1]);
    clock.advance(30_000);
    expect(await asked()).toBe(2);
  });
});

test('once closed, no connection is made any more', async () => {
  const server = await startFakeServer();
  const directory = openDirectory(settingsOf(server), parts());
  const connection = await directory.shared('lookup', signal);
  await directory[Symbol.asyncDispose]();
  await expect(whoAmI(connection, signal)).rejects.toMatchObject({ code: 'LDAP_CONNECTION_LOST' });
  await expect(directory.shared('lookup', signal)).rejects.toMatchObject({ code: 'LDAP_CONNECTION_LOST' });
  expect(server.connections()).toBe(1);
  await expect.poll(() => server.requests.at(-1)?.kind).toBe('unbind');
});
