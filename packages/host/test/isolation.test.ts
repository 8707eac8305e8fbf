import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isProblem } from '@joinery/problems';
import { describe, expect, test, vi } from 'vitest';
import { RoughSession, SECRET } from './support/isolation/rough-session.ts';

const signal = new AbortController().signal;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.each(['worker', 'process'] as const)('a connector in a %s', (runIn) => {
  test('has the traits and the members that it has, and values of every type pass', async () => {
    const { connector } = await RoughSession.start(runIn);
    expect(connector.traits).toEqual({
      distinguishedNameStyle: 'Ldap',
      exportType: 'AttributeUpdate',
      exportDuringImport: false,
      batchSize: 7,
      rename: true,
      exportPasswordInFirstPass: true,
    });
    expect([connector.fullImport, connector.export, connector.password?.change]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await connector.partitions?.(signal)).toEqual([{ identifier: 'p', dn: 'DC=x', name: 'x' }]);
    const parent = { dn: 'DC=x', displayName: 'x' };
    expect(await connector.hierarchy?.(parent, signal)).toEqual([{ dn: 'OU=a,DC=x', displayName: 'a' }]);
    const query = { schema: { types: [] }, objectType: 'user', attribute: 'what', value: 'Ærø 東京 😀' };
    const values = (await connector.lookup?.(query, signal))?.map((entry) => entry.anchorAttributes[0]?.value);
    expect(values?.slice(0, 2)).toEqual(['Ærø 東京 😀', 9007199254740993n]);
    expect(Buffer.from(values?.[2] instanceof Uint8Array ? values[2] : []).toString('hex')).toBe('00ff01');
    expect(values?.[3]).toBe(true);
  });

  test('gets its parameters and secrets, and passwords with their options', async () => {
    const session = await RoughSession.start(runIn);
    const { facts } = await session.connector.test(signal);
    expect(facts).toMatchObject({ flag: true, secret: SECRET, folder: '/its/folder' });
    expect(facts.pid === process.pid).toBe(runIn === 'worker');
    const forget = session.redactor.register('pass-w0rd!');
    const entry = {
      identifier: 'e',
      objectType: 'user',
      objectModificationType: 'Update',
      anchorAttributes: [],
      attributeChanges: [],
    } as const;
    await session.connector.password?.set(entry, 'pass-w0rd!', { forceChangeAtLogOn: true }, signal);
    forget();
    expect(session.log).toContain('set to [redacted]');
    expect(session.log).not.toContain('pass-w0rd!');
  });

  test('its problems arrive whole, and its other errors by name and text', async () => {
    const session = await RoughSession.start(runIn);
    await expect(session.do('problem')).rejects.toMatchObject({
      code: 'CONNECTOR_TARGET_UNAVAILABLE',
      detail: 'down',
      place: 'here',
      fix: 'wait',
      retryAfterSeconds: 7,
      cause: expect.stringContaining('underneath'),
    });
    await expect(session.do('problem')).rejects.toSatisfy((error: unknown) => isProblem(error));
    await expect(session.do('error')).rejects.toMatchObject({
      name: 'TypeError',
      message: `driver said no to ${SECRET}`,
    });
    await expect(session.do('function')).rejects.toThrow(/could not be cloned/);
    expect(await session.do('fine')).toHaveLength(4);
  });

  test('its lines arrive in the log, what it prints too, and none with a secret', async () => {
    const session = await RoughSession.start(runIn);
    await session.do('log');
    await session.do('print');
    await vi.waitFor(() => expect(session.log).toContain('printed [redacted]'));
    const line = session.log.split('\n').find((each) => each.includes('a line'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      level: 'warn',
      child: 1,
      secret: '[redacted]',
      deep: { text: 'with [redacted]' },
    });
    expect(session.log).not.toContain(SECRET);
  });

  test('what it sends over the channel itself, that is no message, touches nothing', async () => {
    const session = await RoughSession.start(runIn);
    expect(await session.do('send junk')).toEqual([]);
    expect(await session.do('fine')).toHaveLength(4);
  });

  test('one that logs in a circle fills no log', async () => {
    const session = await RoughSession.start(runIn);
    await session.do('log in a circle');
    expect(session.log.split('\n').length).toBeLessThan(5_000);
  });

  test.each([
    ['exit', /exited with code 3/],
    ['throw later', /exception that nobody caught|exited with code 1/],
    ['leak', /needed more than its 64 MB of heap/],
  ])('one that does "%s" costs the calls on their way, and the next one starts it again', async (what, how) => {
    const session = await RoughSession.start(runIn);
    const others = session.do('hang');
    const lost = session.do(what);
    await expect(lost).rejects.toMatchObject({ code: 'HOST_CONNECTOR_ENDED', detail: expect.stringMatching(how) });
    await expect(others).rejects.toMatchObject({ code: 'HOST_CONNECTOR_ENDED' });
    expect(await session.do('fine')).toHaveLength(4);
  });

  test('one that keeps ending is started with growing waits, and calls meanwhile are refused at once', async () => {
    const session = await RoughSession.start(runIn);
    await expect(session.do('exit')).rejects.toMatchObject({ code: 'HOST_CONNECTOR_ENDED' });
    for (const [seconds, deaths] of [
      [1, 2],
      [2, 3],
      [4, 4],
    ]) {
      await expect(session.do('exit')).rejects.toMatchObject({ detail: expect.stringContaining('code 3') });
      await expect(session.do('fine')).rejects.toMatchObject({
        detail: expect.stringContaining(`ended ${deaths} times`),
        retryAfterSeconds: seconds,
      });
      session.clock.advance((seconds ?? 0) * 1000);
    }
    expect(await session.do('fine')).toHaveLength(4);
    session.clock.advance(60_000);
    await expect(session.do('exit')).rejects.toMatchObject({ detail: expect.stringContaining('code 3') });
    expect(await session.do('fine')).toHaveLength(4);
  });

  test('a cancelled call that ends when told ends with the reason and costs nobody else', async () => {
    const session = await RoughSession.start(runIn);
    const cancel = new AbortController();
    const reason = new Error('enough');
    const call = session.do('end when told', cancel.signal);
    await session.connector.test(signal);
    cancel.abort(reason);
    await expect(call).rejects.toBe(reason);
    session.clock.advance(1_000);
    expect(await session.do('fine')).toHaveLength(4);
    expect(session.log).not.toContain('has ended');
  });

  test.each(['hang', 'burn'])('one that does "%s" past its deadline is ended after the grace', async (what) => {
    const session = await RoughSession.start(runIn);
    const { pid } = (await session.connector.test(signal)).facts;
    const cancel = new AbortController();
    const call = session.do(what, cancel.signal);
    await vi.waitFor(() => expect(session.log).toContain(`begun: ${what}`));
    cancel.abort(new Error('the deadline'));
    session.clock.advance(100);
    await expect(call).rejects.toMatchObject({ detail: expect.stringContaining('did not end its call lookup') });
    const { facts } = await session.connector.test(signal);
    expect(facts.pid === pid).toBe(runIn === 'worker');
  });

  test('one that cannot be made says why, and leaves nothing behind', async () => {
    await expect(RoughSession.start(runIn, { start: 'refuse' })).rejects.toMatchObject({
      code: 'CONNECTOR_CONFIGURATION_INVALID',
    });
    await expect(RoughSession.start(runIn, { start: 'exit' })).rejects.toMatchObject({
      code: 'HOST_CONNECTOR_ENDED',
      detail: expect.stringContaining('exited with code 9'),
    });
  });

  test('keeps a program alive while it is called or ended, and not otherwise', () => {
    const program = fileURLToPath(new URL('./support/isolation/one-call.ts', import.meta.url));
    const { status, stdout } = spawnSync(process.execPath, [program, runIn], { encoding: 'utf8', timeout: 20_000 });
    expect([status, stdout]).toEqual([0, 'opened\ncalled\nended\nopened again\n']);
  });

  test('is told when it is no longer needed, and takes no calls any more', async () => {
    const session = await RoughSession.start(runIn);
    await session.connector[Symbol.asyncDispose]();
    expect(session.log).toContain('disposed');
    await expect(session.do('fine')).rejects.toMatchObject({ code: 'HOST_STOPPING' });
  });
});

test.runIf(process.platform === 'linux')(
  'a secret of the vault stands neither in the arguments nor in the environment of a process',
  async () => {
    vi.stubEnv('JOINERY_VAULT_KEY', 'key-of-the-vault');
    vi.stubEnv('SOME_API_TOKEN', 'token-of-something');
    const session = await RoughSession.start('process');
    vi.unstubAllEnvs();
    const { pid } = (await session.connector.test(signal)).facts;
    for (const file of ['cmdline', 'environ']) {
      const text = await readFile(`/proc/${pid}/${file}`, 'utf8');
      expect(text).not.toBe('');
      for (const secret of [SECRET, 'key-of-the-vault', 'token-of-something']) expect(text).not.toContain(secret);
    }
  },
);

test.runIf(process.platform !== 'win32')(
  'a signal that a terminal or a service manager sends to all processes at once ends no connector before its host',
  async () => {
    const session = await RoughSession.start('process');
    const { pid } = (await session.connector.test(signal)).facts;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(Number(pid), name);
    expect(await session.do('fine')).toHaveLength(4);
    expect((await session.connector.test(signal)).facts.pid).toBe(pid);
  },
);

test('a connector’s process ends with a host that is killed, even while it computes', async () => {
  const program = fileURLToPath(new URL('./support/isolation/burning-host.ts', import.meta.url));
  const host = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pid] = await once(host.stdout.setEncoding('utf8'), 'data');
  expect(isAlive(Number(pid))).toBe(true);
  host.kill('SIGKILL');
  await vi.waitFor(() => expect(isAlive(Number(pid))).toBe(false), { timeout: 10_000 });
});
