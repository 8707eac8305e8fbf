import { copyFile, rm } from 'node:fs/promises';
import { type Host, homeAt } from '@joinery/host';
import { expect, test, vi } from 'vitest';
import type { TestHome } from './support/home.ts';
import { caller } from './support/home.ts';
import { Oracle, resourceId, storm, told, visible } from './support/storm.ts';
import { STORM_TARGETS, statesIn, stormHome } from './support/storm-targets.ts';
import { picker } from './support/unleash.ts';
import { Victim } from './support/victim.ts';

/** A home folder whose host was killed after many writes, so that what it knows stands in the write-ahead logs. */
async function killedHome(seed: number): Promise<{ home: TestHome; oracles: Oracle[] }> {
  const home = await stormHome();
  // The first content stands in the file itself.
  await (await home.start()).close();
  const victim = new Victim(home);
  const oracles = STORM_TARGETS.map((target) => new Oracle(target));
  let left = 60;
  const callers = await Promise.all(oracles.map(({ target }) => victim.connect(target.name)));
  await victim.untilSettled();
  await Promise.all(
    callers.map(async (scim, index) => {
      const oracle = oracles[index];
      if (oracle === undefined) return;
      await storm(scim, oracle, picker(seed + index), {
        answered: () => {
          left -= 1;
          if (left === 0) victim.child.kill('SIGKILL');
        },
      });
    }),
  );
  await victim.exited;
  return { home, oracles };
}

/** Nobody who was confirmed is denied, and nobody is told of otherwise than he is. */
async function expectNothingWrong(host: Host, home: TestHome, oracle: Oracle): Promise<{ unknown: number }> {
  const scim = caller(host, oracle.target.name);
  const really = await statesIn(home, oracle.target);
  let unknown = 0;
  for (const id of oracle.possible.keys()) {
    const seen = told(await scim.get(`/Users/${resourceId(id)}`));
    if (seen === 'unknown') unknown += 1;
    else expect([oracle.target.name, id, seen]).toEqual([oracle.target.name, id, visible(really.get(id)?.[0])]);
  }
  return { unknown };
}

const ways: Readonly<Record<string, (space: string, other: string) => Promise<void>>> = {
  lost: (space) => rm(`${space}-wal`),
  'that of another home': (space, other) => copyFile(`${other}-wal`, `${space}-wal`),
};

test.each(Object.entries(ways))(
  'a write-ahead log %s: nobody is denied of whom the target can be asked, and the loss is told',
  async (_, damage) => {
    const { home, oracles } = await killedHome(1);
    const other = await killedHome(100);
    for (const { target } of oracles) {
      const fileOf = (each: TestHome): string => homeAt(each.folder).spaceFile(target.name);
      await damage(fileOf(home), fileOf(other.home));
    }
    const host = await home.start({ settled: false });
    const readable = oracles.filter(({ target }) => target.decidable);
    for (const oracle of readable) await expectNothingWrong(host, home, oracle);
    for (const { warnings } of host.connectors) expect(warnings.join()).toMatch(/The write-ahead log of|was damaged/);
    // What only its space knew nobody can be asked.
    const blind = host.connectors.find(({ name }) => name === 'blind');
    expect(blind?.warnings.at(-1)).toContain('This connector cannot be read');
    for (const oracle of readable) {
      await host.settled(oracle.target.name);
      // Against what the file still had, what callers have deleted since looks like a loss: that is for a person to say.
      const { lastImport } = host.connectors.find(({ name }) => name === oracle.target.name) ?? {};
      if (lastImport?.outcome === 'heldBack') await host.accept(oracle.target.name);
      await vi.waitFor(async () => expect(await expectNothingWrong(host, home, oracle)).toEqual({ unknown: 0 }), {
        timeout: 20_000,
      });
    }
  },
  120_000,
);
