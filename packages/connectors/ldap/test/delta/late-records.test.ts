import { expect, test } from 'vitest';
import { ldapsearch } from '../../../../../testing/directories/commands.ts';
import { startSlapd } from '../../../../../testing/directories/slapd.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { parts, settingsOf, simple } from '../connection/settings.ts';
import { readingChanges } from './delta-under-test.ts';

const signal = AbortSignal.timeout(120_000);

test('L41 a change that waited in the server behind hundreds of others is told by a delta all the same', async () => {
  const slapd = await startSlapd({ durable: true });
  const base = `ou=people,${slapd.suffix}`;
  await using directory = openDirectory(
    settingsOf(slapd, { bind: simple(slapd.admin), operationTimeoutMs: 120_000 }),
    parts(),
  );
  const [many, one] = [await directory.connect('export', signal), await directory.connect('export', signal)];
  const add = (connection: typeof many, name: string) => {
    const attributes = [
      { type: 'objectClass', values: ['inetOrgPerson'] },
      { type: 'sn', values: ['x'] },
    ];
    return connection.request({ operation: 'add', dn: `cn=${name},${base}`, attributes }, {}, signal);
  };
  const target = readingChanges(slapd, base, { types: ['inetOrgPerson'], attributes: ['cn'] });
  await target.full();
  let busy = true;
  const bulk = Promise.all(Array.from({ length: 600 }, (_, n) => add(many, `waits ${n}`))).finally(() => {
    busy = false;
  });
  const quick = (async () => {
    for (let n = 0; busy; n += 1) await add(one, `quick ${n}`);
  })();
  const told = new Set<string>();
  while (busy) {
    for (const { dn = '' } of (await target.delta()).entries) told.add(dn.toLowerCase());
  }
  await Promise.all([bulk, quick]);
  for (let n = 0; n < 2; n += 1) for (const { dn = '' } of (await target.delta()).entries) told.add(dn.toLowerCase());
  const there = (await ldapsearch(slapd, base, { scope: 'one', attributes: ['1.1'] })).map(({ dn }) =>
    dn.toLowerCase(),
  );
  const missing = there.filter((dn) => !told.has(dn));
  expect(missing).toEqual([]);
}, 120_000);
