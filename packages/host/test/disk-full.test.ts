import { mkdir, readFile } from 'node:fs/promises';
import { homeAt } from '@joinery/host';
import { expect, test, vi } from 'vitest';
import { type Json, type ScimCaller, URN } from './support/caller.ts';
import { holdWrites } from './support/ledger.ts';
import { smallDisks } from './support/small-disk.ts';
import { Oracle, resourceId, storm, told, visible } from './support/storm.ts';
import { LEDGER, nameOf, STORM_TARGETS, statesIn, stormHome } from './support/storm-targets.ts';
import { picker } from './support/unleash.ts';
import { judge } from './support/verdict.ts';
import { Victim } from './support/victim.ts';

/** SQLite tells a full disk apart; of a limit on files, or a quota, it only says that writing fails. */
const words = { tmpfs: /disk that holds the connector space is full/, limit: /space cannot be read or written/ };

interface Pair {
  readonly oracle: Oracle;
  readonly scim: ScimCaller;
}

/** Until the host tells of everybody whose write had no answer what became of it; nobody can say so for the blind target. */
async function untilKnown({ oracle, scim }: Pair): Promise<void> {
  if (!oracle.target.decidable) return;
  for (const id of [...oracle.open.keys()]) {
    const seen = await vi.waitFor(
      async () => {
        const answer = told(await scim.get(`/Users/${resourceId(id)}`));
        if (answer === 'unknown') throw new Error(`nobody knows what became of ${id} of ${oracle.target.name}`);
        return answer;
      },
      { timeout: 20_000, interval: 100 },
    );
    oracle.settled(id, seen);
  }
}

test.each(smallDisks)(
  'a space whose disk (%s) runs full loses no confirmed write, goes on answering reads, says so, and recovers by itself',
  async (kind, diskFor) => {
    const home = await stormHome();
    const { space } = homeAt(home.folder);
    await mkdir(space, { mode: 0o700 });
    const disk = diskFor(space);
    const victim = new Victim(home, { within: disk.words });
    const pairs = await Promise.all(
      STORM_TARGETS.map(async (target) => ({ oracle: new Oracle(target), scim: await victim.connect(target.name) })),
    );
    const [shell, pid] = [victim.child.pid ?? 0, await victim.pid()];
    await victim.untilSettled();
    const pick = picker(7);
    const refusals: string[] = [];
    for (let cycle = 0; cycle < 2; cycle += 1) {
      let [before, after] = [40, 30];
      const answered = (): void => {
        before -= 1;
        if (before === 0) disk.fill(shell, pid);
        if (before < 0) after -= 1;
      };
      await Promise.all(
        pairs.map(({ oracle, scim }) => {
          const refused = (text: string): void => void refusals.push(text);
          return storm(scim, oracle, pick, { answered, refused, until: () => after < 0 });
        }),
      );
      expect((await victim.ask('import', 'ledger')).outcome).toBe('failed');
      for (const { oracle, scim } of pairs) {
        const sure = [...oracle.possible.keys()].filter((id) => !oracle.open.has(id)).slice(0, 10);
        for (const id of sure)
          expect([id, told(await scim.get(`/Users/${resourceId(id)}`))]).toEqual([id, visible(oracle.certain(id))]);
      }
      disk.free(shell, pid);
      expect((await victim.ask('import', 'ledger')).outcome).toBe('finished');
      for (const pair of pairs) await untilKnown(pair);
    }
    expect(refusals.length).toBeGreaterThan(0);
    for (const text of refusals) expect(text).toMatch(/disk that|read or written|outcome of the last write/);
    expect(refusals.some((text) => words[kind].test(text))).toBe(true);
    await victim.stop();
    await judge(
      home,
      pairs.map(({ oracle }) => oracle),
    );
  },
  120_000,
);

test.each(smallDisks)(
  'a write that was done while the disk (%s) ran full is in doubt until there is room, and is then found out about',
  async (_, diskFor) => {
    const home = await stormHome();
    const { space, connectorFolder } = homeAt(home.folder);
    await mkdir(space, { mode: 0o700 });
    const disk = diskFor(space);
    const victim = new Victim(home, { within: disk.words });
    const scim = await victim.connect('ledger');
    const [shell, pid] = [victim.child.pid ?? 0, await victim.pid()];
    await victim.untilSettled();
    const { hanging, release } = holdWrites(connectorFolder('ledger'));
    const lost = scim.create({ id: 'a', userName: 'ann' });
    await vi.waitFor(() => expect(hanging()).toBe(true));
    const waits = scim.create({ id: 'b', userName: 'bob' });
    await vi.waitFor(async () => expect((await victim.ask('status', 'ledger')).waitingWrites).toBe(1));
    disk.fill(shell, pid);
    release();
    expect((await lost).text).toContain('The outcome of the last write to this object is not known yet');
    expect((await waits).status).toBe(503);
    expect(await victim.ask('import', 'ledger')).toMatchObject({ outcome: 'failed' });
    expect((await scim.find('userName eq "ann"')).status).toBe(503);
    expect((await scim.find('userName eq "bob"')).body.totalResults).toBe(0);
    disk.free(shell, pid);
    expect(await victim.ask('import', 'ledger')).toMatchObject({ outcome: 'finished' });
    // A limit on files holds for the target's file too.
    const there = (await statesIn(home, LEDGER)).has('a');
    expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(there ? 1 : 0);
    expect((await scim.create({ id: 'b', userName: 'bob' })).status).toBe(201);
    const [failed] = (await victim.ask('history', 'ledger')).filter((run: Json) => run.outcome === 'failed');
    expect(failed?.detail ?? 'not noted').toMatch(/HOST_SPACE_|not noted/);
    await victim.stop();
  },
);

test.each(smallDisks)(
  'an import whose disk (%s) runs full in its middle changes nothing, and the next one brings everything once',
  async (kind, diskFor) => {
    const home = await stormHome();
    const { space } = homeAt(home.folder);
    await mkdir(space, { mode: 0o700 });
    const disk = diskFor(space);
    const victim = new Victim(home, { within: disk.words });
    const scim = await victim.connect('files');
    const [shell, pid] = [victim.child.pid ?? 0, await victim.pid()];
    await victim.untilSettled();
    const rows = Array.from({ length: 8_000 }, (_, number) => `many-${number};${nameOf(`many-${number}`)};Pilot;`);
    const known = await readFile(home.file('files', 'people.csv'), 'utf8');
    await home.write(`${known.replaceAll('Engineer', 'Captain')}${rows.join('\n')}\n`, 'files', 'people.csv');
    disk.fill(shell, pid, 1_000_000);
    const failed = await victim.ask('import', 'files');
    expect(failed).toMatchObject({ outcome: 'failed', detail: expect.stringMatching(words[kind]) });
    expect(failed.adds).toBeGreaterThan(100);
    expect((await scim.get('/Users?count=0')).body.totalResults).toBe(40);
    expect((await scim.get(`/Users/${resourceId('id-0')}`)).body[URN].title).toBe('Engineer');
    expect((await scim.find(`userName eq "${nameOf('many-1')}"`)).body.totalResults).toBe(0);
    disk.free(shell, pid);
    expect(await victim.ask('import', 'files')).toMatchObject({
      outcome: 'finished',
      adds: 8_000,
      updates: 40,
      deletes: 0,
    });
    const ids = new Set<string>();
    for (let start = 1; start <= 8_040; start += 1_000) {
      const { body } = await scim.get(`/Users?startIndex=${start}&count=1000`);
      expect(body.totalResults).toBe(8_040);
      for (const { id } of body.Resources) ids.add(id);
    }
    expect(ids.size).toBe(8_040);
    expect((await scim.get(`/Users/${resourceId('id-0')}`)).body[URN].title).toBe('Captain');
    await victim.stop();
  },
  120_000,
);
