import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SpaceRow } from '../src/space/row.ts';
import { temporaryFolder } from './support/home.ts';
import { openSpace, plainRow, title } from './support/space.ts';

function row(id: string, value: string): SpaceRow {
  return plainRow(id, { title: value });
}

test('an index that is built on first use finds what was there and what comes while it is built', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const space = await openSpace(path, { indexed: [] });
  const rows = Array.from({ length: 2_500 }, (_, index) => row(`id-${index}`, `Title ${index}`));
  for (let at = 0; at < rows.length; at += 500) {
    const confirmations = rows.slice(at, at + 500).map((each) => ({ identifier: '', row: each }));
    await space.writer.call('confirm', { confirmations, now: 1 });
  }
  expect(space.findByValue('User', title.name, 'title 7')).toBeUndefined();
  const built = space.ensureIndex(title);
  await space.writer.call('confirm', {
    confirmations: [
      { identifier: '', row: row('late', 'Title late') },
      { identifier: '', remove: ['id-3'] },
    ],
    now: 1,
  });
  await built;
  for (const [key, id] of [
    ['title 7', 'id-7'],
    ['title 2499', 'id-2499'],
    ['title late', 'late'],
  ] as const) {
    expect(space.findByValue('User', title.name, key)?.map((each) => each.id)).toEqual([id]);
  }
  expect(space.findByValue('User', title.name, 'title 3')).toEqual([]);
});
