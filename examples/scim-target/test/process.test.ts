import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type ProgramRun, runProgram } from '../../../testing/program-run.ts';
import { personId, storeNames } from '../src/index.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

const run = (...words: readonly string[]): Promise<ProgramRun> => runProgram(main, words);

describe('the program', () => {
  test.each(storeNames.filter((name) => name !== 'postgres'))(
    'serves %s, says where, and leaves nothing behind',
    async (store) => {
      const target = await run('--store', store, '--users', '250');
      const { base, token } = JSON.parse(await target.firstLine());
      expect(new URL(base).hostname).toBe('127.0.0.1');
      const get = async (path: string, bearer: string): Promise<{ status: number; body: Record<string, unknown> }> => {
        const answer = await fetch(base + path, { headers: { authorization: `Bearer ${bearer}` } });
        return { status: answer.status, body: JSON.parse(await answer.text()) };
      };
      expect((await get('/Users?count=1', token)).body).toMatchObject({ totalResults: 250 });
      expect((await get(`/Users/${personId(42)}`, token)).body).toMatchObject({
        userName: 'user00000042@contoso.example',
      });
      expect((await get('/Users', 'not-the-token-it-printed')).status).toBe(401);
      target.interrupt('SIGTERM');
      const { code, out, err } = await target.ended;
      expect([code, out.trim().split('\n').length, err]).toEqual([0, 1, '']);
      expect(await readdir(target.folder)).toEqual([]);
    },
  );

  test('stops while it is still making people', async () => {
    const target = await run('--store', 'sqlite', '--users', '9000000');
    while ((await readdir(target.folder)).length === 0) await new Promise((resolve) => setImmediate(resolve));
    target.interrupt('SIGTERM');
    expect(await target.ended).toEqual({ code: 0, out: '', err: '' });
    expect(await readdir(target.folder)).toEqual([]);
  });

  test('explains itself, and refuses what it does not understand with code 2', async () => {
    expect((await (await run('--help')).ended).out).toContain('npm run --silent scim-target -- --store');
    for (const words of [['--store', 'cobol'], ['--users', '-1'], ['--port', '70000'], ['--host', '0.0.0.0'], ['x']]) {
      const { code, out, err } = await (await run(...words)).ended;
      expect([code, out], words.join(' ')).toEqual([2, '']);
      expect(err).toMatch(/^CLI_USAGE: .+\n$/);
    }
  });
});
