import { open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type Host, homeAt } from '@joinery/host';
import type { Logger } from '@joinery/runtime';
import { describe, expect, test, vi } from 'vitest';
import { type ScimCaller, URN } from './support/caller.ts';
import { caller, csv, person, TestHome } from './support/home.ts';
import { resourceId } from './support/storm.ts';

const PEOPLE = 1_500;

/** A home with enough people that the space has some hundred pages, and what is said of it. */
async function filledHome(): Promise<{ home: TestHome; space: string; said: string[] }> {
  const said: string[] = [];
  const say = (_: unknown, message: string): void => void said.push(message);
  const logger: Logger = { debug: () => {}, info: () => {}, warn: say, error: say, child: () => logger };
  const home = await TestHome.create({ logger });
  await home.write(csv(...Array.from({ length: PEOPLE }, (_, number) => person(number))));
  return { home, space: homeAt(home.folder).spaceFile('CSV'), said };
}

async function overwrite(path: string, at: number, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(bytes, 0, bytes.length, at);
  await file.close();
}

/** Neither zeros nor text, and the same in every run. */
const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, at) => (at * 151 + 7) % 256));

const ways: Readonly<Record<string, (space: string) => Promise<void>>> = {
  'its header overwritten': (space) => overwrite(space, 0, noise(100)),
  'pages of its middle overwritten': async (space) => {
    const { size } = await stat(space);
    await overwrite(space, Math.floor(size / 8_192) * 4_096, noise(100 * 4_096));
  },
  'every page but the first cleared': async (space) => {
    const { size } = await stat(space);
    await overwrite(space, 4_096, Buffer.alloc(size - 4_096));
  },
  'half of it cut off': async (space) => truncate(space, Math.floor((await stat(space)).size / 8_192) * 4_096),
  'the file gone': (space) => rm(space),
};

/** Asks for people from all over the space in every way; whoever is told of is told of as the target has it. */
async function expectNobodyDenied(scim: ScimCaller, title = 'Engineer'): Promise<{ later: number }> {
  let later = 0;
  for (let number = 0; number < PEOPLE; number += 50) {
    const byId = await scim.get(`/Users/${resourceId(`id-${number}`)}`);
    const byName = await scim.find(`UserName eq "user${number}@contoso.example"`);
    if (byId.status === 503) later += 1;
    else expect([number, byId.status, byId.body[URN]?.Title]).toEqual([number, 200, title]);
    if (byName.status === 503) later += 1;
    else expect([number, byName.status, byName.body.totalResults]).toEqual([number, 200, 1]);
  }
  const listed = await scim.get('/Users?count=1');
  if (listed.status === 503) later += 1;
  else expect(listed.body.totalResults).toBe(PEOPLE);
  return { later };
}

async function untilRebuilt(host: Host): Promise<void> {
  const scim = caller(host);
  await vi.waitFor(async () => expect(await expectNobodyDenied(scim)).toEqual({ later: 0 }), { timeout: 20_000 });
  expect(host.connectors[0]).toMatchObject({ state: 'serving', objects: PEOPLE });
  expect((await scim.set(resourceId('id-1'), 'DisplayName', 'changed')).status).toBe(200);
}

async function keptAside(space: string): Promise<string[]> {
  return (await readdir(dirname(space))).filter((name) => name.startsWith(`${basename(space)}.damaged-`));
}

describe.each(Object.entries(ways))('a space with %s', (way, damage) => {
  test('while the host was stopped answers nobody wrongly, is kept aside and filled again', async () => {
    const { home, space, said } = await filledHome();
    await (await home.start()).close();
    await damage(space);
    const host = await home.start({ settled: false });
    await expectNobodyDenied(caller(host));
    await untilRebuilt(host);
    if (way === 'the file gone') return;
    expect((await keptAside(space)).length).toBeGreaterThan(0);
    expect(said.some((line) => line.includes('damaged; it is kept aside'))).toBe(true);
  }, 60_000);

  test('while the host runs answers nobody wrongly, and is kept aside and filled again once it is met', async () => {
    const { home, space } = await filledHome();
    const host = await home.start();
    // What lies in the write-ahead log hides the file: a start without a change leaves all in the file.
    await host.close();
    const again = await home.start();
    await damage(space);
    await expectNobodyDenied(caller(again));
    await again.run('CSV', 'full').catch(() => {});
    await untilRebuilt(again);
  }, 60_000);
});
