import { describe, expect, test } from 'vitest';
import { ldapsearch } from '../../../../../testing/directories/commands.ts';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { EntryLocks } from '../../src/export/entry-locks.ts';
import { add, never, remove, Target, update } from './target.ts';

const success = { errorCode: 'Success' };

test('L57 two updates of one entry are applied in the order in which they were given, 2,000 times', async () => {
  const server = await openldap();
  const base = await freshBase(server);
  const target = await Target.open(server, { anchors: ['entryDN'] });
  const names = Array.from({ length: 25 }, (_, n) => `cn=p${n},${base}`);
  const run = await target.run();
  await run.putEntries(
    names.map((dn) => add('inetOrgPerson', dn, { sn: 'x' })),
    never,
  );
  let wrong = 0;
  for (let round = 0; round < 80; round += 1) {
    const titled = (dn: string, title: string) => update('inetOrgPerson', { dn }, { title });
    // Half of them within one batch, half of them in two batches that are on their way at once.
    const [first, second] = [names.map((dn) => titled(dn, 'first')), names.map((dn) => titled(dn, `last ${round}`))];
    if (round % 2 === 0) await run.putEntries([...first, ...second], never);
    else await Promise.all([run.putEntries(first, never), run.putEntries(second, never)]);
    const people = await ldapsearchTitles(round);
    wrong += people.filter((title) => title !== `last ${round}`).length;
  }
  await run.close('Normal', never);
  expect(wrong).toBe(0);

  async function ldapsearchTitles(round: number): Promise<readonly (string | undefined)[]> {
    // One process for each round would take longer than the round.
    if (round % 10 !== 9) return readTitles();
    const entries = await ldapsearch(server, base, { scope: 'one', attributes: ['title'] });
    return entries.map(({ attributes }) => attributes.title?.[0]);
  }

  async function readTitles(): Promise<readonly (string | undefined)[]> {
    const connection = await target.context.directory.shared('lookup', never);
    const titles: string[] = [];
    await connection.search(
      { base, scope: 'one', filter: { kind: 'present', attribute: 'title' }, attributes: ['title'] },
      {
        onEntry: (bytes, start, end) =>
          titles.push(/last \d+|first/.exec(bytes.toString('utf8', start, end))?.[0] ?? ''),
      },
      never,
    );
    return titles;
  }
}, 60_000);

describe.each([
  ['OpenLDAP', openldap],
  ['389', ds389],
  ['ApacheDS', apacheds],
  ['Samba', samba],
] as const)('the order of a batch, %s', (kind, start) => {
  const type = kind === 'Samba' ? 'user' : 'inetOrgPerson';
  const person = kind === 'Samba' ? {} : { sn: 'x' };

  test('parents are made before what is below them, and deleted after it, however they were given', async () => {
    const server = await start();
    const base = await freshBase(server);
    const target = await Target.open(server, { anchors: ['entryDN'] });
    const top = `ou=top,${base}`;
    const below = `ou=below,${top}`;
    const people = Array.from({ length: 12 }, (_, n) => `cn=p${n},${n % 2 === 0 ? top : below}`);
    const adds = [
      ...people.map((dn) => add(type, dn, person)),
      ...[below, top].map((dn) => add('organizationalUnit', dn, {})),
    ];
    const added = await target.put(...adds);
    expect(added.map(({ errorCode }) => errorCode)).toEqual(adds.map(() => 'Success'));
    const deletes = [top, below]
      .map((dn) => remove('organizationalUnit', dn))
      .concat(people.map((dn) => remove(type, dn)));
    const deleted = await target.put(...deletes);
    expect(deleted.map(({ errorCode }) => errorCode)).toEqual(deletes.map(() => 'Success'));
    expect(await ldapsearch(server, top)).toEqual([]);
  });

  test('a container is renamed before those that go by its new name', async () => {
    const server = await start();
    const base = await freshBase(server);
    const target = await Target.open(server, { anchors: ['entryDN'] });
    const [before, after] = [`ou=before,${base}`, `ou=after,${base}`];
    expect(await target.one(add('organizationalUnit', before, {}))).toMatchObject(success);
    const results = await target.put(
      add(type, `cn=new,${after}`, person),
      update('organizationalUnit', { previousDn: before, dn: after }),
    );
    expect(results.map(({ errorCode }) => errorCode)).toEqual(['Success', 'Success']);
    expect(await ldapsearch(server, `cn=new,${after}`, { scope: 'base' })).toHaveLength(1);
  });

  test('a name is free again for who is added behind a delete', async () => {
    const server = await start();
    const base = await freshBase(server);
    const target = await Target.open(server, { anchors: ['entryDN'] });
    const dn = `cn=again,${base}`;
    const steps = [add(type, dn, person), remove(type, dn), add(type, dn, { ...person, title: 'second' })];
    const results = await target.put(...steps);
    expect(results.map(({ errorCode }) => errorCode)).toEqual(['Success', 'Success', 'Success']);
    const [entry] = await ldapsearch(server, dn, { scope: 'base' });
    expect(entry?.attributes.title).toEqual(['second']);
  });
});

describe('claims on entries', () => {
  const claim = (locks: EntryLocks, exclusive: readonly string[], shared: readonly string[] = []) =>
    locks.claim({ exclusive: new Set(exclusive), shared: new Set(shared) });
  const isReady = async (hold: { readonly ready: Promise<unknown> }) => {
    let ready = false;
    hold.ready.then(() => {
      ready = true;
    });
    for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
    return ready;
  };

  test('who changes an entry waits for all who came before, who only needs it for those who change it', async () => {
    const locks = new EntryLocks();
    const first = claim(locks, ['a']);
    const [reader, other] = [claim(locks, ['b'], ['a']), claim(locks, ['c'], ['a'])];
    const writer = claim(locks, ['a']);
    const last = claim(locks, ['d'], ['a']);
    expect(await Promise.all([first, reader, other, writer, last].map(isReady))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    first[Symbol.dispose]();
    expect(await Promise.all([reader, other, writer].map(isReady))).toEqual([true, true, false]);
    reader[Symbol.dispose]();
    expect(await isReady(writer)).toBe(false);
    other[Symbol.dispose]();
    expect(await Promise.all([writer, last].map(isReady))).toEqual([true, false]);
    writer[Symbol.dispose]();
    expect(await isReady(last)).toBe(true);
  });

  test('those that touch different entries do not wait', async () => {
    const locks = new EntryLocks();
    const holds = ['a', 'b', 'c'].map((key) => claim(locks, [key], ['parent']));
    expect(await Promise.all(holds.map(isReady))).toEqual([true, true, true]);
  });
});
