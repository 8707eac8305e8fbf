import { ManageClient } from '@joinery/host';
import { systemClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import type { ScimCaller } from './support/caller.ts';
import { csv, person, TestHome, TUTORIAL } from './support/home.ts';
import { Victim } from './support/victim.ts';

const { signal } = new AbortController();

async function titles(scim: ScimCaller): Promise<number> {
  return (await scim.find('Title eq "Pilot"')).body.totalResults;
}

test.each([
  ['stage.before', 0],
  ['flip.before', 0],
  ['flip.after', 1],
])(
  'killed at %s a delta has brought all or nothing, and the next one goes on from where the content is',
  async (point, brought) => {
    const home = await TestHome.create({ connectors: [{ ...TUTORIAL, runProfiles: { delta: {} } }] });
    await home.write(csv(person(1), person(2)));
    await (await home.start()).close();
    await home.write(csv(person(1).replace('Engineer', 'Pilot'), person(3)));
    const victim = new Victim(home, { failPoint: `host.${point}` });
    await victim.connect();
    const manage = await ManageClient.connect(home.folder, systemClock);
    await expect(manage.run('CSV', 'delta', () => {}, signal)).rejects.toMatchObject({ code: 'HOST_NOT_RUNNING' });
    await victim.exited;
    const { host, scim } = await home.call();
    expect(await titles(scim)).toBe(brought);
    expect((await scim.get('/Users')).body.totalResults).toBe(2);
    expect(await host.run('CSV', 'delta')).toMatchObject({
      kind: 'deltaImport',
      outcome: 'finished',
      adds: 1 - brought,
      updates: 1 - brought,
      deletes: 1 - brought,
    });
    expect(await titles(scim)).toBe(1);
    expect((await scim.find('AzureObjectID eq "id-2"')).body.totalResults).toBe(0);
  },
);
