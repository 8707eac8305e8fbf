import type { Host } from '@joinery/host';
import { expect, test } from 'vitest';
import type { Answer } from './support/caller.ts';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { until } from './support/until.ts';

function id(anchor: string): string {
  return Buffer.from(`S${anchor}`).toString('base64url');
}

const manager = { name: 'manager', type: 'Reference' } as const;

/** A host whose target is held at its first write, so that what is handed over next gathers in the order given. */
async function gathering(people: readonly string[]) {
  const { target, host, scim } = await fixtureHost(
    { attributes: [{ name: 'id' }, { name: 'title' }, manager] },
    { attributes: [{ name: 'id' }, { name: 'title' }, { ...manager, refersTo: ['User'] }] },
    {
      prepare: (made) => {
        for (const person of people) made.put(person);
      },
    },
  );
  const first = gate();
  target.onPut = () => first.opened;
  const answers: Promise<Answer>[] = [scim.create({ id: 'first' })];
  await until(() => expect(target.batches).toHaveLength(1));
  const submit = async (write: Promise<Answer>): Promise<void> => {
    answers.push(write);
    await waiting(host, answers.length - 1);
  };
  const end = async (): Promise<number[]> => {
    first.open();
    return (await Promise.all(answers.slice(1))).map(({ status }) => status);
  };
  return { target, host, scim, submit, end };
}

async function waiting(host: Host, writes: number): Promise<void> {
  await until(() => expect(host.connectors[0]?.waitingWrites).toBe(writes));
}

test('who refers to a person that is only being created comes after them, in a batch of their own', async () => {
  const { target, scim, submit, end } = await gathering([]);
  await submit(scim.create({ id: 'boss' }));
  await submit(scim.create({ id: 'ann', manager: id('boss') }));
  await submit(scim.create({ id: 'bob' }));
  expect(await end()).toEqual([201, 201, 201]);
  const batches = target.batches.map((batch) => batch.map(({ anchorAttributes }) => anchorAttributes[0]?.value));
  expect(batches).toEqual([['first'], ['boss', 'bob'], ['ann']]);
  expect(target.value('ann', 'manager')).toEqual(['boss']);
});

test('who refers to a person that is being deleted hears that there is no such person', async () => {
  const { target, scim, submit, end } = await gathering(['boss', 'ann']);
  await submit(scim.delete(id('boss')));
  await submit(scim.set(id('ann'), 'manager', id('boss')));
  expect(await end()).toEqual([204, 400]);
  expect([...target.objects.keys()].sort()).toEqual(['ann', 'first']);
});

test('a person that is referred to by a write on its way is deleted after it', async () => {
  const { target, scim, submit, end } = await gathering(['boss', 'ann']);
  await submit(scim.set(id('ann'), 'manager', id('boss')));
  await submit(scim.delete(id('boss')));
  expect(await end()).toEqual([200, 204]);
  expect(target.batches.map((batch) => batch.length)).toEqual([1, 1, 1]);
});

test('writes of one person keep their order while the space still takes in the one before', async () => {
  const { target, scim, submit, end } = await gathering(['ann']);
  const titles = Array.from({ length: 20 }, (_, number) => `Title ${number}`);
  for (const title of titles) await submit(scim.set(id('ann'), 'title', title));
  expect(new Set(await end())).toEqual(new Set([200]));
  const written = target.batches
    .flat()
    .flatMap(({ attributeChanges }) =>
      attributeChanges.flatMap(({ name, valueChanges }) => (name === 'title' ? [valueChanges[0]?.value] : [])),
    );
  expect(written).toEqual(titles);
  expect((await scim.get(`/Users/${id('ann')}`)).text).toContain('Title 19');
});

test('an import that no longer finds whom a caller is deleting leaves that to the delete', async () => {
  const { target, host, scim } = await fixtureHost(
    {},
    {},
    {
      prepare: (made) => {
        for (const person of ['ann', 'bob']) made.put(person);
      },
    },
  );
  const answer = gate();
  target.afterPut = () => answer.opened;
  const deleting = scim.delete(id('ann'));
  await until(() => expect([...target.objects.keys()]).toEqual(['bob']));
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', deletes: 0, unchanged: 1 });
  answer.open();
  expect((await deleting).status).toBe(204);
  expect((await scim.get(`/Users/${id('ann')}`)).status).toBe(404);
  expect((await scim.get('/Users')).body.totalResults).toBe(1);
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', deletes: 0, unchanged: 1 });
});

test('more writes than may wait are refused as a SCIM error with the time to come back', async () => {
  const { target, host, scim } = await fixtureHost({}, {}, { overrides: { pendingWrites: 1 } });
  const first = gate();
  target.onPut = () => first.opened;
  const answers = [scim.create({ id: 'a' })];
  await until(() => expect(target.batches).toHaveLength(1));
  answers.push(scim.create({ id: 'b' }));
  await waiting(host, 1);
  const refused = await scim.create({ id: 'c' });
  expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('content-type')]).toEqual([
    503,
    '5',
    expect.stringContaining('application/scim+json'),
  ]);
  expect(refused.body).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '503',
    detail: '1 writes wait for this connector already.',
  });
  first.open();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([201, 201]);
});
