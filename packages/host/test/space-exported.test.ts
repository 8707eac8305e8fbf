import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SpaceRow } from '../src/space/row.ts';
import type { Space } from '../src/space/space.ts';
import { temporaryFolder } from './support/home.ts';
import { abandon, finishDelta, finishFull, openSpace, plainRow } from './support/space.ts';

function row(id: string, values: Record<string, unknown>, dn: string | null = null): SpaceRow {
  return { ...plainRow(id, values), dn };
}

async function newSpace(): Promise<Space> {
  return openSpace(join(await temporaryFolder(), 'x.sqlite'), { indexed: [], indexable: [] });
}

async function exportRow(space: Space, object: SpaceRow, exported: 'add' | 'change'): Promise<void> {
  await space.writer.call('confirm', { confirmations: [{ identifier: '', row: object, exported }], now: 1 });
}

async function importAll(space: Space, ...rows: SpaceRow[]) {
  await space.openStaging();
  const staged = await space.stage({ rows, keep: [], now: 2 });
  return { staged, swept: await finishFull(space) };
}

test('an exported object that the target has otherwise is listed with the names of the attributes, once', async () => {
  const space = await newSpace();
  await exportRow(space, row('a', { title: 'Boss', phone: '1', office: 'here' }, 'CN=a'), 'change');
  const read = row('a', { title: 'Boss', phone: '2', town: 'Bern' }, 'CN=b');
  const { staged } = await importAll(space, read);
  expect(staged).toMatchObject({ updates: 1, renames: 1 });
  expect(staged.differences.map(({ id, attributes }) => [id, [...attributes].sort()])).toEqual([
    ['a', ['dn', 'office', 'phone', 'town']],
  ]);
  expect(staged.blanked).toEqual([{ attribute: 'office', count: 1, examples: ['a'] }]);
  // The import is the truth: nothing is left to differ from.
  const again = await importAll(space, row('a', { title: 'Chief' }));
  expect(again.staged).toMatchObject({ updates: 1, differences: [] });
});

test('an import that read the target as it was exported confirms it without a word', async () => {
  const space = await newSpace();
  await exportRow(space, row('a', { title: 'Boss' }), 'add');
  const { staged } = await importAll(space, row('a', { title: 'Boss' }));
  expect(staged).toMatchObject({ unchanged: 1, differences: [] });
  // Confirmed: the next import that misses it takes it away.
  expect((await importAll(space)).swept).toEqual(['a']);
  expect(space.get('a')).toBeUndefined();
});

test('what the target has filled in for a new object is no difference from what was exported; another value is', async () => {
  const space = await newSpace();
  await exportRow(space, row('a', { title: 'Boss' }), 'add');
  await exportRow(space, row('b', { title: 'Boss' }), 'add');
  const { staged } = await importAll(
    space,
    row('a', { title: 'Boss', enabled: true }),
    row('b', { title: 'Chief', enabled: true }),
  );
  expect(staged).toMatchObject({ updates: 2, differences: [{ id: 'b', attributes: ['title'] }] });
});

test('an export while an import is open is no matter of that import, but of the next', async () => {
  const space = await newSpace();
  await space.openStaging();
  await exportRow(space, row('a', { title: 'Boss' }), 'change');
  expect(await space.stage({ rows: [row('a', { title: 'Old' })], keep: [], now: 2 })).toMatchObject({
    unchanged: 1,
    differences: [],
  });
  await finishFull(space);
  expect((await importAll(space, row('a', { title: 'Other' }))).staged.differences).toEqual([
    { id: 'a', attributes: ['title'] },
  ]);
});

test('an added object that the target does not show yet survives one import, not two', async () => {
  const space = await newSpace();
  await exportRow(space, row('a', {}), 'add');
  expect((await importAll(space)).swept).toEqual([]);
  expect(space.get('a')).toBeDefined();
  // A delta import says nothing of what it does not bring.
  await space.openStaging();
  await finishDelta(space);
  expect(space.get('a')).toBeDefined();
  expect((await importAll(space)).swept).toEqual(['a']);
  expect(space.get('a')).toBeUndefined();
});

test('a change to an added object does not make it disappear sooner, and a changed one that was not added does', async () => {
  const space = await newSpace();
  await importAll(space, row('old', {}));
  await exportRow(space, row('a', {}), 'add');
  await exportRow(space, row('a', { title: 'x' }), 'change');
  await exportRow(space, row('old', { title: 'x' }), 'change');
  expect((await importAll(space)).swept).toEqual(['old']);
  expect(space.get('a')).toBeDefined();
});

test('an import that is given up has missed nobody and confirmed nobody', async () => {
  const space = await newSpace();
  await exportRow(space, row('a', {}), 'add');
  await exportRow(space, row('b', { title: 'x' }), 'add');
  for (let round = 0; round < 2; round += 1) {
    await space.openStaging();
    expect((await space.stage({ rows: [row('b', { title: 'y' })], keep: [], now: 2 })).differences).toHaveLength(1);
    await space.writer.call('sweep', { after: -1 });
    await abandon(space);
  }
  expect((await importAll(space, row('b', { title: 'y' }))).staged.differences).toHaveLength(1);
  expect(space.get('a')).toBeDefined();
});

test('added objects that an import misses are named, so that the target can be asked; one that is not there goes at once', async () => {
  const space = await newSpace();
  for (const id of ['a', 'b', 'c', 'd']) await exportRow(space, row(id, {}), 'add');
  await space.openStaging();
  await space.stage({ rows: [row('b', {})], keep: ['d'], now: 2 });
  expect(await space.writer.call('missingAdds', { after: '', limit: 1 })).toEqual(['a']);
  expect(await space.writer.call('missingAdds', { after: 'a', limit: 10 })).toEqual(['c']);
  await space.writer.call('absent', ['c']);
  expect(await finishFull(space)).toEqual(['c']);
  expect([...'abcd'].map((id) => space.get(id) !== undefined)).toEqual([true, true, false, true]);
});
