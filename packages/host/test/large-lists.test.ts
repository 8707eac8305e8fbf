import { expect, test } from 'vitest';
import { URN } from './support/caller.ts';
import { fixtureHost } from './support/fixture-host.ts';

const VALUES = Array.from({ length: 60_000 }, (_, index) => `value ${index}`);

// Each value compared with each other one takes minutes.
test('a list of tens of thousands of values is read and takes in one more within seconds', {
  timeout: 20_000,
}, async () => {
  const { target, host, scim } = await fixtureHost(
    { traits: { exportType: 'AttributeUpdate' }, delta: true },
    { runProfiles: { full: {}, delta: {} } },
    { prepare: (fixture) => fixture.put('ann', { objectClass: VALUES }) },
  );
  const [ann] = (await scim.find('id eq "x" or userName pr or objectClass pr')).body.Resources;
  expect(ann[URN].objectClass).toHaveLength(VALUES.length);
  const added = await scim.patch(ann.id, { op: 'Add', path: `${URN}:objectClass`, value: ['one more'] });
  expect(added.status).toBe(200);
  expect(target.batches.at(-1)?.[0]?.attributeChanges[0]?.valueChanges).toEqual([
    { value: 'one more', modificationType: 'Add' },
  ]);
  target.changes.push({
    identifier: 'change',
    objectType: 'user',
    objectModificationType: 'Update',
    anchorAttributes: [{ name: 'id', value: 'ann' }],
    attributeChanges: [
      {
        name: 'objectClass',
        modificationType: 'Update',
        valueChanges: [{ value: 'two more', modificationType: 'Add' }],
      },
    ],
  });
  expect(await host.run('fixture', 'delta')).toMatchObject({ updates: 1 });
  expect((await scim.get(`/Users/${ann.id}`)).body[URN].objectClass).toHaveLength(VALUES.length + 2);
});
