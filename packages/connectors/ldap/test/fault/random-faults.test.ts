import { appendFileSync } from 'node:fs';
import { describe, test } from 'vitest';
import { picker } from '../../../../host/test/support/unleash.ts';
import { FAULTS } from './faults.ts';
import { reusedScene } from './reused-scene.ts';
import { strike } from './rounds.ts';

/*
 * Any fault at any moment, many of them after one another. `npm run faults` (tools/faults.ts) sets how many rounds there are, the
 * first seed, and the file that takes one line a round.
 */
const {
  JOINERY_LDAP_FAULT_ROUNDS: rounds = '2',
  JOINERY_FAULT_SEED: first = '1',
  JOINERY_FAULT_REPORT: report,
} = process.env;
/** A directory grows with every round; after some of them a new one begins. */
const ROUNDS_PER_SCENE = 10;
const seeds = Array.from({ length: Number(rounds) }, (_, round) => Number(first) + round);
const scenes = seeds.flatMap((seed, index) =>
  index % ROUNDS_PER_SCENE === 0 ? [{ seed, own: seeds.slice(index, index + ROUNDS_PER_SCENE) }] : [],
);

/** At how many messages of an operation it can happen: entries of an import, changes of a delta, writes. */
const MESSAGES = { import: 90, delta: 20, export: 26 };

describe.each(scenes)(
  'from seed $seed on, one cycle makes everything right, and a further one writes nothing,',
  ({ own }) => {
    const onScene = reusedScene();

    test.each(own)(
      'after any fault at any moment (seed %i)',
      async (seed) => {
        // The first draws from neighbouring seeds are alike: these are far from each other.
        const pick = picker(Math.imul(seed, 2_654_435_761) >>> 0);
        const cases = FAULTS.flatMap((fault) => fault.phases.map((phase) => ({ fault, phase })));
        const drawn = cases[pick(cases.length)];
        if (drawn === undefined) throw new Error('there are no faults');
        const { fault, phase } = drawn;
        const nth = 1 + pick(MESSAGES[phase]);
        await onScene((scene) => strike(scene, fault, phase, nth));
        if (report !== undefined)
          appendFileSync(report, `${JSON.stringify({ seed, fault: fault.name, phase, nth })}\n`);
      },
      120_000,
    );
  },
);
