import { appendFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'vitest';
import { stormHome } from './support/storm-targets.ts';
import { picker, unleash } from './support/unleash.ts';
import { judge } from './support/verdict.ts';
import { Victim } from './support/victim.ts';

/*
 * A process is killed at any moment. `npm run faults` (tools/faults.ts) sets how many rounds there are, the first seed, and the
 * file that takes one line a round.
 */
const {
  JOINERY_FAULT_ROUNDS: rounds = '4',
  JOINERY_FAULT_SEED: first = '1',
  JOINERY_FAULT_REPORT: report,
} = process.env;
const seeds = Array.from({ length: Number(rounds) }, (_, round) => Number(first) + round);

test.each(seeds)(
  'killed at any moment of many writes and imports (seed %i), nobody is lost, invented or written twice',
  async (seed) => {
    const pick = picker(seed);
    const home = await stormHome();
    const victim = new Victim(home, { churn: pick(4) > 0 });
    let left = 1 + pick(150);
    const oracles = await unleash(victim, pick, () => {
      left -= 1;
      if (left === 0) setTimeout(() => victim.child.kill('SIGKILL'), pick(20));
    });
    const killedAgain = pick(2) === 0;
    if (killedAgain) {
      // A start takes about a second: somewhere within it.
      const recovering = new Victim(home);
      await wait(200 + pick(1_000));
      recovering.child.kill('SIGKILL');
      await recovering.exited;
    }
    const verdict = await judge(home, oracles);
    if (report !== undefined) appendFileSync(report, `${JSON.stringify({ seed, killedAgain, ...verdict })}\n`);
  },
  120_000,
);
