import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { silentLogger, systemClock } from '@joinery/runtime';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openForWriting } from '../src/space/file.ts';
import type { SpaceRow } from '../src/space/row.ts';
import type { RunRecord } from '../src/space/run-record.ts';
import { Space, untilDone } from '../src/space/space.ts';
import { temporaryFolder } from './support/home.ts';

const title = { name: 'urn:x:title', steps: ['urn:x', 'title'], caseExact: false };
const never = new AbortController().signal;

function row(id: string, value: string): SpaceRow {
  return {
    id,
    type: 'User',
    body: JSON.stringify({ schemas: ['urn:x'], id, 'urn:x': { title: value } }),
    hidden: null,
    dn: null,
  };
}

async function openSpace(path: string): Promise<Space> {
  const space = await Space.open({
    path,
    name: 'x',
    clock: systemClock,
    logger: silentLogger,
    indexed: [title],
    indexable: [title],
    shape: 'one',
    searchMs: 10_000,
  });
  onTestFinished(() => space.close());
  return space;
}

const run: RunRecord = {
  kind: 'fullImport',
  startedAt: 1,
  endedAt: 2,
  outcome: 'finished',
  adds: 0,
  updates: 0,
  deletes: 0,
  renames: 0,
  unchanged: 0,
  failed: 0,
  detail: null,
  profile: 'full',
  why: 'a test',
  held: [],
  differing: 0,
  differences: [],
};

async function flip(space: Space): Promise<void> {
  for (let after = -1, done = false; !done; ) ({ next: after, done } = await space.writer.call('sweep', { after }));
  await space.writer.call('flip', { watermark: null, run, errors: [] });
  await untilDone(() => space.writer.call('collect', null));
}

/** The content as each way of reading shows it; they must agree. */
async function content(space: Space): Promise<Map<string, string>> {
  const found = await space.search({ descending: false, offset: 0, limit: 10_000 }, never);
  const byId = new Map(found.rows.map(({ id, json }) => [id, String(JSON.parse(json)['urn:x'].title)]));
  expect(found.total).toBe(byId.size);
  expect(space.count()).toBe(byId.size);
  for (const [id, value] of byId) {
    expect(JSON.parse(space.get(id)?.json ?? '{}')['urn:x'].title).toBe(value);
    expect(space.findByValue('User', title.name, value.toLowerCase())?.map((each) => each.id)).toContain(id);
  }
  return byId;
}

type Step =
  | { readonly kind: 'put' | 'remove'; readonly id: string; readonly value: string }
  | { readonly kind: 'read' | 'page' | 'finish' | 'abandon' };

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const values = fc.constantFrom('One', 'Two', 'Three');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('put' as const, 'remove' as const), id: ids, value: values }),
  fc.record({
    kind: fc.constantFrom(
      'read' as const,
      'read' as const,
      'page' as const,
      'page' as const,
      'finish' as const,
      'abandon' as const,
    ),
  }),
);

test('imports and exports run into each other in any order: nothing is reverted, lost or there twice', async () => {
  const space = await openSpace(join(await temporaryFolder(), 'x.sqlite'));
  // One space for all runs: what one leaves behind is the next one's past.
  const target = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 50 }),
      fc.array(fc.tuple(ids, values), { minLength: 2, maxLength: 6 }),
      async (steps, behindTheBack) => {
        for (const [id, value] of behindTheBack) target.set(id, value);
        // What callers may see: the last import's reading of the target, and every export since.
        let visible = await content(space);
        let reading: { left: [string, string][]; all: Map<string, string>; touched: Set<string> } | undefined;
        for (const each of steps) {
          if (each.kind === 'put' || each.kind === 'remove') {
            const confirmation = each.kind === 'put' ? { row: row(each.id, each.value) } : { remove: [each.id] };
            await space.writer.call('confirm', { confirmations: [{ identifier: '', ...confirmation }], now: 1 });
            for (const map of [target, visible])
              each.kind === 'put' ? map.set(each.id, each.value) : map.delete(each.id);
            reading?.touched.add(each.id);
          } else if (each.kind === 'read' && reading === undefined) {
            await space.writer.call('openStaging', null);
            reading = { left: [...target], all: new Map(target), touched: new Set() };
          } else if (each.kind === 'page' && reading !== undefined) {
            const page = reading.left.splice(0, 2).map(([id, value]) => row(id, value));
            await space.writer.call('stage', { rows: page, keep: [], now: 1 });
          } else if (each.kind === 'finish' && reading !== undefined) {
            await space.writer.call('stage', {
              rows: reading.left.map(([id, value]) => row(id, value)),
              keep: [],
              now: 1,
            });
            await flip(space);
            const { touched, all } = reading;
            visible = new Map([
              ...[...all].filter(([id]) => !touched.has(id)),
              ...[...visible].filter(([id]) => touched.has(id)),
            ]);
            reading = undefined;
          } else if (each.kind === 'abandon' && reading !== undefined) {
            await untilDone(() => space.writer.call('abandon', null));
            reading = undefined;
          }
          expect(await content(space)).toEqual(visible);
        }
        if (reading !== undefined) await untilDone(() => space.writer.call('abandon', null));
        expect(await content(space)).toEqual(visible);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test('an index that is built on first use finds what was there and what comes while it is built', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const space = await Space.open({
    path,
    name: 'x',
    clock: systemClock,
    logger: silentLogger,
    indexed: [],
    indexable: [title],
    shape: 'one',
    searchMs: 10_000,
  });
  onTestFinished(() => space.close());
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

test('a file of a newer version is refused and left alone', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  openForWriting(path, 1).database.close();
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  const before = await readFile(path);
  expect(() => openForWriting(path, 1)).toThrowError(
    expect.objectContaining({ code: 'HOST_SPACE_NEWER', place: path }),
  );
  expect(await readFile(path)).toEqual(before);
});

test('a connector whose space is of a newer version says so and does not serve', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  openForWriting(path, 1).database.close();
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  await expect(openSpace(path)).rejects.toMatchObject({ code: 'HOST_SPACE_NEWER', place: path });
});

test('a file of an older version is backed up and migrated step by step', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'x.sqlite');
  openForWriting(path, 1, 1).database.close();
  const steps = [
    { from: 1, sql: 'ALTER TABLE run ADD COLUMN note TEXT;' },
    { from: 2, sql: 'CREATE TABLE extra (x) STRICT;'.replace('(x)', '(x TEXT)') },
  ];
  const { database } = openForWriting(path, 7, 3, steps);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 3 });
  expect(database.prepare('SELECT note FROM run').all()).toEqual([]);
  database.close();
  const backup = new DatabaseSync(join(folder, 'x.sqlite.version-1-7'));
  expect(backup.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
  backup.close();
  expect(() => openForWriting(path, 8, 5, steps)).toThrowError(
    expect.objectContaining({ code: 'HOST_SPACE_UNREADABLE' }),
  );
});

test('a damaged file is kept aside and an empty space takes its place', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'x.sqlite');
  await writeFile(path, 'this is no database, however long one looks at it'.repeat(100));
  const space = await openSpace(path);
  expect(space.state.filled).toBe(false);
  expect(space.count()).toBe(0);
  expect((await readdir(folder)).some((name) => name.startsWith('x.sqlite.damaged-'))).toBe(true);
});
