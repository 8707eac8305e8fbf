import { type Logger, silentLogger } from '@joinery/runtime';
import { expect, test } from 'vitest';
import { fixtureHost } from './support/fixture-host.ts';

test('a target that is never imported is asked before an Add: who is there already is not created again, and is found from then on', async () => {
  const { target, scim } = await fixtureHost({ without: ['fullImport'] }, { queryAttribute: 'userName' });
  target.put('a', { userName: 'ann', title: 'Pilot' });
  expect((await scim.find('userName eq "ann"')).body.totalResults).toBe(0);
  for (const person of [
    { id: 'a', userName: 'anna' },
    { id: 'x', userName: 'ann' },
  ]) {
    const refused = await scim.create(person);
    expect([refused.status, refused.body.scimType]).toEqual([409, 'uniqueness']);
    expect(refused.body.detail).toContain('match it instead of creating it');
  }
  expect(target.batches).toEqual([]);
  const found = await scim.find('userName eq "ann"');
  expect(found.body.totalResults).toBe(1);
  expect((await scim.set(found.body.Resources[0].id, 'title', 'Captain')).status).toBe(200);
  expect(target.value('a', 'title')).toEqual(['Captain']);
  expect((await scim.create({ id: 'b', userName: 'bo' })).status).toBe(201);
});

test('when the target cannot be asked nobody is created', async () => {
  const { target, scim } = await fixtureHost({ without: ['fullImport'] });
  target.onLookup = () => {
    throw new Error('connection refused');
  };
  const refused = await scim.create({ id: 'a' });
  expect([refused.status, refused.body.detail]).toEqual([500, expect.stringContaining('connection refused')]);
  expect(target.batches).toEqual([]);
});

test('while an earlier Add of the same object is in doubt that is the answer, and the target is not asked again for it', async () => {
  const { target, scim } = await fixtureHost({ without: ['fullImport'] });
  target.afterPut = () => {
    target.onLookup = () => {
      throw new Error('connection lost');
    };
    throw new Error('connection lost');
  };
  expect((await scim.create({ id: 'a' })).status).toBe(503);
  const again = await scim.create({ id: 'a' });
  expect([again.status, again.body.detail]).toEqual([503, expect.stringContaining('not known')]);
  expect(target.batches).toHaveLength(1);
});

test('a target that is imported is not asked: its content says who is there', async () => {
  const { target, scim } = await fixtureHost();
  expect((await scim.create({ id: 'a' })).status).toBe(201);
  expect(target.lookups).toBe(0);
});

test('a connector that can neither read nor look up says so once, in the log and in the status', async () => {
  const warnings: string[] = [];
  const logger: Logger = {
    ...silentLogger,
    warn: (_fields, message) => void warnings.push(message),
    child: () => logger,
  };
  const { host, scim } = await fixtureHost({ without: ['fullImport', 'lookup'] }, {}, { logger });
  expect((await scim.create({ id: 'a' })).status).toBe(201);
  expect((await scim.create({ id: 'b' })).status).toBe(201);
  expect(host.connectors[0]?.warnings).toEqual([expect.stringContaining('refuses to create somebody twice')]);
  expect(warnings).toEqual(host.connectors[0]?.warnings);
  expect((await fixtureHost({ without: ['fullImport'] })).host.connectors[0]?.warnings).toEqual([]);
});
