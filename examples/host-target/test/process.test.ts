import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Agent, fetch } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ProgramRun, runProgram } from '../../../testing/program-run.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

const run = (...words: readonly string[]): Promise<ProgramRun> => runProgram(main, words);

/** Asks over TLS that trusts the certificate of the line and nothing else. */
async function trusting(certificate: string, token: string) {
  const dispatcher = new Agent({ connect: { ca: await readFile(certificate, 'utf8') } });
  onTestFinished(() => dispatcher.close());
  return async (url: string): Promise<{ status: number; body: ReturnType<typeof JSON.parse> }> => {
    const answer = await fetch(url, { dispatcher, headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  };
}

describe('the program', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'says in one line where it serves whom, and leaves nothing behind after %s',
    async (signal) => {
      const target = await run('--objects', '2500');
      const line = JSON.parse(await target.firstLine());
      expect(Object.keys(line)).toEqual(['base', 'token', 'urn', 'anchor', 'sample', 'certificate']);
      const { base, token, urn, anchor, sample, certificate } = line;
      expect(new URL(base)).toMatchObject({ protocol: 'https:', hostname: '127.0.0.1' });
      const get = await trusting(certificate, token);
      expect(new Set(sample).size).toBe(10);
      for (const key of sample) {
        const byFilter = await get(`${base}/Users?filter=${encodeURIComponent(`${urn}:${anchor} eq "${key}"`)}`);
        expect(byFilter).toMatchObject({
          status: 200,
          body: { totalResults: 1, Resources: [{ [urn]: { [anchor]: key } }] },
        });
        const byId = await get(`${base}/Users/${byFilter.body.Resources[0].id}`);
        expect(byId).toMatchObject({ status: 200, body: { [urn]: { [anchor]: key } } });
      }
      expect((await get(`${base}/Users?count=1`)).body.totalResults).toBe(2500);
      expect((await (await trusting(certificate, 'not-the-token-it-printed'))(`${base}/Users`)).status).toBe(401);
      target.interrupt(signal);
      const { code, out, err } = await target.ended;
      expect([code, out.trim().split('\n').length]).toEqual([0, 1]);
      expect(err).toBe(`Its certificate is its own. Trust the file: curl --cacert ${certificate} …\n`);
      expect(await readdir(target.folder)).toEqual([]);
    },
  );

  test('offers what a configuration taken over from the original offers: one resource type, no bulk', async () => {
    const target = await run('--objects', '1');
    const { base, token, sample, certificate } = JSON.parse(await target.firstLine());
    const get = await trusting(certificate, token);
    expect(sample).toHaveLength(1);
    const types = (await get(`${base}/ResourceTypes`)).body.Resources;
    expect(types.map(({ endpoint }: { endpoint: string }) => endpoint)).toEqual(['/Users']);
    expect((await get(`${base}/ServiceProviderConfig`)).body.bulk.supported).toBe(false);
  });

  test('serves nobody where nobody is asked for', async () => {
    const target = await run('--objects', '0');
    const { base, token, sample, certificate } = JSON.parse(await target.firstLine());
    expect(sample).toEqual([]);
    expect((await (await trusting(certificate, token))(`${base}/Users`)).body.totalResults).toBe(0);
  });

  test('stops while it is still making people', async () => {
    const target = await run('--objects', '9000000');
    while ((await readdir(target.folder)).length === 0) await new Promise((resolve) => setImmediate(resolve));
    target.interrupt('SIGTERM');
    expect(await target.ended).toEqual({ code: 0, out: '', err: '' });
    expect(await readdir(target.folder)).toEqual([]);
  });

  test('says that a port is taken, and leaves nothing behind', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const target = await run('--objects', '10', '--port', port);
    const { code, out, err } = await target.ended;
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(new RegExp(`^RUNTIME_PORT_TAKEN: .*${port}.*\n$`));
    expect(await readdir(target.folder)).toEqual([]);
  });

  test('explains itself, and refuses what it does not understand with code 2', async () => {
    expect((await (await run('--help')).ended).out).toContain('npm run --silent host-target -- --objects');
    const wrong = [
      ['--objects', '-1'],
      ['--objects', '1e3'],
      ['--objects', '10000001'],
      ['--objects', ''],
      ['--port', '70000'],
      ['--host', '0.0.0.0'],
      ['x'],
    ];
    for (const words of wrong) {
      const { code, out, err } = await (await run(...words)).ended;
      expect([code, out], words.join(' ')).toEqual([2, '']);
      expect(err).toMatch(/^CLI_USAGE: .+\n$/);
    }
  });
});
