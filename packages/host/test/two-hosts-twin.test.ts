import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { homeAt } from '@joinery/host';
import { expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { FixtureTarget, fixtureConnector } from './support/fixture-connector.ts';
import { caller, TestHome, type TestHomeOptions } from './support/home.ts';
import { openSpace } from './support/space.ts';
import { TREE, TreeTarget } from './support/tree-target.ts';

/** A passive twin as it is set up: connector files and secrets are copied, and nothing of what the first host has read. */
async function twinOf(first: TestHome, options: TestHomeOptions): Promise<TestHome> {
  const twin = await TestHome.create({ ...options, connectors: [] });
  const [from, to] = [homeAt(first.folder), homeAt(twin.folder)];
  await cp(from.connectors, to.connectors, { recursive: true });
  for (const file of ['vault.json', 'vault.key']) await cp(join(first.folder, file), join(twin.folder, file));
  return twin;
}

test('H-75 a passive twin with the same configuration and token answers the ids that the first host has issued', async () => {
  const target = new FixtureTarget();
  target.put('ann@contoso.example', { userName: 'ann' });
  const options = { kinds: [target.kind], connectors: [fixtureConnector()] };
  const home = await TestHome.create(options);
  const first = await home.start();
  const scim = caller(first, 'fixture');
  const made = await scim.create({ id: 'bob, CN=Bob', userName: 'bob' });
  const ids = [(await scim.find('userName eq "ann"')).body.Resources[0].id, made.body.id];
  await first.close();
  const twin = caller(await (await twinOf(home, options)).start(), 'fixture');
  for (const [index, name] of ['ann', 'bob'].entries()) {
    expect((await twin.get(`/Users/${ids[index]}`)).body[URN].userName).toBe(name);
    expect((await twin.set(ids[index], 'title', 'Pilot')).status).toBe(200);
  }
  expect(target.value('ann@contoso.example', 'title')).toEqual(['Pilot']);
});

test('H-75 with the alias table brought over, a twin also answers the ids of those whose anchor has changed', async () => {
  const target = new TreeTarget();
  target.put('person', 'ann', 'CN=Ann');
  const options = { kinds: [target.kind], connectors: [TREE] };
  const home = await TestHome.create(options);
  const first = await home.start();
  const scim = caller(first, 'tree');
  const ann = (await scim.find('uid eq "ann"')).body.Resources[0].id;
  expect((await scim.set(ann, 'uid', 'anna')).body.id).toBe(ann);
  expect((await scim.create({ uid: 'ann', '-dn-': 'CN=Second' })).status).toBe(201);
  await first.close();
  const twin = await twinOf(home, options);

  const [from, to] = [homeAt(home.folder), homeAt(twin.folder)];
  await mkdir(to.space, { mode: 0o700 });
  const there = await openSpace(from.spaceFile('tree'));
  const here = await openSpace(to.spaceFile('tree'));
  for await (const aliases of there.aliases(AbortSignal.timeout(5_000)))
    await here.writer.call('importAliases', aliases);
  await there.close();
  await here.close();

  const again = caller(await twin.start(), 'tree');
  expect((await again.get(`/Users/${ann}`)).body[URN].uid).toBe('anna');
  expect((await again.find('uid eq "anna"')).body.Resources[0].id).toBe(ann);
  expect((await again.find('uid eq "ann"')).body.Resources[0].id).not.toBe(ann);
});
