import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { PageMemory } from '../src/space/page-memory.ts';
import { spaceReader } from '../src/space/reader/space-reader.ts';
import type { SpaceRow } from '../src/space/row.ts';
import { SharedState } from '../src/space/state-memory.ts';
import { RowPacker } from '../src/space/writer/packed-page.ts';
import { spaceWriter } from '../src/space/writer/space-writer.ts';
import { temporaryFolder } from './support/home.ts';
import { fullRun, plainRow, title } from './support/space.ts';
import { references } from './support/space-model.ts';

/** Has SQLite say how it will run every statement that is prepared from now on. */
function explained(): readonly string[] {
  const plans: string[] = [];
  const { prepare } = DatabaseSync.prototype;
  onTestFinished(() => {
    DatabaseSync.prototype.prepare = prepare;
  });
  DatabaseSync.prototype.prepare = function (sql: string) {
    for (const { detail } of prepare.call(this, `EXPLAIN QUERY PLAN ${sql}`).all()) plans.push(`${detail} <- ${sql}`);
    return prepare.call(this, sql);
  };
  return plans;
}

function row(id: string): SpaceRow {
  return plainRow(id, { title: id });
}

test('nothing that is done while the host runs makes SQLite look through the objects, their values or their references', async () => {
  const path = join(await temporaryFolder(), 'x.sqlite');
  const { memory } = new SharedState();
  const plans = explained();
  const writer = spaceWriter({ path, now: 1, indexed: [title], shape: 'x', references, shared: memory });
  writer.open(null);
  writer.buildIndex({ attribute: title, after: -1 });
  writer.openStaging(null);
  const packer = new RowPacker(new PageMemory());
  for (const id of ['a', 'b', 'c']) packer.add(row(id));
  writer.stage({ rows: packer.take().rows, keep: [], now: 1 });
  writer.resolve({ now: 1 });
  writer.sweep({ after: -1 });
  writer.flip({ watermark: null, run: fullRun, errors: [] });
  writer.collect(null);
  writer.confirm({ confirmations: [{ identifier: '', row: row('a'), remove: ['b'] }], now: 1 });
  const reader = spaceReader({ path });
  for (const type of ['User', undefined]) {
    reader.search({ ...(type === undefined ? {} : { type }), descending: false, offset: 1, limit: 10 });
  }
  reader.dump({ after: -1, limit: 10 });
  writer.close(null);
  expect(plans.length).toBeGreaterThan(30);
  expect(
    plans.filter((plan) => /SCAN (o|object|v|value|reference)\b|AUTOMATIC|TEMP B-TREE .*\b(object|value)\b/.test(plan)),
  ).toEqual([]);
});
