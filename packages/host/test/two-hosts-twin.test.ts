import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type Alias, homeAt, ManageClient } from '@joinery/host';
import { systemClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { FixtureTarget, fixtureConnector } from './support/fixture-connector.ts';
import { caller, TestHome, type TestHomeOptions } from './support/home.ts';
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
  const twin = await twinOf(home, options);
  const second = await twin.start();
  const [from, to] = [
    await ManageClient.connect(home.folder, systemClock),
    await ManageClient.connect(twin.folder, systemClock),
  ];
  const signal = AbortSignal.timeout(20_000);
  const aliases: Alias[] = [];
  for await (const alias of from.aliases('tree', signal)) aliases.push(alias);
  expect(aliases).toHaveLength(2);
  await to.takeAliases('tree', aliases, signal);
  await expect(to.takeAliases('tree', [{ identity: 'x', id: 'y' }], signal)).rejects.toMatchObject({
    code: 'CONNECTOR_ANCHOR_INVALID',
  });
  await first.close();
  expect(await second.run('tree', 'full')).toMatchObject({ outcome: 'finished' });

  const again = caller(second, 'tree');
  expect((await again.get(`/Users/${ann}`)).body[URN].uid).toBe('anna');
  expect((await again.find('uid eq "anna"')).body.Resources[0].id).toBe(ann);
  expect((await again.find('uid eq "ann"')).body.Resources[0].id).not.toBe(ann);
});
