import { expect, test } from 'vitest';
import { type ScimCaller, URN } from './support/caller.ts';
import { fixtureHost } from './support/fixture-host.ts';
import { csv, person, TestHome } from './support/home.ts';

const { signal } = new AbortController();

function idOf(anchor: string): string {
  return Buffer.from(`S${anchor}`).toString('base64url');
}

async function anchors(scim: ScimCaller): Promise<string[]> {
  const { body } = await scim.get('/Users');
  return body.Resources.map((each: Record<string, { id: string }>) => each[URN]?.id);
}

test('H-25 a user that is changed directly in the target has its old values until the next import', async () => {
  const home = await TestHome.create();
  await home.write(csv(person(1)));
  const { host, scim } = await home.call();
  await home.write(csv(person(1).replace('Engineer', 'Pilot')));
  expect((await scim.get(`/Users/${idOf('id-1')}`)).body[URN].Title).toBe('Engineer');
  expect((await scim.find('Title eq "Pilot"')).body.totalResults).toBe(0);
  await host.run('CSV', 'full');
  expect((await scim.get(`/Users/${idOf('id-1')}`)).body[URN].Title).toBe('Pilot');
});

test('what the target made of an export is listed by object and attribute, never by value, and is not exported again', async () => {
  const { target, host, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a', { title: 'Pilot' }) });
  await scim.set(idOf('a'), 'title', 'Captain');
  await scim.create({ id: 'b', title: 'Trainee', userName: 'bo' });
  // The target has rules of its own.
  target.put('a', { title: 'CAPTAIN' });
  target.put('b', { title: 'Trainee' });
  const report = await host.run('fixture', 'full');
  expect(report).toMatchObject({
    outcome: 'finished',
    updates: 2,
    differing: 2,
    differences: [
      { id: idOf('a'), attributes: ['title'] },
      { id: idOf('b'), attributes: ['userName'] },
    ],
  });
  expect(JSON.stringify(report)).not.toContain('CAPTAIN');
  const [line] = await host.history('fixture', 1, signal);
  expect(line).toMatchObject({ differing: 2, differences: report.differences });
  expect((await scim.get(`/Users/${idOf('a')}`)).body[URN].title).toBe('CAPTAIN');
  expect(target.batches).toHaveLength(2);
  // What differed once is the content now, and is told no second time.
  target.put('a', { title: 'Pilot' });
  expect(await host.run('fixture', 'full')).toMatchObject({ updates: 1, differing: 0 });
});

test('an attribute that is written only is no difference', async () => {
  const { host, scim, target } = await fixtureHost();
  expect((await scim.create({ id: 'a', secretNote: 'hush' })).status).toBe(201);
  expect(target.value('a', 'secretNote')).toEqual(['hush']);
  expect(await host.run('fixture', 'full')).toMatchObject({ unchanged: 1, differing: 0 });
});

test('an object that the target shows only later is spared by the first import that does not bring it, not by the second', async () => {
  const { target, host, scim } = await fixtureHost({ without: ['lookup'] }, {}, { prepare: (made) => made.put('a') });
  await scim.create({ id: 'b' });
  target.objects.delete('b');
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', deletes: 0 });
  expect(await anchors(scim)).toEqual(['a', 'b']);
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', deletes: 1 });
  expect(await anchors(scim)).toEqual(['a']);
});

test('an object that has shown itself once is deleted by the first import that does not bring it', async () => {
  const { target, host, scim } = await fixtureHost({ without: ['lookup'] }, {}, { prepare: (made) => made.put('a') });
  await scim.create({ id: 'b' });
  await host.run('fixture', 'full');
  target.objects.delete('b');
  expect(await host.run('fixture', 'full')).toMatchObject({ deletes: 1 });
});

test('where the target can be asked it says at once whether a created object is there', async () => {
  const { target, host, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a') });
  await scim.create({ id: 'b' });
  await scim.create({ id: 'c' });
  const c = target.objects.get('c');
  target.objects.delete('b');
  target.objects.delete('c');
  // The list does not show c yet; a look-up does.
  target.onLookup = () => {
    if (c !== undefined) target.objects.set('c', c);
  };
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', deletes: 1 });
  expect(await anchors(scim)).toEqual(['a', 'c']);
});

test('a target that cannot be asked has not said that a created object is gone', async () => {
  const { target, host, scim } = await fixtureHost({}, {}, { prepare: (made) => made.put('a') });
  await scim.create({ id: 'b' });
  target.objects.delete('b');
  target.onLookup = () => {
    throw new Error('connection refused');
  };
  expect(await host.run('fixture', 'full')).toMatchObject({ outcome: 'finished', deletes: 0 });
  expect(await anchors(scim)).toEqual(['a', 'b']);
});
