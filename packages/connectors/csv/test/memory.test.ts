import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { siblingModule } from '@joinery/runtime';
import { expect, test } from 'vitest';

const program = fileURLToPath(siblingModule(import.meta.url, './memory-child'));

/** Peak memory of a process that imports, exports and imports the difference, in MiB. */
async function peak(rows: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'joinery-csv-memory-'));
  try {
    // The young generation is kept small, so that what is garbage does not count as growth.
    const words = ['--max-old-space-size=64', '--max-semi-space-size=8', program, folder, String(rows)];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    const report: unknown = JSON.parse(stdout);
    expect(report).toMatchObject({ full: rows, delta: 2 });
    if (typeof report !== 'object' || report === null || !('peak' in report))
      throw new Error('The child said nothing.');
    return Number(report.peak) / 1024;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('ten times the rows take no more memory, but for the bounded cache of what was seen', async () => {
  const [small, large] = [await peak(10_000), await peak(100_000)];
  // 100,000 rows are 9 MB of text and some 75 MB as objects. 32 MiB is SQLite's page cache, which the small file does not fill.
  expect(large - small).toBeLessThan(32 + 16);
}, 180_000);
