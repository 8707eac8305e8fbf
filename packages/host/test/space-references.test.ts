import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SpaceRow } from '../src/space/row.ts';
import type { Space } from '../src/space/space.ts';
import type { ReferenceDefinition } from '../src/space/writer/calls.ts';
import { temporaryFolder } from './support/home.ts';
import { abandon, finishDelta, finishFull, openSpace } from './support/space.ts';

const references: readonly ReferenceDefinition[] = [
  {
    type: 'Group',
    attribute: 'member',
    steps: ['members'],
    list: true,
    form: 'member',
    dnStyle: 'Generic',
    to: ['User'],
  },
  { type: 'User', attribute: 'boss', steps: ['urn:x', 'boss'], list: false, form: 'id', dnStyle: 'None', to: ['User'] },
];

function user(id: string, boss?: string): SpaceRow {
  const body = JSON.stringify({ schemas: ['urn:x'], id, 'urn:x': { name: id } });
  return {
    id,
    type: 'User',
    body,
    hidden: null,
    dn: `CN=${id}`,
    referenceKey: `cn=${id}`,
    references: boss === undefined ? null : { boss: [boss] },
  };
}

function group(id: string, ...member: string[]): SpaceRow {
  const body = JSON.stringify({ schemas: ['urn:x'], id, displayName: id, 'urn:x': { big: '@' } });
  // An integer that a double cannot hold stays as it is.
  return {
    id,
    type: 'Group',
    body: body.replace('"@"', '12345678901234567890'),
    hidden: null,
    dn: null,
    referenceKey: null,
    references: { member },
  };
}

async function newSpace(): Promise<Space> {
  return openSpace(join(await temporaryFolder(), 'x.sqlite'), { indexed: [], indexable: [], references });
}

async function confirm(space: Space, ...rows: SpaceRow[]) {
  const confirmations = rows.map((each) => ({ identifier: '', row: each }));
  return space.writer.call('confirm', { confirmations, now: 1 });
}

function membersOf(json: string | undefined): unknown {
  const { members = [] } = JSON.parse(json ?? '{}');
  return members.map(({ value, type }: { value: string; type: string }) => `${type} ${value}`);
}

test('members are shown by their ids; one that is not known is left out and kept as the target spells it', async () => {
  const space = await newSpace();
  const [, stored] = await confirm(space, user('a'), group('g', 'CN=A', 'CN=nobody'));
  expect(membersOf(stored?.json)).toEqual(['User a']);
  expect(stored?.json).toContain('"big":12345678901234567890');
  expect(JSON.parse(stored?.references ?? '')).toEqual({
    member: [
      ['CN=A', 'a'],
      ['CN=nobody', null],
    ],
  });
  expect(space.get('g')).toEqual(stored);
});

test('whoever comes is seen at once by those who wait, in the same batch too; whoever goes is seen no more', async () => {
  const space = await newSpace();
  const [before] = await confirm(space, group('g', 'CN=a', 'CN=b'), user('a'));
  // The answer to the first write already knows of the second.
  expect(membersOf(before?.json)).toEqual(['User a']);
  await confirm(space, user('b'));
  expect(membersOf(space.get('g')?.json)).toEqual(['User a', 'User b']);
  expect(space.get('g')?.version).not.toBe(before?.version);
  await space.writer.call('confirm', { confirmations: [{ identifier: '', remove: ['a'] }], now: 1 });
  expect(membersOf(space.get('g')?.json)).toEqual(['User b']);
});

test('a change of somebody who is called the same leaves those who refer to them alone', async () => {
  const space = await newSpace();
  await confirm(space, user('a'), group('g', 'CN=a'));
  const before = space.get('g');
  await confirm(space, { ...user('a'), hidden: '{"x":1}' });
  expect(space.get('g')).toEqual(before);
});

test('an import may bring members after their groups, and renames; a repeated one changes nothing', async () => {
  const space = await newSpace();
  const everybody = [group('g', 'CN=a', 'CN=b'), user('a', 'cn=b'), user('b', 'cn=b')];
  for (const expected of [{ adds: 3 }, { unchanged: 3 }]) {
    await space.openStaging();
    expect(await space.stage({ rows: everybody, keep: [], now: 1 })).toMatchObject(expected);
    await finishFull(space);
    expect(membersOf(space.get('g')?.json)).toEqual(['User a', 'User b']);
    expect(JSON.parse(space.get('a')?.json ?? '')['urn:x']).toEqual({ name: 'a', boss: 'b' });
  }
  const before = space.get('g')?.version;
  await space.openStaging();
  const renamed = { ...user('b', 'cn=b2'), dn: 'CN=b2', referenceKey: 'cn=b2' };
  expect(
    await space.stage({ rows: [group('g', 'CN=a', 'CN=B2'), user('a', 'cn=b'), renamed], keep: [], now: 1 }),
  ).toMatchObject({ updates: 2, renames: 1, unchanged: 1, blanked: [] });
  await finishFull(space);
  expect(membersOf(space.get('g')?.json)).toEqual(['User a', 'User b']);
  expect(space.get('g')?.version).not.toBe(before);
  expect(JSON.parse(space.get('a')?.json ?? '')['urn:x']).toEqual({ name: 'a' });
});

test('a delta import that takes a member away changes the group that it does not bring; given up, it changes nothing', async () => {
  const space = await newSpace();
  await confirm(space, user('a'), user('b'), group('g', 'CN=a', 'CN=b'));
  const before = space.get('g');
  for (const end of [abandon, finishDelta]) {
    await space.openStaging();
    expect(await space.stage({ rows: [], keep: [], gone: ['a'], again: true, now: 1 })).toMatchObject({ gone: ['a'] });
    expect(space.get('g')).toEqual(before);
    await end(space);
  }
  expect(membersOf(space.get('g')?.json)).toEqual(['User b']);
  expect(space.count()).toBe(2);
});

test('a group of many thousands is resolved, and one that leaves is taken out of it', async () => {
  const space = await newSpace();
  const ids = Array.from({ length: 5_000 }, (_, n) => `u${n}`);
  await space.openStaging();
  await space.stage({ rows: [group('g', ...ids.map((id) => `CN=${id}`))], keep: [], now: 1 });
  for (let at = 0; at < ids.length; at += 1000) {
    await space.stage({ rows: ids.slice(at, at + 1000).map((id) => user(id)), keep: [], now: 1 });
  }
  await finishFull(space);
  expect(membersOf(space.get('g')?.json)).toHaveLength(5_000);
  await space.writer.call('confirm', { confirmations: [{ identifier: '', remove: ['u17'] }], now: 1 });
  expect(membersOf(space.get('g')?.json)).toHaveLength(4_999);
});
