import { expect, test } from 'vitest';
import { caller } from './support/home.ts';
import { ledgerConnector } from './support/ledger.ts';
import { Oracle, storm } from './support/storm.ts';
import { STORM_TARGETS, stormHome } from './support/storm-targets.ts';
import { picker } from './support/unleash.ts';
import { expectAll, readAll, settleByTarget } from './support/verdict.ts';

const ROUNDS = 5;

/*
 * An import holds what the target was when it began; what is written while it runs must neither be undone by it nor come twice.
 * It counts as a collision when a write was confirmed between its beginning and its end.
 */
test.each([
  ['ledger', 800],
  ['files', 200],
])(
  '%s: imports and writes that run into each other %i times revert no row and bring none twice',
  async (name, collisions) => {
    const target = STORM_TARGETS.find((each) => each.name === name);
    if (target === undefined) throw new Error(`no target ${name}`);
    const home = await stormHome({ kinds: [ledgerConnector] });
    const host = await home.start();
    const scim = caller(host, name);
    const oracle = new Oracle(target);
    const pick = picker(collisions);
    let collided = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const until = (): boolean => collided >= (collisions * round) / ROUNDS;
      const writing = storm(scim, oracle, pick, { callers: 3, until });
      while (!until()) {
        const before = oracle.confirmed;
        const report = await host.run(name, 'full');
        expect(report).toMatchObject({ outcome: 'finished', deletes: 0, failed: 0 });
        if (oracle.confirmed > before) collided += 1;
      }
      await writing;
      expect(oracle.faults).toEqual([]);
      expect([...oracle.open.keys()]).toEqual([]);
      await settleByTarget(home, oracle);
      expect((await readAll(scim, oracle, `after ${collided} collisions`)).unknown).toEqual([]);
      await expectAll(scim, oracle);
    }
    // With nothing written meanwhile the import agrees with everything that the exports have left.
    expect(await host.run(name, 'full')).toMatchObject({ adds: 0, updates: 0, deletes: 0 });
  },
  120_000,
);
