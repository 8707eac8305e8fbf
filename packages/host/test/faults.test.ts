// Loading a package declares its fail-points.
import '@joinery/connector-csv';
import '@joinery/host';
import { failPointNames } from '@joinery/runtime/fail-point';
import { expect, test } from 'vitest';
import { type Json, type ScimCaller, URN } from './support/caller.ts';
import { caller, csv, person, TestHome } from './support/home.ts';
import { stormHome } from './support/storm-targets.ts';
import { picker, unleash } from './support/unleash.ts';
import { judge } from './support/verdict.ts';
import { Victim } from './support/victim.ts';

/*
 * A process is killed by SIGKILL at every named place between two halves of one effect, and the next start is looked at.
 * The list is the program's: a new place is killed at without a line here, and one that the load never comes by fails.
 */
const places = failPointNames().filter((name) => /^(?:host|csv)\./.test(name));

test('there are places to be killed at', () => {
  expect(places).toEqual(expect.arrayContaining(['host.journal.after', 'host.flip.before', 'csv.rename.after']));
});

test.each(places)(
  'killed at %s while callers write and imports run, nobody is lost, invented or written twice',
  async (place) => {
    const home = await stormHome();
    // The sixth visit: the first ones are the start's, and batches and imports have gone well before.
    const victim = new Victim(home, { failPoint: `${place}@6`, churn: true });
    const never = setTimeout(() => victim.child.kill('SIGTERM'), 30_000);
    const oracles = await unleash(victim, picker(places.indexOf(place)));
    clearTimeout(never);
    expect([place, victim.child.signalCode]).toEqual([place, 'SIGKILL']);
    await judge(home, oracles);
  },
  120_000,
);

test.each(['stage.before', 'flip.before', 'flip.after'])(
  'killed at %s of an import, the content is the one before or the one after it, and the next import brings everything',
  async (point) => {
    const home = await TestHome.create();
    await home.write(csv(person(1), person(2)));
    const first = await home.start();
    await first.close();
    await home.write(csv(person(1).replace('Engineer', 'Pilot'), person(3)));
    const victim = new Victim(home, { failPoint: `host.${point}` });
    await victim.connect();
    await victim.untilSettled();
    victim.child.stdin?.write('import CSV\n');
    await victim.exited;
    expect(victim.child.signalCode).toBe('SIGKILL');
    const host = await home.start({ settled: false });
    const scim = caller(host);
    const before = ['id-1 Engineer', 'id-2 Engineer'];
    const after = ['id-1 Pilot', 'id-3 Engineer'];
    expect([before, after]).toContainEqual(await everybody(scim));
    expect(await host.run('CSV', 'full')).toMatchObject({ outcome: 'finished' });
    expect(await everybody(scim)).toEqual(after);
  },
);

async function everybody(scim: ScimCaller): Promise<string[]> {
  const { totalResults, Resources } = (await scim.get('/Users')).body;
  expect(totalResults).toBe(Resources.length);
  return Resources.map(({ [URN]: person }: Json) => `${person.AzureObjectID} ${person.Title}`);
}
