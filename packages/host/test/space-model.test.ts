import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Space } from '../src/space/space.ts';
import { temporaryFolder } from './support/home.ts';
import { abandon, finishDelta, finishFull, openSpace, title } from './support/space.ts';
import { nameOf, references, rowOf, SpaceModel, shownOf, type Thing } from './support/space-model.ts';

const never = new AbortController().signal;
const manager = { name: 'urn:x:manager', steps: ['urn:x', 'manager'], caseExact: true };
const member = { name: 'members.value', steps: ['members', 'value'], caseExact: true };
const indexed = [title, manager, member];

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'g1', 'g2');
const names = fc.record({ id: ids, name: fc.nat(1) }).map(({ id, name }) => nameOf(id, name));
const thing: fc.Arbitrary<Thing> = fc.record({
  id: ids,
  value: fc.constantFrom('One', 'Two', 'Three'),
  name: fc.nat(1),
  manager: fc.option(names, { nil: undefined }),
  members: fc.array(names, { maxLength: 3 }),
});
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('put' as const), thing, as: as() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), id: ids }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('behindTheBack' as const), thing }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('vanish' as const), id: ids }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('open' as const), delta: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('page' as const), things: fc.array(thing, { maxLength: 2 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('gone' as const), id: ids }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('finish' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('abandon' as const, 'abandon' as const, 'end' as const) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function as(): fc.Arbitrary<'add' | 'change' | undefined> {
  return fc.constantFrom('add' as const, 'change' as const, undefined);
}

/** The content as every way of reading shows it; they must agree. */
async function content(space: Space): Promise<Map<string, unknown>> {
  const shown = new Map<string, unknown>();
  for (const type of ['User', 'Group']) {
    const { rows, total } = await space.search({ type, descending: false, offset: 0, limit: 100 }, never);
    expect(total).toBe(rows.length);
    expect(space.count(type)).toBe(total);
    for (let offset = 0; offset <= total; offset += 1) {
      const page = await space.search({ type, descending: false, offset, limit: 2 }, never);
      expect(page).toEqual({ total, rows: rows.slice(offset, offset + 2) });
    }
    for (const row of rows) {
      const { meta, members = [], 'urn:x': flat } = JSON.parse(row.json);
      expect(meta.resourceType).toBe(type);
      expect(space.get(row.id)).toEqual(row);
      expect(space.findByValue(type, title.name, flat.title.toLowerCase())).toContainEqual(row);
      if (flat.manager !== undefined) expect(space.findByValue(type, manager.name, flat.manager)).toContainEqual(row);
      for (const { value } of members) expect(space.findByValue(type, member.name, value)).toContainEqual(row);
      shown.set(row.id, { title: flat.title, manager: flat.manager, members });
    }
  }
  expect(space.count()).toBe(shown.size);
  return shown;
}

/** What the blocks say must be what the rows are, and no entry of an index may stand for nothing. */
function checkFile(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  const counted = database
    .prepare(
      `SELECT type, row >> 12 AS number, sum(born <= generation AND died > generation) AS objects,
         sum(born <= coalesce(staging, generation) AND died > coalesce(staging, generation))
           - sum(born <= generation AND died > generation) AS staged
       FROM object, state GROUP BY 1, 2 HAVING objects <> 0 OR staged <> 0 ORDER BY 1, 2`,
    )
    .all();
  const blocks = database.prepare('SELECT * FROM block WHERE objects <> 0 OR staged <> 0 ORDER BY type, number').all();
  const strays = ['value', 'reference'].map(
    (table) =>
      database.prepare(`SELECT count(*) AS n FROM ${table} WHERE row NOT IN (SELECT row FROM object)`).get()?.n,
  );
  database.close();
  expect(blocks).toEqual(counted);
  expect(strays).toEqual([0, 0]);
}

async function take(space: Space, model: SpaceModel, each: Step): Promise<void> {
  const { writer } = space;
  const confirm = (confirmation: object) =>
    writer.call('confirm', { confirmations: [{ identifier: '', ...confirmation }], now: 1 });
  switch (each.kind) {
    case 'put':
      await confirm({ row: rowOf(each.thing), ...(each.as === undefined ? {} : { exported: each.as }) });
      return model.put(each.thing, each.as);
    case 'remove':
      await confirm({ remove: [each.id] });
      return model.remove(each.id);
    case 'behindTheBack':
      model.target.set(each.thing.id, each.thing);
      return;
    case 'vanish':
      model.target.delete(each.id);
      return;
    case 'open':
      if (model.import !== undefined) return;
      await writer.call('openStaging', null);
      return model.open(each.delta);
    case 'page': {
      if (model.import === undefined) return;
      const page = model.import.delta ? each.things : model.page(2);
      await space.stage({ rows: page.map(rowOf), keep: [], again: model.import.delta, now: 1 });
      if (model.import.delta) for (const changed of page) model.change(changed.id, changed);
      return;
    }
    case 'gone':
      if (model.import?.delta !== true) return;
      await space.stage({ rows: [], keep: [], gone: [each.id], again: true, now: 1 });
      return model.change(each.id, undefined);
    case 'finish':
      if (model.import?.delta === false) {
        const rows = model.page(model.import.left.length).map(rowOf);
        await space.stage({ rows, keep: [], now: 1 });
        await finishFull(space);
      } else if (model.import !== undefined) await finishDelta(space);
      return model.finish();
    case 'abandon':
      if (model.import !== undefined) await abandon(space);
      return model.abandon();
    case 'end':
      return;
  }
}

test('imports of both kinds and exports run into each other in any order: every way of reading shows what is true', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const open = () => openSpace(path, { indexed, indexable: indexed, references });
  // One space for all runs: what one leaves behind is the next one's past.
  let space = await open();
  const model = new SpaceModel();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      for (const each of steps) {
        await take(space, model, each);
        if (each.kind === 'end') {
          // The process ends as a killed one does: nothing is closed, what was open is taken back at the next start.
          await space.writer.terminate();
          await space.close();
          model.abandon();
          space = await open();
        }
        expect(await content(space)).toEqual(shownOf(model.visible));
        checkFile(path);
      }
    }),
    { numRuns: 50, endOnFailure: true, interruptAfterTimeLimit: 15_000 },
  );
}, 60_000);
