import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { lockFolder } from '../src/index.ts';
import { startChild } from './child.ts';
import { expectProblem } from './expect-problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('the lock of a folder', () => {
  test('a folder that another process holds is refused, naming the folder and the process', async () => {
    const folder = temporaryFolder();
    const holder = startChild('hold-folder', [folder]);
    await holder.said('held');
    const found = await expectProblem('RUNTIME_FOLDER_IN_USE', () => lockFolder(folder));
    expect(found.place).toBe(folder);
    expect(found.detail).toContain(`The process ${holder.process.pid}`);
  });

  test('the system gives the lock back when the holder is killed', async () => {
    const folder = temporaryFolder();
    const holder = startChild('hold-folder', [folder]);
    await holder.said('held');
    holder.process.kill('SIGKILL');
    expect((await holder.ended).signal).toBe('SIGKILL');
    lockFolder(folder).release();
  });

  test.skipIf(process.platform === 'win32')(
    'nobody else may open the lock file, though the folder is open to all',
    () => {
      const folder = temporaryFolder();
      chmodSync(folder, 0o755);
      const file = join(folder, '.joinery-lock');
      lockFolder(folder).release();
      expect(statSync(file).mode & 0o007).toBe(0);
      chmodSync(file, 0o644);
      lockFolder(folder).release();
      expect(statSync(file).mode & 0o007).toBe(0);
    },
  );

  test('a second process is refused while this one holds it, also after a refused attempt here', async () => {
    const folder = temporaryFolder();
    const lock = lockFolder(folder);
    await expectProblem('RUNTIME_FOLDER_IN_USE', () => lockFolder(folder));
    const { code, output } = await startChild('hold-folder', [folder]).ended;
    expect(code).toBe(1);
    expect(output).toContain('RUNTIME_FOLDER_IN_USE');
    lock.release();
    lock.release();
    lockFolder(folder).release();
  });

  test('another thread of this process is refused, and its end does not give the lock away', async () => {
    const folder = temporaryFolder();
    const lock = lockFolder(folder);
    const thread = new Worker(new URL('./children/hold-folder.ts', import.meta.url), { argv: [folder], stdin: true });
    const fault = await new Promise((resolve) => thread.once('error', resolve));
    expect(String(fault)).toContain('This process itself');
    expect((await startChild('hold-folder', [folder]).ended).output).toContain('RUNTIME_FOLDER_IN_USE');
    lock.release();
  });

  test('a folder that does not exist is made for this account alone', () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    const lock = lockFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(existsSync(join(folder, '.joinery-lock.pid'))).toBe(true);
    lock.release();
    expect(existsSync(join(folder, '.joinery-lock.pid'))).toBe(false);
  });

  test('a file in place of the folder or of the lock is a clear error', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    await expectProblem('RUNTIME_FILE_UNWRITABLE', () => lockFolder(join(folder, 'file', 'below')));
    mkdirSync(join(folder, '.joinery-lock'));
    await expectProblem('RUNTIME_FILE_UNWRITABLE', () => lockFolder(folder));
  });
});
