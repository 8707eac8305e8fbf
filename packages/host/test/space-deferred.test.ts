import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeferredValues } from '../src/space/writer/deferred-values.ts';

const entry = fc.record({
  attribute: fc.integer({ min: 1, max: 2 }),
  key: fc.constantFrom('a', 'b', 'c'),
  row: fc.nat(9),
});
/** What one transaction does before it ends: entries of staged rows, and rows that go or become others. */
const work = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), entry }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), row: fc.nat(9) }) },
);
const transaction = fc.record({
  work: fc.array(work, { maxLength: 6 }),
  last: fc.constantFrom('settle' as const, 'step' as const, 'nothing' as const),
  end: fc.constantFrom('commit' as const, 'commit' as const, 'commit' as const, 'rollback' as const),
});

test('what waits is written in the end, but nothing of rows that went or of transactions that were taken back', () => {
  fc.assert(
    fc.property(fc.array(transaction, { maxLength: 30 }), (transactions) => {
      const database = new DatabaseSync(':memory:');
      database.exec(
        'CREATE TABLE value (attribute INTEGER, folded TEXT, row INTEGER, PRIMARY KEY (attribute, folded, row)) STRICT, WITHOUT ROWID',
      );
      const remove = database.prepare('DELETE FROM value WHERE row = ?');
      const deferred = new DeferredValues(database, { run: 5, step: 2 });
      let expected = new Map<number, Set<string>>();
      for (const each of transactions) {
        const after = new Map([...expected].map(([row, entries]) => [row, new Set(entries)]));
        database.exec('BEGIN');
        for (const step of each.work) {
          if (step.kind === 'add') {
            const { attribute, key, row } = step.entry;
            deferred.add(attribute, key, row);
            after.set(row, (after.get(row) ?? new Set()).add(`${attribute} ${key}`));
          } else {
            // As a deleted row does it: what is written goes from the index, what waits is void.
            remove.run(step.row);
            deferred.void(step.row);
            after.delete(step.row);
          }
        }
        if (each.last === 'settle') deferred.settle();
        if (each.last === 'step') deferred.step();
        database.exec(each.end === 'commit' ? 'COMMIT' : 'ROLLBACK');
        deferred[each.end]();
        if (each.end === 'commit') expected = after;
      }
      for (let done = false; !done; ) {
        ({ done } = deferred.step());
        deferred.commit();
      }
      const written = database
        .prepare('SELECT * FROM value ORDER BY row, attribute, folded')
        .all()
        .map(({ attribute, folded, row }) => `${row} ${attribute} ${folded}`);
      const wanted = [...expected].flatMap(([row, entries]) => [...entries].map((text) => `${row} ${text}`)).sort();
      database.close();
      expect(written.sort()).toEqual(wanted);
    }),
    { numRuns: 500 },
  );
});
