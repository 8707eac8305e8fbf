import { open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SpaceRow } from '../src/space/row.ts';
import type { Space } from '../src/space/space.ts';
import { temporaryFolder } from './support/home.ts';
import { finishFull, openSpace, plainRow } from './support/space.ts';

const never = new AbortController().signal;

function row(id: string): SpaceRow {
  return plainRow(id, { title: `Title ${id}`, note: 'x'.repeat(500) });
}

const ids = Array.from({ length: 4_000 }, (_, index) => `id-${index}`);

async function fill(space: Space): Promise<void> {
  await space.openStaging();
  for (let at = 0; at < ids.length; at += 1000) {
    await space.stage({ rows: ids.slice(at, at + 1000).map(row), keep: [], now: 1 });
  }
  await finishFull(space);
}

/** Overwrites the second half of a file: the tables that imports fill. */
async function damage(path: string): Promise<void> {
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  const from = Math.floor(size / 2);
  await file.write(Buffer.alloc(size - from, 0x5a), 0, size - from, from);
  await file.close();
}

/** The ways in which damage is met, each until it is. */
const ways: Record<string, (space: Space) => unknown> = {
  'a read': (space) => ids.map((id) => space.get(id)),
  'a search': (space) => space.search({ type: 'User', descending: false, offset: 3_900, limit: 100 }, never),
  'a write': async (space) => {
    await space.writer.call('confirm', {
      confirmations: ids.slice(-500).map((id) => ({ identifier: '', row: row(id) })),
      now: 1,
    });
  },
};

test.each(Object.keys(ways))(
  'damage that %s meets ends in a new file, with what no import brings back',
  async (name) => {
    const folder = await temporaryFolder();
    const path = join(folder, 'x.sqlite');
    const before = await openSpace(path);
    const alias = { identity: 'new name', id: 'id-0' };
    await before.writer.call('importAliases', [alias]);
    await fill(before);
    await before.close();
    const space = await openSpace(path);
    expect(space.count()).toBe(ids.length);
    await damage(path);
    await expect((async () => ways[name]?.(space))()).rejects.toMatchObject({ code: 'HOST_SPACE_CORRUPT' });
    expect(await space.crash).toMatchObject({ code: 'HOST_SPACE_CORRUPT' });
    await space.close().catch((error: unknown) => expect(error).toMatchObject({ code: 'HOST_SPACE_CORRUPT' }));

    const after = await openSpace(path);
    expect(after.state.filled).toBe(false);
    expect(after.state.keptAside).toMatch(/x\.sqlite\.damaged-\d+$/);
    expect(after.count()).toBe(0);
    expect(after.idOf(alias.identity)).toBe(alias.id);
    await fill(after);
    expect(after.get('id-3999')).toBeDefined();
    await after.close();
    // The mark is gone: the new file is not kept aside again.
    expect((await openSpace(path)).state.keptAside).toBeUndefined();
    expect(
      (await readdir(folder)).filter((each) => each.includes('damaged') && !/-(wal|shm)$/.test(each)),
    ).toHaveLength(1);
  },
  20_000,
);

test('a file that is no database is kept aside and an empty space takes its place', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'x.sqlite');
  await writeFile(path, 'this is no database, however long one looks at it'.repeat(100));
  const space = await openSpace(path);
  expect(space.state.filled).toBe(false);
  expect(space.count()).toBe(0);
  expect((await readdir(folder)).some((name) => name.startsWith('x.sqlite.damaged-'))).toBe(true);
});
