import { ManualClock } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { fixtureHost } from './support/fixture-host.ts';
import { caller } from './support/home.ts';

const MINUTE = 60_000;

function idOf(number: number): string {
  return Buffer.from(`Sid-${number}`).toString('base64url');
}

const options = {
  prepare: (target: { put(id: string): void }) => {
    for (let number = 0; number < 10; number += 1) target.put(`id-${number}`);
  },
};

test('more deletes than the connector allows within an hour are refused with the time to wait, through a restart', async () => {
  const clock = new ManualClock(Date.now());
  const { target, home, host, scim } = await fixtureHost({}, { limits: { deletesPerHour: 3 } }, { clock, ...options });
  expect((await scim.delete(idOf(0))).status).toBe(204);
  clock.advance(20 * MINUTE);
  expect((await scim.delete(idOf(1))).status).toBe(204);
  expect((await scim.delete(idOf(2))).status).toBe(204);
  const refused = await scim.delete(idOf(3));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2400']);
  expect(refused.body.detail).toContain('at most 3 objects within an hour');
  expect(target.objects.has('id-3')).toBe(true);
  await host.close();
  const again = caller(await home.start(), 'fixture');
  expect((await again.delete(idOf(3))).status).toBe(429);
  expect((await again.set(idOf(3), 'title', 'Pilot')).status).toBe(200);
  clock.advance(40 * MINUTE);
  expect((await again.delete(idOf(3))).status).toBe(204);
  expect((await again.delete(idOf(4))).status).toBe(429);
});

test('many deletes at once get no further than one after the other', async () => {
  const { target, scim } = await fixtureHost({}, { limits: { deletesPerHour: 3 } }, options);
  const statuses = await Promise.all(
    Array.from({ length: 10 }, async (_, number) => (await scim.delete(idOf(number))).status),
  );
  expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 204, 204, ...Array.from({ length: 7 }, () => 429)]);
  expect(target.objects.size).toBe(7);
});

test('a disable flow that deletes counts as a delete, one that sets a value does not', async () => {
  const deprovisioning = {
    statusAttribute: 'enabled',
    disableFlow: { kind: 'Delete' },
    deleteFlow: { kind: 'Delete' },
  } as const;
  const { scim } = await fixtureHost({}, { limits: { deletesPerHour: 1 }, deprovisioning }, options);
  expect((await scim.set(idOf(0), 'enabled', true)).status).toBe(200);
  expect((await scim.set(idOf(0), 'enabled', false)).status).toBe(200);
  expect((await scim.get(`/Users/${idOf(0)}`)).status).toBe(404);
  expect((await scim.delete(idOf(1))).status).toBe(429);
});

test('what an import finds gone is not counted, and without a limit nothing is', async () => {
  const { target, host, scim } = await fixtureHost({}, { limits: { deletesPerHour: 1 } }, options);
  for (let number = 0; number < 5; number += 1) target.objects.delete(`id-${number}`);
  expect(await host.run('fixture', 'full')).toMatchObject({ deletes: 5 });
  expect((await scim.delete(idOf(5))).status).toBe(204);
  const free = await fixtureHost({}, {}, options);
  for (let number = 0; number < 10; number += 1) expect((await free.scim.delete(idOf(number))).status).toBe(204);
});
