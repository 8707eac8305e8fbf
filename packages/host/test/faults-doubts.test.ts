import { expect, test } from 'vitest';
import { fixtureHost } from './support/fixture-host.ts';

test('somebody who was created, and whose delete is in doubt, is gone with the first import that does not bring him', async () => {
  const { target, host, scim } = await fixtureHost(
    { without: ['lookup'] },
    {},
    { prepare: (made) => made.put('other') },
  );
  const { id } = (await scim.create({ id: 'a', userName: 'ann' })).body;
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  expect((await scim.delete(id)).status).toBe(503);
  target.afterPut = () => {};
  expect(target.objects.has('a')).toBe(false);
  // No import has shown him so far; a target may be late with showing whom it was given, but not with whom it was to delete.
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished' });
  expect(host.connectors[0]?.inDoubt).toEqual([]);
  expect((await scim.get(`/Users/${id}`)).status).toBe(404);
  expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(0);
});
