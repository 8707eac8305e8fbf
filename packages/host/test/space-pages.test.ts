import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { SpaceRow } from '../src/space/row.ts';
import type { Space } from '../src/space/space.ts';
import { temporaryFolder } from './support/home.ts';
import { finishFull, openSpace, plainRow } from './support/space.ts';

const never = new AbortController().signal;

function row(type: string, id: string): SpaceRow {
  return plainRow(id, { title: `Title ${id}` }, type);
}

async function fill(space: Space, rows: readonly SpaceRow[]): Promise<void> {
  await space.openStaging();
  for (let at = 0; at < rows.length; at += 1000) {
    await space.stage({ rows: rows.slice(at, at + 1000), keep: [], now: 1 });
  }
  await finishFull(space);
}

async function page(space: Space, type: string | undefined, offset: number, limit: number): Promise<string[]> {
  const { rows } = await space.search(
    { ...(type === undefined ? {} : { type }), descending: false, offset, limit },
    never,
  );
  return rows.map(({ id }) => id);
}

// More than two blocks of users, with a group among every ten of them.
const users = Array.from({ length: 5_000 }, (_, n) => `u${n}`);
const groups = users.filter((_, n) => n % 10 === 0).map((id) => `g-${id}`);
const mixed = users.flatMap((id, n) => [row('User', id), ...(n % 10 === 0 ? [row('Group', `g-${id}`)] : [])]);

test('pages of each type are the listing cut at any place, over the bounds of blocks and with gaps', async () => {
  const space = await openSpace(join(await temporaryFolder(), 'x.sqlite'));
  await fill(space, mixed);
  const gone = new Set(users.filter((_, n) => n % 3 === 0 || (n > 2_100 && n < 4_300)));
  const left = users.filter((id) => !gone.has(id));
  await fill(
    space,
    mixed.filter(({ id }) => !gone.has(id)),
  );
  expect([space.count('User'), space.count('Group'), space.count('Device')]).toEqual([left.length, 500, 0]);
  for (const offset of [0, 1, 1_365, 1_399, 1_400, left.length - 1, left.length, left.length + 7]) {
    expect(await page(space, 'User', offset, 50)).toEqual(left.slice(offset, offset + 50));
  }
  expect(await page(space, 'Group', 480, 100)).toEqual(groups.slice(480));
  const all: string[] = [];
  for (let offset = 0; offset < left.length + 500; offset += 400)
    all.push(...(await page(space, undefined, offset, 400)));
  expect(all.sort()).toEqual([...left, ...groups].sort());
});

test('types lie in blocks of their own, also after a restart, so that a rare one is found without the others', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const space = await openSpace(path);
  await fill(space, mixed.slice(0, 2_500));
  await space.close();
  const again = await openSpace(path);
  await fill(again, mixed);
  expect(await page(again, 'Group', 0, 500)).toEqual(groups);
  await again.close();
  const database = new DatabaseSync(path, { readOnly: true });
  const shared = database.prepare('SELECT number FROM block GROUP BY number HAVING count(*) > 1').all();
  const blocks = database.prepare("SELECT count(*) AS n FROM block WHERE type = 'Group'").get();
  database.close();
  expect(shared).toEqual([]);
  expect(blocks).toEqual({ n: 1 });
});

test('what an interrupted import left is taken back while the space answers, and is not in the way of the next', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const space = await openSpace(path);
  await fill(
    space,
    users.slice(0, 100).map((id) => row('User', id)),
  );
  await space.openStaging();
  for (let at = 0; at < 4_000; at += 1000) {
    await space.stage({ rows: users.slice(at, at + 1000).map((id) => row('User', `${id}`)), keep: [], now: 1 });
  }
  await space.writer.terminate();
  const again = await openSpace(path);
  expect(again.count('User')).toBe(100);
  expect(again.get('u3999')).toBeUndefined();
  await fill(
    again,
    users.slice(50, 150).map((id) => row('User', id)),
  );
  expect(await page(again, 'User', 0, 1_000)).toEqual(users.slice(50, 150));
});
