import { rm } from 'node:fs/promises';
import { homeAt } from '@joinery/host';
import { expect, test } from 'vitest';
import { fixtureHost } from './support/fixture-host.ts';
import { caller } from './support/home.ts';

const never = { without: ['fullImport', 'lookup'] } as const;
const id = Buffer.from('Sa').toString('base64url');

test.each(['AttributeReplace', 'AttributeUpdate'] as const)(
  'an object of a target that is never read is changed and deleted by the anchor in its id, also when the space is lost (%s)',
  async (exportType) => {
    const { target, home, host, scim } = await fixtureHost({ ...never, traits: { exportType } });
    expect((await scim.create({ id: 'a', userName: 'ann', title: 'Chief' })).body.id).toBe(id);
    await host.close();
    await rm(homeAt(home.folder).space, { recursive: true });
    const again = caller(await home.start(), 'fixture');
    expect((await again.get(`/Users/${id}`)).status).toBe(404);
    expect((await again.set(id, 'title', 'Head')).status).toBe(200);
    expect(target.batches.at(-1)?.[0]).toMatchObject({
      objectModificationType: 'Update',
      anchorAttributes: [{ name: 'id', value: 'a' }],
    });
    expect(target.value('a', 'title')).toEqual(['Head']);
    expect(target.value('a', 'userName')).toEqual(['ann']);
    expect((await again.delete(id)).status).toBe(204);
    expect(target.objects.size).toBe(0);
  },
);

test('where whole objects are written, what is not known is not overwritten', async () => {
  const { target, home, host, scim } = await fixtureHost({ ...never, traits: { exportType: 'ObjectReplace' } });
  await scim.create({ id: 'a', userName: 'ann' });
  await host.close();
  await rm(homeAt(home.folder).space, { recursive: true });
  const again = caller(await home.start(), 'fixture');
  expect((await again.set(id, 'title', 'Head')).status).toBe(404);
  expect(target.value('a', 'userName')).toEqual(['ann']);
});

test('text that is no id of this connector is the id of nobody', async () => {
  const { target, scim } = await fixtureHost(never);
  for (const text of ['nobody', 'U2E=', '%00', 'VAVHcm91cFNh', Buffer.from('Ia').toString('base64url')]) {
    expect((await scim.delete(text)).status).toBe(404);
  }
  expect(target.batches).toEqual([]);
});
