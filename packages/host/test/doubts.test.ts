import { ManualClock, Redactor } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { fixtureHost, gate } from './support/fixture-host.ts';
import { until } from './support/until.ts';

function id(anchor: string): string {
  return Buffer.from(`S${anchor}`).toString('base64url');
}

const dnAttributes = [
  { name: 'id' },
  { name: 'userName' },
  { name: 'title' },
  { name: 'enabled', type: 'Boolean' },
  { name: '-dn-' },
] as const;

test('a call that the connector has not let go of decides nothing: what it does later is not lost', async () => {
  const clock = new ManualClock(Date.now());
  const { target, host, scim } = await fixtureHost({}, {}, { clock });
  const hanging = gate();
  target.onPut = () => hanging.opened;
  const lost = scim.create({ id: 'a', userName: 'ann' });
  await until(() => expect(target.batches).toHaveLength(1));
  await until(() => {
    clock.advance(5_000);
    expect(host.connectors[0]?.inDoubt).toHaveLength(1);
  });
  expect((await lost).status).toBe(503);
  // Neither the look-ups that fall due now nor a whole import may conclude from what they read that nothing happened.
  for (let round = 0; round < 5; round += 1) {
    clock.advance(300_000);
    await host.run('fixture', 'full');
    expect((await scim.find('userName eq "ann"')).status).toBe(503);
  }
  hanging.open();
  await until(async () => {
    clock.advance(300_000);
    expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(1);
  });
  expect(target.objects.size).toBe(1);
});

test('questions that do not say whom they are about are not answered as empty while a write is in doubt', async () => {
  const { target, scim } = await fixtureHost({ without: ['lookup'] }, { attributes: dnAttributes });
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  expect((await scim.create({ id: 'a', userName: 'ann', enabled: true, '-dn-': 'CN=Ann' })).status).toBe(503);
  for (const filter of [
    '-dn- eq "cn=ann"',
    'userName sw "an"',
    'enabled eq true',
    'not (userName eq "bob")',
    'title pr',
  ])
    expect([filter, (await scim.find(filter)).status]).toEqual([filter, 503]);
  for (const filter of ['userName eq "bob"', 'userName eq "bob" and enabled eq true', '-dn- eq "CN=Bob"'])
    expect([filter, (await scim.find(filter)).body.totalResults]).toEqual([filter, 0]);
});

test('an object that is found in place of the one to be created is not taken for it, and gets no password', async () => {
  const { target, scim } = await fixtureHost(
    { password: true },
    { attributes: [{ name: 'id' }, { name: 'title' }, { name: 'export_password' }] },
  );
  target.put('a', { title: 'Director' });
  target.onPut = () => {
    throw new Error('connection lost');
  };
  const answer = await scim.create({ id: 'a', title: 'Trainee', export_password: 'Pa55-word!' });
  expect(answer.status).toBe(500);
  expect(target.passwords.size).toBe(0);
  expect(target.value('a', 'title')).toEqual(['Director']);
});

test('H-42 an object whose anchor the target made is found by its matching value, and its password is set', async () => {
  const { target, scim } = await fixtureHost(
    { password: true },
    { queryAttribute: 'userName', attributes: [{ name: 'id' }, { name: 'userName' }, { name: 'export_password' }] },
  );
  target.resultOf = ({ identifier }) => ({
    identifier,
    errorCode: 'Success',
    anchorAttributes: [{ name: 'id', value: 'made-7' }],
  });
  target.afterPut = () => {
    throw new Error('connection lost');
  };
  const made = await scim.create({ userName: 'ann', export_password: 'Pa55-word!' });
  expect([made.status, made.body.id]).toEqual([201, id('made-7')]);
  expect(target.passwords.get('made-7')).toBe('Pa55-word!');
  expect(target.batches).toHaveLength(1);
});

test('a look-up that finds an object it cannot read decides nothing', async () => {
  const { target, scim } = await fixtureHost();
  target.afterPut = () => {
    target.put('a', { number: 'not a number' });
    throw new Error('connection lost');
  };
  expect((await scim.create({ id: 'a', number: 1 })).status).toBe(503);
  expect((await scim.get(`/Users/${id('a')}`)).status).toBe(503);
});

test.each([
  ['a refusal', 'refused'],
  ['an exception', 'thrown'],
  ['the second call', 'second'],
])('H-55 a password that %s repeats is in no answer', async (_, way) => {
  const redactor = new Redactor();
  const { target, scim } = await fixtureHost(
    { password: way === 'second', traits: { exportPasswordInFirstPass: way !== 'second' } },
    { attributes: [{ name: 'id' }, { name: 'export_password' }] },
    { redactor },
  );
  const words = 'The policy does not like "Pa55-word!".';
  if (way === 'refused')
    target.resultOf = ({ identifier }) => ({
      identifier,
      errorCode: 'ExportErrorPasswordPolicyViolation',
      errorDetail: words,
    });
  if (way === 'thrown')
    target.onPut = () => {
      throw new Error(words);
    };
  if (way === 'second')
    target.onPassword = () => {
      throw new Error(words);
    };
  const answer = await scim.create({ id: 'a', export_password: 'Pa55-word!' });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.text).toContain('The policy does not like');
  expect(answer.text).not.toContain('Pa55-word!');
  // Nothing is remembered once the write is over.
  await until(() => expect(redactor.text('Pa55-word!')).toBe('Pa55-word!'));
});
