import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SpaceRow } from '../src/space/row.ts';
import type { Space } from '../src/space/space.ts';
import type { Confirmation } from '../src/space/writer/calls.ts';
import { temporaryFolder } from './support/home.ts';
import { finishFull, openSpace, plainRow } from './support/space.ts';

const never = new AbortController().signal;

function row(id: string, name = id): SpaceRow {
  return plainRow(id, { name });
}

async function newSpace(): Promise<Space> {
  return openSpace(join(await temporaryFolder(), 'x.sqlite'), { indexed: [], indexable: [] });
}

async function confirm(space: Space, confirmation: Omit<Confirmation, 'identifier'>): Promise<void> {
  await space.writer.call('confirm', { confirmations: [{ identifier: '', ...confirmation }], now: 1 });
}

async function listed(space: Space): Promise<string[]> {
  const all: string[] = [];
  for (let after = ''; ; ) {
    const page = await space.aliases(after, never);
    const last = page.at(-1);
    if (last === undefined) return all;
    all.push(...page.map(({ identity, id }) => `${identity} -> ${id}`));
    after = last.identity;
  }
}

test('a renamed object keeps its id; both ways lead to it, also after a restart', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const space = await openSpace(path);
  await confirm(space, { row: row('a') });
  expect(space.idOf('b')).toBe('b');
  await confirm(space, { row: row('a', 'b'), alias: [{ identity: 'b', id: 'a' }] });
  expect([space.idOf('b'), space.identityOf('a'), space.idOf('a')]).toEqual(['a', 'b', 'a']);
  await space.close();
  const again = await openSpace(path);
  expect([again.idOf('b'), again.identityOf('a')]).toEqual(['a', 'b']);
  // A second rename replaces the first, and going back to what the id says needs no alias.
  await confirm(again, { row: row('a', 'c'), alias: [{ identity: 'c', id: 'a' }] });
  expect([again.idOf('b'), again.idOf('c')]).toEqual(['b', 'a']);
  await confirm(again, { row: row('a'), alias: [{ identity: 'a', id: 'a' }] });
  expect(await listed(again)).toEqual([]);
  expect(again.idOf('c')).toBe('c');
});

test('the alias of an object goes with it: by an export at once, by an import when nobody sees it any more', async () => {
  const space = await newSpace();
  for (const id of ['a', 'b', 'c']) await confirm(space, { row: row(id), alias: [{ identity: `${id}2`, id }] });
  await confirm(space, { remove: ['a'] });
  expect(await listed(space)).toEqual(['b2 -> b', 'c2 -> c']);
  await space.openStaging();
  await space.stage({ rows: [row(space.idOf('c2'), 'c2')], keep: [], now: 1 });
  expect(await finishFull(space)).toEqual(['b']);
  expect(await listed(space)).toEqual(['c2 -> c']);
});

test('an import that read a new name before the host knew of the rename makes no second object of it', async () => {
  const space = await newSpace();
  await confirm(space, { row: row('a') });
  await space.openStaging();
  // The page was read under the new name, and staged on either side of the confirmation.
  await space.stage({ rows: [row('b')], keep: [], now: 1 });
  await confirm(space, { row: row('a', 'b'), alias: [{ identity: 'b', id: 'a' }] });
  await space.stage({ rows: [row('b')], keep: [], now: 1 });
  await finishFull(space);
  expect(space.count('User')).toBe(1);
  expect(space.get('a')).toBeDefined();
  expect(space.get('b')).toBeUndefined();
});

test('aliases travel: what a backup says takes the place of what is there', async () => {
  const space = await newSpace();
  await space.writer.call('importAliases', [{ identity: 'x', id: 'a' }]);
  const many = Array.from({ length: 1_200 }, (_, n) => ({ identity: `new ${n}`, id: `old ${n}` }));
  await space.writer.call('importAliases', [...many, { identity: 'y', id: 'a' }]);
  const all = await listed(space);
  expect(all).toHaveLength(1_201);
  expect(all).toContain('y -> a');
  expect(space.idOf('x')).toBe('x');
});
