import { describe, expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { caller, csv, person, TestHome } from './support/home.ts';
import { fileTitles, Victim } from './support/victim.ts';

/*
 * A process is killed by SIGKILL at every named place between two halves of one effect, and the next start is looked at:
 * nobody who was confirmed is lost, nobody is there twice, and what the caller repeats ends as asked.
 */

const newcomer = (number: number) => ({
  AzureObjectID: `new-${number}`,
  UserName: `new${number}@contoso.example`,
  DisplayName: `New ${number}`,
  IsActive: true,
});

describe.each(['journal.before', 'journal.after', 'call.before', 'call.after', 'commit.before', 'commit.after'])(
  'killed at %s',
  (point) => {
    test('no confirmed person is lost, none is there twice, and repeating ends as asked', async () => {
      const home = await TestHome.create();
      await home.write(csv(person(1), person(2)));
      // The third visit: two batches went well before.
      const victim = new Victim(home, `host.${point}@3`);
      const scim = await victim.connect();
      expect(await victim.nextLine()).toBe('settled');
      const confirmed: number[] = [];
      let interrupted = 0;
      for (let number = 1; interrupted === 0; number += 1) {
        try {
          const answer = await scim.create(newcomer(number));
          expect(answer.status).toBe(201);
          confirmed.push(number);
        } catch {
          // The process is gone: undici rejects, and that is the event this test waits for.
          interrupted = number;
        }
      }
      await victim.exited;
      expect(confirmed).toEqual([1, 2]);

      const afterKill = await fileTitles(home);
      const host = await home.start();
      const again = caller(host);
      for (const number of [...confirmed, interrupted]) {
        const found = await again.find(`UserName eq "new${number}@contoso.example"`);
        expect(found.status).toBe(200);
        expect(found.body.totalResults).toBe(afterKill.get(`new-${number}`)?.length ?? 0);
      }
      for (const number of confirmed) expect(afterKill.get(`new-${number}`)).toHaveLength(1);
      expect(host.connectors[0]?.inDoubt).toEqual([]);
      const repeated = await again.create(newcomer(interrupted));
      expect(repeated.status).toBe(afterKill.has(`new-${interrupted}`) ? 409 : 201);
      const inTheEnd = [...(await fileTitles(home))].map(([anchor, titles]) => [anchor, titles.length]);
      expect(inTheEnd).toEqual(['id-1', 'id-2', 'new-1', 'new-2', `new-${interrupted}`].map((anchor) => [anchor, 1]));
      expect((await again.get('/Users?count=0')).body.totalResults).toBe(5);
    });
  },
);

describe.each(['stage.before', 'flip.before', 'flip.after'])('killed at %s of an import', (point) => {
  test('the previous content answers after the restart until the next import is done, which brings everything', async () => {
    const home = await TestHome.create();
    await home.write(csv(person(1), person(2)));
    const first = await home.start();
    await first.close();
    await home.write(csv(person(1).replace('Engineer', 'Pilot'), person(3)));
    const victim = new Victim(home, `host.${point}`);
    await victim.exited;
    expect(victim.child.signalCode).toBe('SIGKILL');
    const host = await home.start();
    const found = (await caller(host).get('/Users')).body;
    expect(
      found.Resources.map((each: Record<string, { AzureObjectID: string; Title: string }>) => [
        each[URN]?.AzureObjectID,
        each[URN]?.Title,
      ]),
    ).toEqual([
      ['id-1', 'Pilot'],
      ['id-3', 'Engineer'],
    ]);
    expect(found.totalResults).toBe(2);
  });
});
