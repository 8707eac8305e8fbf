import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { temporaryRoot } from '../../../testing/temporary-root.ts';
import { accountsIn, runDemoProcess } from './run-demo.ts';

/** The first fail-point behind the demo's preparations: everybody is assigned, nobody is provisioned. */
const prepared = 'engine.intents.before';

/**
 * Prepares one demo up to its first write, once for a file of tests.
 * @returns copies that demo for one test: what comes before is the same for all of them and takes half of the time
 */
export function preparedDemo(): () => Promise<string> {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(temporaryRoot(), 'joinery-demo-'));
    await killedAt(prepared, join(root, 'demo'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));
  return async () => {
    const folder = join(await temporaryFolder(), 'demo');
    // A thousand small files of the embedded database: in one go they take half as long as one await each.
    cpSync(join(root, 'demo'), folder, { recursive: true });
    return folder;
  };
}

/** Runs the demo until it is killed at the fail-point. */
export async function killedAt(point: string, folder: string): Promise<void> {
  const run = await runDemoProcess({ words: ['--home', folder, '--json'], env: { JOINERY_FAIL_POINT: point } });
  expect({ code: run.code, signal: run.signal, stderr: run.stderr }).toEqual({
    code: null,
    signal: 'SIGKILL',
    stderr: '',
  });
}

/** Runs the demo again and checks that it ends with one account per person, as if nothing had happened. */
export async function expectRightEnd(folder: string): Promise<void> {
  const { code, stdout, stderr } = await runDemoProcess({ words: ['--home', folder, '--json'] });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const accounts = await accountsIn(folder);
  expect(new Set(accounts).size).toBe(accounts.length);
  expect(accounts).toHaveLength(25);
  expect(accounts).toContain('lukasz.zolc@contoso.example False');
  expect(accounts).toContain('noa.levi@contoso.example False');
  expect(accounts.some((account) => account.startsWith('null@'))).toBe(false);
  expect(stdout).toContain('A cycle with nothing changed (incremental): nothing to do, nothing written.');
}
