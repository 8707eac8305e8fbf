import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SpaceRow } from '../src/space/row.ts';
import { temporaryFolder } from './support/home.ts';
import { openSpace, plainRow, title } from './support/space.ts';

function row(id: string, value: string): SpaceRow {
  return plainRow(id, { title: value });
}

test('a read finds what the writer has just answered, however often both take turns', async () => {
  const space = await openSpace(join(await temporaryFolder(), 'x.sqlite'));
  for (let round = 0; round < 200; round += 1) {
    expect(space.findByValue('User', title.name, `title ${round}`)).toEqual([]);
    const confirmations = [{ identifier: '', row: row('somebody', `Title ${round}`) }];
    const writing = space.writer.call('confirm', { confirmations, now: round });
    // While the writer works a read is answered too, by what there was or by what there is.
    expect(space.count()).toBeLessThanOrEqual(1);
    await writing;
    expect(space.count()).toBe(1);
    expect(space.findByValue('User', title.name, `title ${round}`)).toHaveLength(1);
    expect(space.get('somebody')?.json).toContain(`Title ${round}`);
  }
});

test('reads between the writes do not keep the log of the file from being written back', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const space = await openSpace(path);
  for (let round = 0; round < 300; round += 1) {
    const confirmations = Array.from({ length: 100 }, (_, n) => ({
      identifier: '',
      row: row(`id-${n}`, `Title ${round} ${n}`),
    }));
    await space.writer.call('confirm', { confirmations, now: round });
    expect(space.get('id-7')?.json).toContain(`Title ${round} 7`);
  }
  // SQLite writes the log back from 1,000 pages of 4 KiB on.
  expect(statSync(`${path}-wal`).size).toBeLessThan(16 * 1_048_576);
}, 20_000);
