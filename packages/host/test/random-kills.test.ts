import { seededRandom } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { type ScimCaller, URN } from './support/caller.ts';
import { csv, person, TestHome } from './support/home.ts';
import { fileTitles, Victim } from './support/victim.ts';

const people = 60;
const callers = 6;

function resourceId(anchor: string): string {
  return Buffer.from(`S${anchor}`).toString('base64url');
}

/** What may stand in the file for one person: each title that a write may have left, and `undefined` for no row. */
type Possible = Set<string | undefined>;

/** Writes at random until the process is gone, and keeps what each answer, or its absence, leaves possible. */
async function write(
  scim: ScimCaller,
  possible: Map<string, Possible>,
  pick: (below: number) => number,
  confirmed: () => void,
): Promise<void> {
  const busy = new Set<string>();
  let next = possible.size;
  const work = async (): Promise<void> => {
    for (;;) {
      const anchor = pick(3) === 0 ? `new-${next++}` : ([...possible.keys()][pick(possible.size)] ?? '');
      const before: Possible = possible.get(anchor) ?? new Set([undefined]);
      if (busy.has(anchor) || before.size !== 1) continue;
      busy.add(anchor);
      const title = before.has(undefined) || pick(4) > 0 ? `Title ${pick(1_000_000)}` : undefined;
      possible.set(anchor, new Set([...before, title]));
      const { status } = before.has(undefined)
        ? await scim.create({ AzureObjectID: anchor, UserName: anchor, Title: title })
        : title === undefined
          ? await scim.delete(resourceId(anchor))
          : await scim.set(resourceId(anchor), 'Title', title);
      expect([200, 201, 204]).toContain(status);
      possible.set(anchor, new Set([title]));
      confirmed();
      busy.delete(anchor);
    }
  };
  await Promise.allSettled(Array.from({ length: callers }, work)).then((outcomes) => {
    // The process is gone: undici rejects, and that is the event each caller waits for.
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(TypeError);
  });
}

test.each([1, 2, 3])(
  'killed at any moment of many writes (seed %i), the file and the host tell of everybody what was confirmed',
  async (seed) => {
    const random = seededRandom(seed);
    const pick = (below: number): number => Buffer.from(random.bytes(4)).readUInt32BE() % below;
    const home = await TestHome.create();
    await home.write(csv(...Array.from({ length: people }, (_, number) => person(number))));
    const possible = new Map<string, Possible>(
      Array.from({ length: people }, (_, number) => [`id-${number}`, new Set(['Engineer'])]),
    );
    const victim = new Victim(home);
    const scim = await victim.connect();
    expect(await victim.nextLine()).toBe('settled');
    let left = 20 + pick(60);
    await write(scim, possible, pick, () => {
      left -= 1;
      if (left === 0) victim.child.kill('SIGKILL');
    });
    await victim.exited;

    const titles = await fileTitles(home);
    for (const anchor of titles.keys()) expect([...possible.keys()]).toContain(anchor);
    for (const [anchor, allowed] of possible) {
      const found = titles.get(anchor) ?? [];
      expect(found.length).toBeLessThan(2);
      expect([...allowed]).toContain(found[0]);
    }
    const again = new Victim(home);
    const later = await again.connect();
    expect(await again.nextLine()).toBe('settled');
    for (const anchor of possible.keys()) {
      const answer = await later.get(`/Users/${resourceId(anchor)}`);
      const [title] = titles.get(anchor) ?? [];
      expect([anchor, answer.status]).toEqual([anchor, title === undefined ? 404 : 200]);
      if (title !== undefined) expect(answer.body[URN].Title).toBe(title);
    }
  },
);
