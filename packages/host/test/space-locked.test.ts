import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { temporaryFolder } from './support/home.ts';
import { abandon, finishFull, openSpace, plainRow } from './support/space.ts';

test('after a page that could not even be begun, because another process held the file, the next import brings what it read', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const space = await openSpace(path);
  // The second page is too large for the memory of the first, so that the writer has to learn of another one.
  const pages = ['small', 'x'.repeat(512 * 1024)].map((title, at) => [plainRow(`u${at}`, { title })]);
  for (const isLocked of [true, false]) {
    await space.openStaging();
    for (const [at, rows] of pages.entries()) {
      using other = new DatabaseSync(path);
      if (isLocked && at === 1) other.exec('BEGIN IMMEDIATE');
      const staged = space.stage({ rows, keep: [], now: 1 });
      if (isLocked && at === 1) await expect(staged).rejects.toThrow();
      else expect(await staged).toMatchObject({ adds: 1 });
    }
    if (isLocked) await abandon(space);
  }
  await finishFull(space);
  for (const [at, [row]] of pages.entries()) expect(space.get(`u${at}`)?.json).toContain(row?.body.slice(0, -1));
  expect(space.count()).toBe(2);
});
