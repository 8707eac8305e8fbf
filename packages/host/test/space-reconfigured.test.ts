import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SpaceRow } from '../src/space/row.ts';
import type { Space } from '../src/space/space.ts';
import type { ReferenceDefinition } from '../src/space/writer/calls.ts';
import { temporaryFolder } from './support/home.ts';
import { finishFull, openSpace } from './support/space.ts';

const members: ReferenceDefinition = {
  type: 'Group',
  attribute: 'member',
  steps: ['members'],
  list: true,
  form: 'member',
  dnStyle: 'Ldap',
  to: ['User'],
};

const boss: ReferenceDefinition = { ...members, type: 'User', attribute: 'boss', steps: ['urn:x', 'boss'], form: 'id' };

function row(type: 'User' | 'Group', id: string, references: SpaceRow['references'] = null): SpaceRow {
  const body = JSON.stringify({ schemas: ['urn:x'], id, 'urn:x': { name: id } });
  return { id, type, body, hidden: null, dn: `CN=${id}`, referenceKey: `cn=${id}`, references };
}

const everybody = [
  row('User', 'a'),
  row('User', 'b', { boss: ['CN=a'] }),
  row('Group', 'g', { member: ['CN=a', 'CN=b'] }),
];

/** A space that has taken an import in with each of these configurations. */
async function imported(
  ...configurations: readonly {
    readonly references: readonly ReferenceDefinition[];
    readonly rows: readonly SpaceRow[];
  }[]
): Promise<Space> {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const [first, ...others] = configurations.map((each, number) => async () => {
    const { references, rows } = each;
    const space = await openSpace(path, { indexed: [], indexable: [], references, shape: String(number) });
    await space.openStaging();
    await space.stage({ rows, keep: [], now: number + 1 });
    await finishFull(space);
    return space;
  });
  let space = await first?.();
  for (const next of others) {
    await space?.close();
    space = await next();
  }
  if (space === undefined) throw new Error('No configuration was given.');
  return space;
}

const shown = (space: Space, id: string): { members?: unknown; 'urn:x'?: unknown } =>
  JSON.parse(space.get(id)?.json ?? '{}');

test('people that an import brought before there were groups are members of the groups that are configured later', async () => {
  const people = everybody.filter(({ type }) => type === 'User').map((each) => ({ ...each, references: null }));
  const space = await imported({ references: [], rows: people }, { references: [members], rows: everybody });
  expect(shown(space, 'g').members).toEqual([
    { value: 'a', type: 'User' },
    { value: 'b', type: 'User' },
  ]);
});

test('what an attribute may refer to, and how it is shown, counts from the next import on though the target says the same', async () => {
  const few = {
    references: [
      { ...members, to: ['Group'] },
      { ...boss, list: true },
    ],
    rows: everybody,
  };
  const space = await imported(few, { references: [members, { ...boss, list: false }], rows: everybody });
  expect(shown(space, 'g').members).toEqual([
    { value: 'a', type: 'User' },
    { value: 'b', type: 'User' },
  ]);
  expect(shown(space, 'b')['urn:x']).toEqual({ name: 'b', boss: 'a' });
});

test('another configuration that makes the same of everything changes nothing', async () => {
  const same = { references: [members, boss], rows: everybody };
  const space = await imported(same, same);
  for (const { id } of everybody) {
    expect(JSON.parse(space.get(id)?.json ?? '{}').meta.lastModified).toBe(new Date(1).toISOString());
  }
});
