import { seededRandom } from '@joinery/runtime';
import { Oracle, storm } from './storm.ts';
import { STORM_TARGETS } from './storm-targets.ts';
import type { Victim } from './victim.ts';

/** Draws whole numbers below a bound; the same ones for the same seed. */
export type Pick = (below: number) => number;

export function picker(seed: number): Pick {
  const random = seededRandom(seed);
  return (below) => Buffer.from(random.bytes(4)).readUInt32BE() % below;
}

/**
 * Lets the mixed load loose on a host in a process of its own, until that process is gone.
 * @param answered called after every answer
 * @returns what its callers were told, by target
 */
export async function unleash(victim: Victim, pick: Pick, answered: () => void = () => {}): Promise<Oracle[]> {
  const pairs = await Promise.all(
    STORM_TARGETS.map(async (target) => ({ oracle: new Oracle(target), scim: await victim.connect(target.name) })),
  );
  await victim.untilSettled();
  await Promise.all(pairs.map(({ oracle, scim }) => storm(scim, oracle, pick, { answered })));
  await victim.exited;
  return pairs.map(({ oracle }) => oracle);
}
